--- What the process around the module does: fork, signals, no descriptors left.

local program = require "spec.torture.program"
local raw = require "spec.torture.raw"
local world = require "spec.support.world"

--- Each line a state at the moment of fork; what is under way goes on in the parent and raises in the child.
local FORK = [[
   local process = assert(package.loadlib(arg[1], "luaopen_fork"))()
   local function fork(in_child)
      io.stdout:flush()
      local pid = process.fork()
      if pid == 0 then
         local ok, message = pcall(in_child)
         io.stdout:write(ok and "child\n" or "child: " .. tostring(message) .. "\n")
         io.stdout:flush()
         process._exit(0)
      end
      process.wait(pid)
      print "parent"
   end
   local function asks(one, name)
      return function()
         for i = 1, 3 do
            check(one, name .. i)
         end
      end
   end
   local function asking(id)
      return { method = "GET", path = "/x/" .. id, target = id }
   end
   local states = {}

   function states.idle()
      local one = client(good)
      check(one, "before")
      fork(asks(one, "child"))
      asks(one, "parent")()
   end

   function states.closed()
      local one = client(good)
      check(one, "before")
      one:close()
      fork(function()
         one:close()
         asks(client(good), "child")()
      end)
   end

   function states.descriptor()
      local session = core.session(true)
      session:submit(asking "mine", "token", { base_url = good })
      local descriptor = session:fd()
      session:step()
      fork(function()
         assert(not pcall(session.step, session))
         session:submit(asking "childs", "token", { base_url = good })
         assert(session:wait(10))
         assert(select(2, session:next()).value.uri:match "childs$")
         assert(session:fd())
      end)
      assert(descriptor == session:fd())
      assert(session:wait(10))
      assert(select(2, session:next()).value.uri:match "mine$")
   end

   function states.under_way()
      local session = core.session()
      session:submit(asking "mine", "token", { base_url = good })
      session:step()
      fork(function()
         local ok, message = pcall(session.wait, session)
         assert(not ok and message:find "forked while a call was under way")
         assert(session:next() == nil)
      end)
      assert(session:wait(10))
      assert(select(2, session:next()).value.uri:match "mine$")
   end

   function states.ended()
      local session = core.session()
      session:submit(asking "mine", "token", { base_url = good })
      assert(session:wait(10))
      fork(function()
         assert(not pcall(session.next, session))
         assert(session:next() == nil)
      end)
      assert(select(2, session:next()).value.uri:match "mine$")
   end

   function states.log()
      local one
      local has_forked = false
      one = client(good, { log = function()
         if not has_forked then
            has_forked = true
            fork(function() client(good):get_deployment "childs" end)
         end
      end })
      asks(one, "parent")()
   end

   function states.loop()
      local one = client(good, { loop = loop })
      local child_failed
      in_loop(function()
         local ok, message = pcall(check, one, "mine")
         child_failed = not ok and tostring(message):find "forked while a call was under way"
         assert(ok or child_failed, message)
      end, function()
         fork(function()
            assert(not pcall(one.step, one))
         end)
         check(one, "parent")
      end)
      one:close()
   end

   for i = 1, tonumber(arg[2]) do
      for _, name in ipairs { "idle", "closed", "descriptor", "under_way", "ended", "log", "loop" } do
         if name ~= "loop" or has_loop then
            states[name]()
            print("state", name)
         end
      end
   end
]]

local function fork(row, count)
   local library = program.compile("fork.c", "-shared -fPIC")
   local output, status = program.run(FORK, { arguments = ("%s %d"):format(library, count) })
   os.remove(library)
   local states = (_VERSION == "Lua 5.1" and not jit) and 6 or 7
   local children, parents = 0, 0
   for line in output:gmatch "[^\n]+" do
      local state = line:match "^state\t(.*)"
      if state then
         row:came(state)
      elseif line == "child" then
         children = children + 1
      elseif line == "parent" then
         parents = parents + 1
      else
         row:finding(line)
      end
   end
   if status ~= 0 or row.count ~= states * count or children ~= row.count or parents ~= row.count then
      row:finding(
         ("%d states, %d children, %d parents, status %d"):format(row.count, children, parents, status)
      )
   end
end

--- The server sends SIGINT when the request is there.
local INTERRUPT = [[
   local pid = io.open("/proc/self/stat"):read "*n"
   local one = client(arg[1] .. "/interrupt/" .. ("%d"):format(pid), { timeout = 60, attempt_timeout = 60 })
   local start = core.clock()
   local ok, message
   if arg[2] == "loop" then
      local two = client(arg[1] .. "/interrupt/" .. ("%d"):format(pid), { timeout = 60, loop = loop })
      ok, message = pcall(loop.run, function() two:get_deployment "id" end)
   else
      ok, message = pcall(one.get_deployment, one, "id")
   end
   local ms = (core.clock() - start) * 1000
   assert(not ok and tostring(message):find "interrupted!", message)
   check(client(good), "after")
   print(ms < 100 and "within 100 ms" or ms < 500 and "within 500 ms" or ("after %d ms"):format(ms))
]]

local function signals(row, mode, count)
   for _ = 1, count do
      local arguments = world.faults "http://127.0.0.1" .. " " .. mode
      local output, status = program.run(INTERRUPT, { arguments = arguments })
      row:came((output:gsub("\n", "")))
      if status ~= 0 or not output:find "^within" then
         row:finding(output)
      end
   end
end

--- As many descriptors as there are, then one fewer in use each time.
local EXHAUSTED = [[
   local files = {}
   local modes = { blocking = client(good, { retries = 0, timeout = 5 }) }
   if has_loop then
      modes.loop = client(good, { retries = 0, timeout = 5, loop = loop })
   end
   repeat
      files[#files + 1] = io.open "/dev/null"
   until #files > 1000 or not io.open("/dev/null")
   repeat
      local file = io.open "/dev/null"
      files[#files + 1] = file
   until not file
   local function ask(mode)
      local ok, value, _, err
      local function call()
         ok, value, _, err = pcall(modes[mode].get_deployment, modes[mode], "id")
      end
      if mode == "loop" then
         loop.run(call)
      else
         call()
      end
      print(not ok and "raised: " .. tostring(value) or value and "whole" or err.kind)
   end
   local order = {}
   for mode in pairs(modes) do
      order[#order + 1] = mode
   end
   for _ = 1, 24 do
      for _, mode in ipairs(order) do
         ask(mode)
      end
      local file = table.remove(files)
      if file then
         file:close()
      end
   end
   for _, mode in ipairs(order) do
      ask(mode)
   end
]]

local ALLOWED = { whole = true, connect = true, transport = true, tls = true, timeout = true }

local function exhausted(row)
   local path = world.put(os.tmpname(), program.head .. EXHAUSTED)
   local command = ("ulimit -n 64; HELD= %s %s"):format(world.preloaded(world.interpreter), path)
   local output, status = world.shell(command)
   os.remove(path)
   local last
   for line in output:gmatch "[^\n]+" do
      row:came(ALLOWED[line] and line or "raised")
      last = line
      if not ALLOWED[line] then
         row:finding(line)
      end
   end
   if status ~= 0 or last ~= "whole" then
      row:finding(("status %d, at last: %s"):format(status, tostring(last)))
   end
end

return function(report)
   local is_long = report.is_long
   report:row("fork in every state", function(row)
      fork(row, is_long and 50 or 1)
   end)
   for _, mode in ipairs(raw.modes) do
      report:row("SIGINT under way, " .. mode, function(row)
         signals(row, mode, is_long and 50 or 5)
      end)
   end
   report:row("descriptors exhausted", exhausted)
end
