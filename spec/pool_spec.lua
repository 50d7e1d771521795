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

   -- In libcurl 7.88 no clock runs for what waits, from 8.14 on that for connecting does, too.
   it("takes the wait for a connection that is in use for no part of connecting", function()
      local session = core.session(false, 1)
      local mirror = { base_url = world.fault("mirror", ""), connect_timeout = 0.2 }
      local request = { method = "GET", path = "/x", target = "x" }
      assert(session:get_deployment("org", "id", "token", mirror)) -- now it is known to be HTTP/1.1
      local held =
         session:submit(request, "token", { base_url = world.fault("hold", ""), attempt_timeout = 0.6 })
      local waiting = session:submit(request, "token", mirror)
      local outcomes = {}
      while session:wait() do
         local ticket, outcome = session:next()
         outcomes[ticket] = outcome.err and outcome.err.kind or outcome.value
      end
      session:close()
      assert.equal("timeout", outcomes[held])
      assert.is_table(outcomes[waiting])
   end)
end)
