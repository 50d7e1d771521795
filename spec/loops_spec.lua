local world = require "spec.support.world"

-- Lua 5.1 has no loops: see spec/pollable_spec.lua.
local loops = (_VERSION == "Lua 5.1" and not jit) and {} or { "poll", "cqueues", "luv" }

-- For a program: runs functions side by side to their ends, in the loop that it was given.
local HEAD = [[
   local astro, core = require "astro", require "astro.core"
   local loop = require("astro.loop." .. arg[1])
   local base = os.getenv "ASTRO_API_URL"
   local function client(path, given)
      given = given or {}
      given.loop, given.base_url = given.loop or loop, base .. path
      return astro.client(given)
   end
   local side_by_side = loop.run
]]

for _, name in ipairs(loops) do
   describe("astro.loop." .. name, function()
      local function run(program)
         return world.run(HEAD .. program, { arguments = name })
      end

      it("fetches side by side, and never keeps its loop from turning", function()
         local output = run [[
            local client = client "/slow/1"
            local ticks, done, at_first, at_last = 0, 0
            local tasks = { function()
               while done < 10 do
                  loop.sleep(0.05)
                  ticks = ticks + 1
               end
            end }
            for i = 1, 10 do
               tasks[#tasks + 1] = function()
                  assert(client:get_deployment("id" .. i).id == "id" .. i)
                  done = done + 1
                  at_first = at_first or ticks
                  at_last = ticks
               end
            end
            side_by_side((table.unpack or unpack)(tasks))
            print(done, at_first >= 10, at_last - at_first < 10)
         ]]
         assert.equal("10\ttrue\ttrue\n", output)
      end)

      it("gives every call its answer, whatever log raises", function()
         local output = run [[
            local function log(level)
               if level == "warn" then
                  error("raised on purpose", 0)
               end
            end
            local client, came = client("/deprecated", { log = log }), {}
            local function one()
               local ok, value = pcall(client.get_deployment, client, "id")
               came[#came + 1] = ok and value.id or value
            end
            side_by_side(one, one, one)
            table.sort(came)
            print(table.concat(came, " "))
         ]]
         assert.matches("cmold cmold cmold\n$", output)
      end)

      it("serves every method, as a blocking client does", function()
         local output = run [[
            side_by_side(function()
               local many = client "/lists/plain/250"
               local count = 0
               for _ in many:each_deployment() do
                  count = count + 1
               end
               print(count, many:list_deployments({ limit = 3 }).totalCount)
               local found, failed = many:get_deployments { "cmmany00000000000000000001", "nobody" }
               print(next(found), failed.nobody.kind)
               local path = "/organizations/{organizationId}/deployments"
               print(many:request("GET", path, { query = { limit = 1 } }).limit)
               local waiting = client "/sequence/CREATING,HEALTHY"
               print(waiting:wait_for("id", { interval = 0.01 }).status)
               local _, message, err = client("/errors/403_permissions.json"):get_deployment "id"
               print(err.kind, err.attempts, message == err.message)
               local rows = client "/operations"
               for deploy in rows:each_deploys("d", { limit = 2 }) do
                  io.write(deploy.id, " ")
               end
               local override = rows:set_hibernation_override("d", { isHibernating = true })
               print(#rows:all_workspaces { limit = 1 }, override.isActive)
               print(rows:delete_team "t", #rows:get_deployment_logs("d", { sources = "worker" }).results)
            end)
         ]]
         assert.equal(
            "250\t250\ncmmany00000000000000000001\tnot_found\n1\nHEALTHY\nforbidden\t1\ttrue\n"
               .. "id1 id2 id3 3\ttrue\ntrue\t1\n",
            output
         )
      end)

      it("watches side by side, and ends a watch where it waits", function()
         local output = run [[
            local cancel, ticks = astro.canceller(), 0
            local watched = client("/changing/2/same,sick,same,500,same", { rate = false, token = "watch" .. arg[1] })
            side_by_side(function()
               for event in watched:watch(nil, { interval = 0.02, cancel = cancel }) do
                  print(event.kind, event.changes and event.changes[1].new or event.err.kind)
                  if event.err then
                     break
                  end
               end
               print(ticks >= 3)
               for _ in watched:watch(nil, { interval = 3600, cancel = cancel }) do end
               print "over"
            end, function()
               while not cancel.why do
                  loop.sleep(0.01)
                  ticks = ticks + 1
                  if ticks == 40 then
                     cancel()
                  end
               end
            end)
         ]]
         assert.equal("changed\tUNHEALTHY\nchanged\tHEALTHY\nfailed\tserver\ntrue\nover\n", output)
      end)

      it("follows a log beside other calls, and ends it at once when it is cancelled", function()
         local output = run [[
            local cancel, ticks, texts = astro.canceller(), 0, {}
            side_by_side(function()
               local client = client("/growing/failing", { rate = false, token = "growing-" .. arg[1] .. os.time() })
               local given = { since = 1795780800, follow = true, interval = 0.02, attempt_timeout = 0.5 }
               given.cancel = cancel
               local ok, err = pcall(function()
                  for line in client:each_log("d", given) do
                     texts[#texts + 1] = line.raw:match "%a+"
                     if line.raw == "end" then
                        given.interval = 60
                        for _ in client:each_log("d", given) do
                        end
                     end
                  end
               end)
               print(table.concat(texts, " "), ok, err.kind, ticks > 10)
            end, function()
               while #texts < 11 or ticks < 20 do
                  loop.sleep(0.02)
                  ticks = ticks + 1
               end
               cancel()
            end)
         ]]
         assert.equal("start start the the the the Task next late next end\tfalse\tcancelled\ttrue\n", output)
      end)

      it("keeps retries, the rate and deadlines", function()
         local output = run [[
            local ended = {}
            side_by_side(function()
               print(client("/sequence/503,502,200", { token = "retried" }):get_deployment("id").status)
               ended[#ended + 1] = "retried"
            end, function()
               local silent = client("/slow/20", { timeout = 0.2, token = "silent" })
               local _, _, err = silent:get_deployment "id"
               print(err.kind)
            end, function()
               local quick = client("/echo", { rate = 100, token = "quick" })
               local start = core.clock()
               for _ = 1, 24 do
                  assert(quick:get_deployment "id")
               end
               print(core.clock() - start >= 0.19)
            end)
         ]]
         local lines = {}
         for line in output:gmatch "[^\n]+" do
            lines[#lines + 1] = line
         end
         table.sort(lines)
         assert.same({ "HEALTHY", "timeout", "true" }, lines)
      end)

      it("lets calls start in the order in which they came, where the rate makes them wait", function()
         local output = run [[
            local client, started, tasks = client("/echo", { rate = 2, token = "in-order" }), {}, {}
            local came = 0
            for i = 1, 7 do
               tasks[i] = function()
                  loop.sleep(0.01 * i)
                  came = came + 1
                  local place = came
                  client:get_deployment("id" .. i, { timeout = 20 })
                  if place > 4 then -- the first ones did not wait
                     started[#started + 1] = place
                  end
               end
            end
            side_by_side((table.unpack or unpack)(tasks))
            print(table.concat(started, " "))
         ]]
         assert.equal("5 6 7\n", output)
      end)

      it("ends as cancelled what asks for its token while the client is closed", function()
         local output = run [[
            local function close_within(ask)
               local closed
               closed = client("/echo", {
                  token = function()
                     loop.sleep(0.01)
                     closed:close()
                     return "token"
                  end,
               })
               print((select(3, ask(closed))).kind)
            end
            side_by_side(function()
               close_within(function(closed)
                  return closed:get_deployment "id"
               end)
               close_within(function(closed)
                  return closed:request("POST", "/x")
               end)
            end)
         ]]
         assert.equal("cancelled\ncancelled\n", output)
      end)

      it("closes a client that nobody waited for", function()
         assert.equal(
            "closed\n",
            run [[
            side_by_side(function()
               local unused = client "/echo"
               unused:close()
               unused:close()
               print "closed"
            end)
         ]]
         )
      end)

      it("ends what waits as cancelled when the client is closed, and goes on", function()
         local output = run [[
            local held, has_looked = client "/slow/20", false
            side_by_side(function()
               local _, message = held:get_deployment "id"
               print(message)
               print(client("/echo"):get_deployment("id").method)
            end, function()
               local function on_poll()
                  has_looked = true
               end
               local given = { status = "HIBERNATING", interval = 60, on_poll = on_poll }
               local _, message = held:wait_for("fast", given)
               print(message)
            end, function()
               while not has_looked do
                  loop.sleep(0.01)
               end
               held:close()
               print(pcall(held.get_deployment, held, "id"))
            end)
         ]]
         assert.matches("GET deployment id: cancelled: the session was closed\n", output)
         assert.matches("wait for deployment fast: cancelled: the client was closed\n", output)
         assert.matches("false\t.*get_deployment: the client is closed\n", output)
         assert.matches("GET\n$", output)
      end)

      it("ends at once a call that comes to nothing without an attempt", function()
         local output = run [[
            local is_over
            side_by_side(function()
               local paused = client("/sequence/429+60,HEALTHY", { retries = 0, timeout = 5 })
               print(paused:get_deployment("id"))
               print(paused:get_deployment("id"))
               print(client("/echo", { token = function() return nil, "no token" end }):get_deployment("id"))
               is_over = true
            end, function()
               local ends = core.clock() + 30
               while not is_over do
                  loop.sleep(0.01)
                  assert(core.clock() < ends, "a call that never ends")
               end
            end)
         ]]
         assert.matches("429 Too Many Requests.*another 60 s.*no token", output)
      end)

      it("wakes whose answer another took", function()
         local output = run [[
            local slow
            local slowing = setmetatable({}, { __index = loop })
            function slowing.wait(pollable)
               loop.wait(pollable)
               if coroutine.running() == slow then
                  core.poll({}, 0.05)
                  pollable:step() -- asks for the quick one, whose answer is then the slow one's to take
                  core.poll({}, 0.05)
               end
            end
            local one = client("/slow/1", { loop = slowing, rate = false })
            side_by_side(function()
               loop.sleep(0.7)
               print "the slow one ends"
            end, function()
               assert(one:get_deployment "fast")
               while not slow do
                  loop.sleep(0.01)
               end
               assert(one:get_deployment "fast")
               print "quick"
            end, function()
               loop.sleep(0.1)
               slow = coroutine.running()
               assert(one:get_deployment "slow")
            end)
         ]]
         assert.equal("quick\nthe slow one ends\n", output)
      end)

      it("opens and closes clients without end", function()
         local output, status = run [[
            local function descriptors()
               return tonumber(io.popen("ls /proc/$PPID/fd | wc -l"):read "*a")
            end
            local before
            side_by_side(function()
               for i = 1, 60 do
                  local one = client("/echo", { token = "token" .. i })
                  assert(one:get_deployment "id")
                  one:close()
                  before = before or descriptors()
               end
               print(descriptors() <= before + 2)
            end)
         ]]
         assert.same({ "true\n", 0 }, { output, status })
      end)

      it("is said where it is used outside of a coroutine", function()
         local output = run [[ print(pcall(client("/echo").get_deployment, client "/echo", "id")) ]]
         assert.matches("^false\t.*get_deployment: a client with a loop is for coroutines", output)
      end)
   end)
end

for _, name in ipairs(loops) do
   it("astro.loop." .. name .. " says what it is to be given, at the caller's line", function()
      local output = world.run(
         [[
         local loop = require("astro.loop." .. arg[1])
         print(select(2, pcall(function()
            loop.run(nil)
         end)))
         print(select(2, pcall(function()
            loop.run(print, 5)
         end)))
         print(select(2, pcall(function()
            loop.sleep()
         end)))
         if arg[1] ~= "cqueues" then -- which sleeps anywhere
            print(select(2, pcall(function()
               loop.sleep(1)
            end)))
         end
      ]],
         { arguments = name }
      )
      local count = 0
      for line in output:gmatch "[^\n]+" do
         count = count + 1
         assert.is_nil(line:find("astro/loop", 1, true), line)
         local wanted = count < 4 and "bad argument '[#%w_]+' to '%l+' %(a %l+ expected, got %l+%)$"
            or "may wait"
         assert.matches("^[^:]+:%d+: .*" .. wanted, line)
      end
      assert.equal(name == "cqueues" and 3 or 4, count, output)
   end)
end

for _, name in ipairs(loops) do
   it("astro.loop." .. name .. ".run ends the others with the one that raised", function()
      local output, status = world.run(HEAD .. [[
         local is_over
         print(pcall(loop.run, function()
            while not is_over do
               loop.sleep(0.001)
            end
            print "never"
         end, function()
            client("/slow/20"):get_deployment "id"
            print "never"
         end, function()
            loop.sleep(0.01)
            error("raised on purpose", 0)
         end))
         is_over = true
         loop.run(function()
            loop.sleep(0.05)
         end)
      ]], { arguments = name })
      assert.same({ "false\traised on purpose\n", 0 }, { output, status })
   end)

   it("astro.loop." .. name .. ".run ends the others, those that are due in the same turn, too", function()
      -- In which order functions go on that are due together is each loop's own.
      local output, status = world.run(HEAD .. [[
         local went = {}
         local function go(name)
            return function()
               went[#went + 1] = name
               if name == "raised" then
                  error(name, 0)
               end
            end
         end
         local function late(name)
            local f = go(name)
            return function()
               loop.sleep(0.01)
               f()
            end
         end
         local function block()
            core.poll({}, 0.05) -- all are due then
         end
         print(pcall(loop.run, go "before", go "raised", go "behind"))
         print(went[#went])
         print(pcall(loop.run, late "before", late "raised", late "behind", block))
         print(went[#went])
      ]], { arguments = name })
      assert.same({ ("false\traised\nraised\n"):rep(2), 0 }, { output, status })
   end)

   it("astro.loop." .. name .. ".run gives the first value of each, and all of the last", function()
      local output = world.run(HEAD .. [[
         local one = client "/echo"
         print(loop.run(function()
            loop.sleep(0.02)
            return one:get_deployment("id").method, "not this"
         end, function()
         end, function()
            return 1, nil, 3, nil
         end))
         print(loop.run(function()
            return client("/errors/403_permissions.json"):get_deployment "id"
         end))
         print((select("#", loop.run(function() end))), (select("#", loop.run())))
      ]], { arguments = name })
      assert.matches(
         "^GET\tnil\t1\tnil\t3\tnil\nnil\tGET deployment id: 403 [^\t]*\tGET [^\n]*\n0\t0\n$",
         output
      )
   end)
end

for _, name in ipairs(loops) do
   it("astro.loop." .. name .. " lets pass what a function raises", function()
      local output, status = world.run(HEAD .. [[
            side_by_side(function()
               client("/echo"):get_deployment "id"
               error "raised on purpose"
            end)
         ]], { arguments = name })
      assert.matches("raised on purpose", output)
      assert.is_true(status ~= 0)
   end)
end

describe("astro.loop", function()
   it("gives each loop by its name", function()
      local astro = require "astro"
      for _, name in ipairs(loops) do
         assert.equal(require("astro.loop." .. name), astro.loop[name])
      end
   end)

   it("raises for another name", function()
      local ok, message = pcall(function()
         return require("astro.loop").pol
      end)
      assert.is_false(ok)
      assert.matches(
         "^[^\n]*loops_spec.lua:%d+: bad name 'pol' to 'loop' %(unknown; did you mean 'poll'%?%)$",
         message
      )
   end)
end)

if loops[1] then
   describe("astro.loop.luv.start", function()
      it("gives on_done what the function gave or raised", function()
         local output, status = world.run(HEAD .. [[
                  loop.start(function()
                     return client("/echo"):get_deployment("id").method, 2
                  end, print)
                  loop.start(function()
                     loop.sleep(0.01)
                     error("raised on purpose", 0)
                  end, print)
                  require("luv").run()
               ]], { arguments = "luv" })
         assert.matches("true\tGET\t2\n", output)
         assert.matches("false\traised on purpose\n", output)
         assert.equal(0, status)
      end)

      -- luv 1.44 to 1.51: an error in a callback of libuv's ends the process.
      it("lets what a function raises pass until it waits; then it ends the process with 255", function()
         local output, status = world.run(HEAD .. [[
                  print(pcall(loop.start, function()
                     error("raised at once", 0)
                  end))
                  loop.start(function()
                     loop.sleep(0.001)
                     error("raised late", 0)
                  end)
                  print(pcall(require("luv").run))
                  print "never"
               ]], { arguments = "luv" })
         assert.matches("false\t[^\n]*raised at once\n", output)
         assert.matches("raised late", output)
         assert.not_matches("never", output)
         assert.equal(255, status)
      end)

      -- Before Lua 5.4 nothing ends a coroutine that waits.
      local in_five_four = coroutine.close and it or function() end
      in_five_four("skips a coroutine that was closed meanwhile", function()
         local output = world.run(HEAD .. [[
                  local slow = client "/slow/0.2"
                  local thread = coroutine.create(function()
                     slow:get_deployment "closed"
                     print "never"
                  end)
                  coroutine.resume(thread)
                  loop.start(function()
                     print(slow:get_deployment("other").id)
                  end)
                  print(coroutine.close(thread))
                  require("luv").run()
               ]], { arguments = "luv" })
         assert.equal("true\nother\n", output)
      end)
   end)

   describe("astro.loop.luv.run", function()
      it("lets pass what is raised after a wait, as pcall sees it", function()
         local output, status = world.run(HEAD .. [[
            print(pcall(loop.run, function()
               loop.sleep(0.01)
               error("raised on purpose", 0)
            end))
         ]], { arguments = "luv" })
         assert.same({ "false\traised on purpose\n", 0 }, { output, status })
      end)

      it("says that the loop runs already, and that nobody is left", function()
         local output = world.run(HEAD .. [[
            loop.run(function()
               loop.sleep(0.01)
               print(pcall(loop.run, print))
            end)
            print(pcall(loop.run, coroutine.yield))
         ]], { arguments = "luv" })
         assert.matches(
            "^false\t[^\n]*run: the loop runs already; [^\n]*\nfalse\t[^\n]*run: nobody is left [^\n]*\n$",
            output
         )
      end)
   end)

   describe("astro.loop.poll", function()
      it("starts its functions in their order, and is one at a time", function()
         local output = world.run(HEAD .. [[
            loop.run(function()
               print(1)
               loop.sleep(0.01)
               print(3)
               print(pcall(loop.run, print))
            end, function()
               print(2)
            end)
            print(pcall(loop.sleep, 1))
         ]], { arguments = "poll" })
         assert.matches("^1\n2\n3\nfalse\t.*run: the loop runs already\nfalse\t.*may wait\n$", output)
      end)

      it("runs again after it was given what is no function", function()
         local output = world.run(HEAD .. [[
            print(pcall(loop.run, 1))
            loop.run(function() print "ran" end)
         ]], { arguments = "poll" })
         assert.matches("^false\t[^\n]+\nran\n$", output)
      end)
   end)
end
