-- What reaches the module from the process around it: signals, fork, exit, a resolver that hangs.

local world = require "spec.support.world"

local function library(source)
   local path = os.tmpname()
   world.compile(path, "spec/support/" .. source, "--cflags", "-shared -fPIC -ldl")
   return path
end

local SCRIPT = [[
   local core = require "astro.core"
   local stand_in, held = arg[1] .. "/echo", arg[2]
   local function ask(base_url, session)
      return assert(core.get_deployment("org", "id", "token", { base_url = base_url or stand_in }))
   end
]]

local function run(program, preload, more, descriptors)
   local arguments = ("%s %s %s"):format(world.stand_in, world.fault("hold", ""), more or "")
   local options = { arguments = arguments, preload = preload, descriptors = descriptors }
   return world.run(SCRIPT .. program, options)
end

describe("a signal", function()
   for _, module in ipairs({ "astro.core", "astro" }) do
      it("interrupts a call of " .. module .. " under way, ends it, and the next one works", function()
         -- The server sends it when the request is there, so the call waits by then.
         local program = [[
         local pid = io.open("/proc/self/stat"):read "*n"
         local options = { base_url = ("%s/interrupt/%d"):format(arg[3], pid), timeout = 60, attempt_timeout = 60 }
         local start = os.time()
         print(pcall(require(arg[4]).get_deployment, "org", "id", "token", options))
         print(os.time() - start < 30 and "before its own limit" or "too late")
         print(tcp_connections "$PPID")
         print(ask().method)
      ]]
         local output, status =
            run(world.TCP_CONNECTIONS .. program, nil, world.faults "http://127.0.0.1" .. " " .. module)
         assert.matches("^false\t.*interrupted!.*\nbefore its own limit\n0\nGET\n$", output)
         assert.equal(0, status)
      end)
   end
end)

describe("fork", function()
   local fork

   setup(function()
      fork = library "fork.c"
   end)

   teardown(function()
      os.remove(fork)
   end)

   local FORK = [[
      local process = assert(package.loadlib(arg[3], "luaopen_fork"))()
      local function in_child(f)
         io.stdout:flush()
         local pid = process.fork()
         if pid == 0 then
            local ok, message = pcall(f)
            if not ok then print(message) end
            io.stdout:flush()
            process._exit(0)
         end
         process.wait(pid)
      end
   ]]

   it("leaves the parent's connection to the parent", function()
      local output = run(FORK .. [[
            local before = ask().connection
            in_child(function()
               print(ask().connection ~= before)
               print(ask().connection ~= before)
            end)
            print(ask().connection == before)
         ]], nil, fork)
      assert.equal("true\ntrue\ntrue\n", output)
   end)

   it("makes a call that was under way raise in the child, and go on in the parent", function()
      local output = run(FORK .. [[
            local session = core.session()
            session:submit({ method = "GET", path = "/x", target = "x" }, "token", { base_url = stand_in })
            in_child(function()
               print(pcall(session.wait, session))
               print(session:next())
               session:submit({ method = "GET", path = "/x", target = "x" }, "token", { base_url = stand_in })
               print(session:wait(10))
            end)
            print(session:wait(10))
         ]], nil, fork)
      assert.equal(
         "false\tthe process forked while a call was under way\n\ntrue\ntrue\n",
         (output:gsub("nil\n", "\n"))
      )
   end)

   it("touches nothing inherited when the child closes its state", function()
      local output = run(FORK .. [[
            local session = core.session()
            session:submit({ method = "GET", path = "/x", target = "x" }, "token", { base_url = stand_in })
            local before = ask().connection
            in_child(function()
               session:close()
               session = nil
               collectgarbage()
            end)
            print(session:wait(10))
            print(ask().connection == before)
         ]], nil, fork)
      assert.equal("true\ntrue\n", output)
   end)
end)

describe("exit", function()
   for name, ending in pairs({
      ["the end of the program"] = "",
      ["os.exit"] = "os.exit(0)",
      ["os.exit that closes the state"] = "os.exit(0, true)",
   }) do
      it("is clean with a call under way: " .. name, function()
         local program = [[
            ask()
            session = core.session()
            session:submit({ method = "GET", path = "/x", target = "x" }, "token", { base_url = held })
            session:wait(0)
            core.get_deployment("org", "id", "token", { base_url = held, timeout = 0.05 })
         ]]
         local output, status = run(program .. ending)
         assert.equal("", output)
         assert.equal(0, status)
      end)
   end
end)

describe("a resolver that hangs", function()
   local resolver

   setup(function()
      resolver = library "slow_resolver.c"
   end)

   teardown(function()
      os.remove(resolver)
   end)

   local LOOKING_UP = [[
      local options = { base_url = "https://hanging.invalid", proxy = false, timeout = 0.2 }
      print(select(3, core.get_deployment("org", "id", "token", options)).kind)
      options.timeout = 20
      SESSION = core.session(true)
      TICKET = SESSION:submit({ method = "GET", path = "/x", target = "x" }, "token", options)
      SESSION:wait(0.05)
   ]]

   -- The resolver says when it is done: whoever waited for it has that in his output.
   for name, ending in pairs({
      ["the end of the program"] = "print(ask().method)",
      ["os.exit that closes the state"] = "print(ask().method) os.exit(0, true)",
      ["close"] = "SESSION:close() print(ask().method)",
      ["cancel"] = "SESSION:cancel(TICKET) print(ask().method)",
      ["collection"] = "SESSION = nil collectgarbage() collectgarbage() print(ask().method)",
   }) do
      it("delays neither the call nor what comes next: " .. name, function()
         local output, status = run(LOOKING_UP .. ending, resolver)
         assert.equal("timeout\nGET\n", output)
         assert.equal(0, status)
      end)
   end
end)

describe("a name that was not found", function()
   local resolver

   setup(function()
      resolver = library "slow_resolver.c"
   end)

   teardown(function()
      os.remove(resolver)
   end)

   -- libcurl 8.23 remembers for 30 s that it was not, 7.88 and 8.14 do not.
   it("is looked up again by the next attempt", function()
      local output = run(
         [[
            local options = { base_url = "https://new.invalid", proxy = false, timeout = 10, retries = 2 }
            require("astro").get_deployment("org", "id", "token", options)
         ]],
         resolver
      )
      assert.matches("looked up again", output)
   end)
end)

describe("a look-up", function()
   local resolver

   setup(function()
      resolver = library "slow_resolver.c"
   end)

   teardown(function()
      os.remove(resolver)
   end)

   -- libcurl 8.23 keeps two for two seconds, 7.88 and 8.14 none.
   it("leaves no threads behind for long", function()
      local output = run(
         [[
            local client = require("astro").client { base_url = "https://new.invalid", proxy = false, retries = 0 }
            client:get_deployment "id"
            client:close()
            local ends_at, threads = core.clock() + 30
            repeat
               local status = io.open "/proc/self/status"
               threads = status:read("*a"):match "Threads:%s*(%d+)"
               status:close()
            until threads == "1" or core.clock() > ends_at
            print(threads)
         ]],
         resolver
      )
      assert.equal("1\n", output)
   end)
end)

describe("a process without descriptors", function()
   local PROGRAM = [[
      local astro = require "astro"
      local loop = arg[3] ~= "blocking" and require("astro.loop." .. arg[3]) or nil
      local given = { base_url = stand_in, token = "token", rate = false, retries = 0, loop = loop }
      local client, session = astro.client(given), core.session(loop ~= nil)

      local function tell(value, err)
         print(value and value.method or err.kind .. " " .. err.attempts)
      end
      local function ask()
         local request = { method = "GET", path = "/x", target = "x" }
         local value, _, err = client:get_deployment "id"
         tell(value, err)
         session:submit(request, "token", { base_url = stand_in })
         assert(session:wait(10))
         local _, outcome = session:next()
         tell(outcome.value, outcome.err)
         assert(session:next() == nil)
      end
      local function main()
         local files = {}
         repeat
            local file = io.open "/dev/null"
            files[#files + 1] = file
         until not file
         ask()
         for _, file in ipairs(files) do
            file:close()
         end
         ask()
      end

      if loop then
         loop.run(main)
      else
         main()
      end
      if arg[3] == "luv" then
         require("luv").run()
      end
   ]]

   local ways = { "blocking", "poll", "luv", "cqueues" }
   for _, way in ipairs((_VERSION == "Lua 5.1" and not jit) and { "blocking" } or ways) do
      it("returns that it cannot connect, and goes on when there are some: " .. way, function()
         local output, status = run(PROGRAM, nil, way, 64)
         assert.equal("connect 1\nconnect 1\nGET\nGET\n", output)
         assert.equal(0, status)
      end)
   end

   -- Whatever is free again by then: a descriptor made since tells nothing of what ended before.
   it("has no loop wait for what ended at once", function()
      local output, status = run(
         [[
         local session, files = core.session(true), {}
         repeat
            local file = io.open "/dev/null"
            files[#files + 1] = file
         until not file
         session:submit({ method = "GET", path = "/x", target = "x" }, "token", { base_url = stand_in })
         for _, file in ipairs(files) do
            file:close()
         end
         session:fd()
         print(session:timeout() == 0)
      ]],
         nil,
         nil,
         64
      )
      assert.equal("true\n", output)
      assert.equal(0, status)
   end)
end)
