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

   it("asks a proxy that was given, whatever NO_PROXY says", function()
      world.with_environment({ NO_PROXY = "*", no_proxy = "*" }, function()
         local options = { base_url = world.stand_in .. "/echo", proxy = "http://127.0.0.1:1" }
         local _, _, err = core.get_deployment("org", "id", "token", options)
         assert.equal("connect", err.kind)
      end)
   end)

   it("gives what is tried once the whole time", function()
      local client = world.client("/slow/0.5", { attempt_timeout = 0.1, timeout = 20, retries = 0 })
      assert.equal("x", client:request("POST", "/x", { body = {} }).id)
      assert.equal("timeout", select(3, client:request("GET", "/x")).kind)
   end)

   it("takes no answer that lay on an idle connection for its own", function()
      local body = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n" .. '{"id":"id"}'
      local options = { base_url = world.fault("stale", body) }
      local one, other = core.session(), core.session()
      assert(one:get_deployment("org", "id", "token", options))
      -- The server, which does one thing at a time, gets to this when it has ended that connection.
      assert(other:get_deployment("org", "id", "token", { base_url = world.fault("send", body) }))
      local deployment, message = one:get_deployment("org", "id", "token", options)
      assert.equal("id", deployment and deployment.id, message)
      one:close()
      other:close()
   end)

   -- How many easy handles a program takes, and what it prints.
   local function handles_of(program, arguments)
      local library = os.getenv "STAND_IN_DIR" .. "/handles.so"
      world.compile(library, "spec/support/handles.c", "--cflags", "-shared -fPIC -ldl")
      local output = world.run(program, { arguments = arguments, preload = library })
      return tonumber(output:match "handles: (%d+)"), output
   end

   -- How many some fetches take, and whether libcurl is one of those whose handles must not get two answers.
   local function handles_of_fetches(base, count)
      local program = [[
         for _ = 1, tonumber(arg[2]) do
            local asked = assert(require("astro.core").get_deployment("org", "id", "token", { base_url = arg[1] }))
            agent = asked.userAgent
         end
         print(agent:match "libcurl/(%d+)%.(%d+)")
      ]]
      local handles, output = handles_of(program, ("%s/echo %d"):format(base, count))
      local major, minor = output:match "(%d+)\t(%d+)\n"
      local version = major * 100 + minor
      return handles, version >= 784 and version < 801
   end

   it("gets one answer by HTTP/1 from a handle of libcurl 7.84 to 8.0, where more would be unsafe", function()
      local first, is_unsafe = handles_of_fetches(world.plain(), 1)
      local further = handles_of_fetches(world.plain(), 6) - first
      assert.equal(is_unsafe and 5 or 0, further)
      assert.equal(first, (handles_of_fetches(world.stand_in, 6)))
   end)

   it("takes another handle there for a fall-back, too", function()
      local program = [[
         local session = require("astro.core").session()
         local request = { method = "DELETE", path = "/x", target = "x", any = true } -- by HTTP/1
         session:submit(request, "token", { base_url = arg[1], api_version = arg[2] })
         repeat
            session:wait(10)
         until session:next()
      ]]
      local gone = world.host "gone410.localhost"
      local _, is_unsafe = handles_of_fetches(world.plain(), 1)
      local once, twice = handles_of(program, gone .. " v1"), handles_of(program, gone .. " auto")
      assert.equal(is_unsafe and 1 or 0, twice - once)
   end)
end)
