--- Threads, each with Lua states of its own.

local program = require "spec.torture.program"
local world = require "spec.support.world"

--- What each of the threads' states runs.
local THREAD = [[
   local one = client(good)
   for i = 1, 5 do
      check(one, "n" .. i)
   end
   local _, _, err = client("http://127.0.0.1:1/x", { retries = 0 }):get_deployment "x"
   assert(err.kind == "connect")
   _, _, err = client(held, { timeout = 0.02 }):get_deployment "x"
   assert(err.kind == "timeout")
   local dropped = core.session(true)
   dropped:submit({ method = "GET", path = "/x", target = "x" }, "token", { base_url = good })
   dropped:step()
   if coroutine.isyieldable then
      local looped = client(good, { loop = loop })
      loop.run(function() check(looped, "a") end, function() check(looped, "b") end)
      looped:close()
   end
]]

local function threads(row, given)
   local path = program.compile("threads.c", "-lm -ldl -lpthread " .. given.flags, "--cflags --libs")
   local file = world.put(os.tmpname(), program.head .. THREAD)
   local command = ("HELD=%s %s %s %s %d %d <%s"):format(
      program.held(),
      world.preloaded "",
      given.before,
      path,
      given.threads,
      given.rounds,
      file
   )
   local output = world.with_environment({ LUA_CPATH = given.cpath }, function()
      return (world.shell(command))
   end)
   os.remove(path)
   os.remove(file)
   local passed = tonumber(output:match "(%d+)\n$") or 0
   for _ = 1, passed do
      row:came "a state that ended well"
   end
   if output ~= ("%d\n"):format(given.threads * given.rounds) then
      row:finding(output:sub(1, 4000))
   end
end

-- libcurl 7.88 now and then tells us to forget a socket that it has closed, by whose number another thread may
-- have opened one: it is not in our epoll set, which says so.
local BENIGN = "race:^on_socket$"

-- The module and the program as ThreadSanitizer wants them.
local function thread_sanitized(row)
   local build = ".build/thread-" .. world.interpreter
   local flags = "-O1 -g -fsanitize=thread"
   local output, status = world.shell(
      ("env -u MAKEFLAGS -u MAKELEVEL make -s all LUA=%s BUILD=%s CFLAGS='%s'"):format(
         world.interpreter,
         build,
         flags
      )
   )
   if status ~= 0 then
      return row:finding(output)
   end
   local benign = os.tmpname()
   world.shell(("echo '%s' >%s"):format(BENIGN, benign))
   local before = ("env TSAN_OPTIONS=suppressions=%s setarch -R"):format(benign)
   threads(row, { flags = flags, before = before, threads = 4, rounds = 25, cpath = build .. "/?.so;;" })
   os.remove(benign)
end

return function(report)
   report:row("threads with states of their own", function(row)
      threads(row, { flags = "", before = "", threads = 4, rounds = report.is_long and 100 or 2 })
   end)
   if report.is_long then
      report:row("threads, by ThreadSanitizer", thread_sanitized)
   end
end
