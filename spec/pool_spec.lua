local world = require "spec.support.world"
local core = require "astro.core"

local function ask(options, token)
   options = options or {}
   options.base_url = options.base_url or world.stand_in .. "/echo"
   return assert(core.get_deployment("org", "id", token or "token", options))
end

describe("pool", function()
   it("keeps a connection between calls, TLS and HTTP/2 included", function()
      local first, second = ask(), ask()
      assert.equal("HTTP/2.0", first.protocol)
      assert.equal(first.connection, second.connection)
   end)

   it("keeps it after an error answer", function()
      local first = ask()
      assert.is_nil((core.get_deployment(nil, "nobody", world.token())))
      assert.equal(first.connection, ask().connection)
   end)

   it("keeps it for another token, which travels with its own request alone", function()
      local first, second = ask(nil, "one"), ask(nil, "two")
      assert.equal(first.connection, second.connection)
      assert.same({ "Bearer one", "Bearer two" }, { first.authorization, second.authorization })
   end)

   it("never shares it between different authorities", function()
      local other = os.tmpname()
      world.shell(("cp %s %s"):format(os.getenv "ASTRO_CA_FILE", other))
      local first, second = ask(), ask({ ca_file = other })
      assert.not_equal(first.connection, second.connection)
      os.remove(other)
      local _, _, err = core.get_deployment("org", "id", "token", {
         base_url = world.stand_in .. "/echo",
         ca_file = "/no/such/file",
      })
      assert.equal("tls", err.kind)
   end)

   it("never shares it with a proxy", function()
      ask()
      local _, _, err = core.get_deployment("org", "id", "token", {
         base_url = world.stand_in .. "/echo",
         proxy = "http://127.0.0.1:1",
      })
      assert.equal("connect", err.kind)
   end)

   it("serves the next call after every kind of failure", function()
      for _, base_url in ipairs({
         world.fault("send", ""),
         world.fault("reset", ""),
         world.fault("send", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"),
         world.answer("200 OK", "["),
         world.host "expired.localhost",
         "http://127.0.0.1:1",
      }) do
         assert.is_nil((core.get_deployment("org", "id", "token", { base_url = base_url })))
         assert.is_table(ask())
      end
   end)
end)
