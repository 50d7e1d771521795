--- Memory that ends at the n-th allocation, for every n: Lua's, and our C's and libcurl's. By memory.c, under the
--- address sanitizer, with no call left out. And a full collection at every step.

local world = require "spec.support.world"

local CALLS = { "core", "get", "list", "error", "send", "transport", "loop", "tls" }
local FLAGS = "-std=c99 -D_GNU_SOURCE -g -O1 -fno-omit-frame-pointer -fsanitize=address,undefined"

-- In the short form every so many allocations are tried.
local STEPS = { lua = 29, c = 17 }

-- The host program, with the module's own sources, whose malloc and calloc it decides about.
local function build()
   local path = os.tmpname()
   local host = path .. ".o"
   local command = "set -e; cc %s -c -o %s spec/torture/memory.c $(pkg-config --cflags $LUA_PACKAGE libcurl); "
      .. "cc %s -Dmalloc=torture_malloc -Dcalloc=torture_calloc -Wl,-E -o %s src/*.c src/*/*.c %s "
      .. "$(pkg-config --cflags --libs $LUA_PACKAGE libcurl) -lpthread -ldl -lm"
   local output, status = world.shell(command:format(FLAGS, host, FLAGS, path, host))
   os.remove(host)
   assert(status == 0, output)
   return path
end

local function try(row, host, mode, name, step)
   local command = ("timeout 300 %s %s spec/torture/memory_calls.lua %s 0 %d"):format(host, mode, name, step)
   local output, status = world.shell("env -u LD_PRELOAD ASAN_OPTIONS=detect_leaks=1 " .. command)
   for line in output:gmatch "[^\n]+" do
      if line:sub(1, 2) == "! " then
         row:finding(("%s of %s: %s"):format(name, mode, line:sub(3)))
      elseif line:find "^done" or line:find "^[%l ]+$" then
         row:came(line == "not enough memory" and line or "done or an error")
      end
   end
   if status ~= 0 then
      row:finding(("%s of %s: exit %d: %s"):format(name, mode, status, output:sub(-2000)))
   end
end

-- Every method with a full collection at every line of Lua, and every so many instructions in generational mode.
local COLLECTING = [[
   local calls = dofile "spec/torture/memory_calls.lua"
   pcall(collectgarbage, arg[1]) -- no Lua before 5.4 has modes
   for _, name in ipairs { "core", "get", "list", "error", "send", "transport", %s } do
      local f = calls[name]()
      local before = f()
      debug.sethook(function() collectgarbage() end, "", tonumber(arg[2]))
      local came = f()
      debug.sethook()
      print(name, came == before and "same" or came)
   end
]]

local function collect(row, mode, count)
   local loop = (_VERSION == "Lua 5.1" and not jit) and "" or '"loop"'
   local output, status = world.run(COLLECTING:format(loop), { arguments = ("%s %d"):format(mode, count) })
   for name, came in output:gmatch "(%l+)\t([^\n]+)" do
      row:expect("same", came, name)
   end
   if status ~= 0 then
      row:finding(output)
   end
end

-- Objects that go in any order, calls under way, and states that close over them; descriptors are counted.
local DROPPING = [[
   local astro, core = require "astro", require "astro.core"
   local function descriptors()
      local count = 0
      for _ in io.popen("ls /proc/$PPID/fd"):lines() do
         count = count + 1
      end
      return count
   end
   local base, held, kept = os.getenv "ASTRO_API_URL" .. "/echo", arg[1], {}
   local before
   for i = 1, tonumber(arg[2]) do
      local session = core.session(i % 2 == 0)
      session:submit({ method = "GET", path = "/x", target = "x" }, "token", { base_url = held })
      if i % 3 == 0 then
         session:submit({ method = "GET", path = "/x", target = "x" }, "token", { base_url = base })
      end
      session:step()
      local client = astro.client { base_url = base, token = "token" }
      local order = setmetatable({}, { __gc = function() pcall(session.close, session) end })
      kept[i % 7 + 1] = { order, client, session }
      if i % 50 == 0 then
         kept = {}
         collectgarbage()
         collectgarbage()
         before = before or descriptors()
      end
   end
   kept = {}
   collectgarbage()
   collectgarbage()
   print(descriptors() - before)
   late = core.session(true)
   late:submit({ method = "GET", path = "/x", target = "x" }, "token", { base_url = held })
   late:step()
   later = setmetatable({}, { __gc = function() late:close(); late:next() end })
]]

return function(report)
   local host = build()
   for _, mode in ipairs({ "lua", "c" }) do
      local whose = mode == "lua" and "Lua's memory" or "our C's and libcurl's memory"
      report:row(whose .. " ends at the n-th allocation, ASan", function(row)
         for _, name in ipairs(CALLS) do
            if name ~= "loop" or _VERSION ~= "Lua 5.1" or jit then
               try(row, host, mode, name, report.is_long and 1 or STEPS[mode])
            end
         end
         if report.is_long then
            try(row, host, mode, "open", mode == "lua" and 7 or 1)
         end
      end)
   end
   os.remove(host)
   report:row("a full collection at every step", function(row)
      for _, mode in ipairs({ "incremental", "generational" }) do
         collect(row, mode, report.is_long and 1 or 40)
      end
   end)
   report:row("objects dropped under way, descriptors left", function(row)
      local count = report.is_long and 1000 or 150
      local arguments = ("%s %d"):format(world.fault("hold", ""), count)
      local output, status = world.run(DROPPING, { arguments = arguments })
      for _ = 1, count do
         row:came "dropped"
      end
      if status ~= 0 or (tonumber(output) or 1) > 0 then
         row:finding(("exit %d: %s"):format(status, output))
      end
   end)
end
