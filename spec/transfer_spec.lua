local world = require "spec.support.world"
local core = require "astro.core"
local meet = require "spec.torture.meet"
local raw = require "spec.torture.raw"

local ECHO = { base_url = world.stand_in .. "/echo" }

describe("transfer", function()
   local NOBODY = "http://127.0.0.1:1"
   local PROXIES = { https_proxy = NOBODY, http_proxy = NOBODY, all_proxy = NOBODY }

   it("keeps the environment's proxies from a loopback host", function()
      world.with_environment(PROXIES, function()
         assert.is_table(core.get_deployment("org", "id", "token", ECHO))
         assert.is_table(core.get_deployment("org", "id", "token", { base_url = world.plain() .. "/echo" }))
      end)
   end)

   it("asks them for any other host, unless proxy is false", function()
      world.with_environment(PROXIES, function()
         local _, message = core.get_deployment("org", "id", "token", { base_url = "https://nobody.invalid" })
         assert.matches("127.0.0.1", message, 1, true)
         local options = { base_url = "https://nobody.invalid", proxy = false }
         _, message = core.get_deployment("org", "id", "token", options)
         assert.matches("nobody.invalid", message)
         assert.is_nil(message:find("127.0.0.1", 1, true))
      end)
   end)

   it("asks a given proxy for a loopback host too", function()
      local options = { base_url = world.stand_in, proxy = "http://127.0.0.1:1" }
      local _, _, err = core.get_deployment("org", "id", "token", options)
      assert.equal("connect", err.kind)
   end)

   it("gives a fall-back what is left of timeout", function()
      local _, _, err = core.get_deployment(nil, "nobody", world.token(), {
         base_url = world.host "gone410.localhost",
         timeout = 20,
         attempt_timeout = 20,
      })
      assert.equal("not_found", err.kind)
   end)

   it("meets connections that died unnoticed as often as they come", function()
      local client = raw.client({})
      local base = raw.base("http", ("once-%s-0"):format(raw.file(meet.with_length)))
      for _ = 1, 20 do
         assert(raw.deployment(client, "id", base))
      end
      client:close()
   end)

   it("lets no program that is started meanwhile inherit a connection", function()
      local program = [[
         local core = require "astro.core"
         assert(core.get_deployment("org", "id", "token", { base_url = arg[1] .. "/echo" }))
         local session = core.session()
         session:submit({ method = "GET", path = "/x", target = "x" }, "token", { base_url = arg[2] })
         session:wait(0)
         print(tcp_connections "$PPID", tcp_connections "self")
      ]]
      local arguments = world.stand_in .. " " .. world.fault("hold", "")
      assert.equal("2\t0\n", (world.run(world.TCP_CONNECTIONS .. program, { arguments = arguments })))
   end)
end)
