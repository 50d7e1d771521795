local world = require "spec.support.world"
local core = require "astro.core"

local ECHO = { base_url = world.stand_in .. "/echo" }
local function asking(id, org)
   local path = ("/organizations/%s/deployments/%s"):format(org or "org", id)
   return { method = "GET", path = path, target = "deployment " .. id }
end

local HELD = { base_url = world.fault("hold", "") }

describe("session", function()
   local session

   before_each(function()
      session = core.session()
   end)

   after_each(function()
      session:close()
   end)

   local function results()
      local found = {}
      while session:wait() do
         local ticket, outcome = session:next()
         found[ticket] = outcome.value or outcome.err
      end
      return found
   end

   it("gives what many submitted at once come to, by ticket", function()
      local tickets = {}
      for i = 1, 20 do
         tickets[session:submit(asking("id-" .. i), "token", ECHO)] = i
      end
      local refused =
         session:submit(asking "id", "token", { base_url = world.error_answer "403_permissions.json" })
      local found = results()
      assert.equal("forbidden", found[refused].kind)
      for ticket, i in pairs(tickets) do
         assert.matches("/id%-" .. i .. "$", found[ticket].uri)
      end
   end)

   it("gives one Deployment in one call, while others are under way", function()
      local ticket = session:submit(asking "other", "token", ECHO)
      assert.matches("/one$", assert(session:get_deployment("org", "one", "token", ECHO)).uri)
      local _, message, err =
         session:get_deployment("org", "one", "token", { base_url = world.fault("send", "") })
      assert.same({ "transport", message }, { err.kind, err.message })
      assert.matches("/other$", results()[ticket].uri)
   end)

   it("never blocks in step and next", function()
      assert.is_nil(session:next())
      session:step()
      local ticket = session:submit(asking "id", "token", HELD)
      session:step()
      assert.is_nil(session:next())
      assert.is_false(session:wait(0))
      assert.is_true(session:cancel(ticket))
      assert.is_false(session:wait())
   end)

   it("sleeps where it is told to, without work", function()
      for _, session_to_wait in ipairs({ core.session(), session }) do
         if session_to_wait == session then
            session:submit(asking "id", "token", HELD)
         end
         local start, work = core.clock(), os.clock()
         assert.is_false(session_to_wait:wait(0.2))
         assert.is_true(core.clock() - start >= 0.199)
         assert.is_true(os.clock() - work < 0.1)
      end
   end)

   it("gives a result once", function()
      session:submit(asking "id", "token", ECHO)
      assert.is_true(session:wait(10))
      assert.is_number((session:next()))
      assert.is_nil(session:next())
      assert.is_false(session:wait())
   end)

   it("forgets what is cancelled, once", function()
      local first = session:submit(asking "first", "token", HELD)
      local second = session:submit(asking "second", "token", ECHO)
      assert.is_true(session:cancel(first))
      assert.is_false(session:cancel(first))
      assert.is_false(session:cancel(0))
      assert.is_false(session:cancel(99))
      local found = results()
      assert.is_nil(found[first])
      assert.is_table(found[second])
   end)

   it("ends what is under way as cancelled when it is closed", function()
      local ticket = session:submit(asking "id", "token", HELD)
      session:step()
      session:close()
      session:close()
      local got, outcome = session:next()
      assert.equal(ticket, got)
      assert.is_nil(outcome.value)
      assert.equal("GET deployment id: cancelled: the session was closed", outcome.err.message)
      assert.equal("cancelled", outcome.err.kind)
      assert.is_nil(session:next())
      assert.is_false(session:wait())
      assert.error_matches(function()
         session:submit(asking "id", "token", ECHO)
      end, "submit: the session is closed")
   end)

   it("closes itself where Lua 5.4 or newer says <close>", function()
      if _VERSION >= "Lua 5.4" then
         local chunk = load "local core = ... local s <close> = core.session() return s"
         assert.equal("astro.core.session (closed)", tostring(chunk(core)))
      end
      assert.equal("astro.core.session", tostring(session))
   end)

   it("can be collected with everything under way", function()
      for _ = 1, 10 do
         local dropped = core.session()
         dropped:submit(asking "id", "token", HELD)
         dropped:submit(asking "id", "token", ECHO)
         dropped:step()
      end
      collectgarbage()
      collectgarbage()
      assert.is_table(core.get_deployment("org", "id", "token", ECHO))
   end)

   it("lets go of its callers' functions when it is collected", function()
      local kept = setmetatable({}, { __mode = "v" })
      do
         local dropped = core.session()
         local count = 0
         kept.log = function()
            count = count + 1
         end
         dropped:submit(asking "id", "token", { base_url = HELD.base_url, log = kept.log })
      end
      collectgarbage()
      collectgarbage()
      collectgarbage()
      assert.is_nil(kept.log)
   end)

   it("falls back between versions", function()
      local options = { base_url = world.host "gone410.localhost" }
      local ticket = session:submit(asking(world.full, world.org), world.token(), options)
      while not session:next() do
         session:wait(10)
      end
      assert.equal(1, ticket)
   end)

   it("sends any method, with a body, and takes any JSON for an answer", function()
      for method, body in pairs({ GET = false, POST = "{}", PUT = "x\0y", PATCH = "", DELETE = false }) do
         local request = { method = method, path = "/x?q=1", target = "x", body = body or nil, any = true }
         session:submit(request, "token", ECHO)
         assert.is_true(session:wait(10))
         local _, outcome = session:next()
         assert.equal(method, outcome.value.method)
         assert.equal("/echo/x?q=1", outcome.value.uri)
         assert.equal(200, outcome.status)
      end
      for text, wanted in pairs({ ["[1]"] = { 1 }, ["12"] = 12, ['"x"'] = "x", ["null"] = true, [""] = true }) do
         local options = { base_url = world.answer("201 Created", text) }
         session:submit({ method = "GET", path = "/x", target = "x", any = true }, "token", options)
         assert.is_true(session:wait(10))
         local _, outcome = session:next()
         assert.same({ value = wanted, status = 201 }, outcome)
      end
   end)

   it("tells whether the last answer came by HTTP/2", function()
      local function after(base_url)
         session:submit(asking "id", "token", { base_url = base_url })
         results()
         return session:multiplexes()
      end
      assert.is_nil(session:multiplexes())
      assert.is_nil(after "http://127.0.0.1:1")
      assert.is_true(after(world.stand_in .. "/echo"))
      assert.is_false(after(world.plain() .. "/echo"))
   end)

   it("reads a request without calling back: options stay as they were checked", function()
      local options = { base_url = world.stand_in .. "/echo" }
      local request = setmetatable({ method = "GET", path = "/x", target = "x" }, {
         __index = function()
            options.base_url = nil
            collectgarbage()
         end,
      })
      session:submit(request, "token", options)
      assert.is_string(options.base_url)
   end)

   it("forgets no ticket that never was", function()
      for _, ticket in ipairs({ 0, -1, 1e300, 0 / 0 }) do
         assert.is_false(session:cancel(ticket))
      end
   end)

   it("names what misuse raises", function()
      for field, value in pairs({ method = "BREW", path = "x", target = false }) do
         for _, wrong in ipairs({ value, false }) do
            local request = asking "id"
            request[field] = wrong or nil
            assert.error_matches(function()
               session:submit(request, "token")
            end, "bad argument '" .. field .. "' to 'submit'")
         end
      end
      for _, path in ipairs({ "/..", "/a/../b", "/./x", "/a b", "/a#b", "/a\r\nb", "/é", "//..", "/a/.." }) do
         assert.error_matches(function()
            session:submit({ method = "GET", path = path, target = "x" }, "token")
         end, "bad argument 'path' to 'submit'")
      end
      assert.error(function()
         session.next(core)
      end)
      assert.error(function()
         session:wait "soon"
      end)
      assert.error(function()
         session:wait(-1)
      end)
   end)

   it("stays woken until the next step, whatever ends or begins meanwhile", function()
      local watched = core.session(true)
      local request = { method = "GET", path = "/x", target = "x" }
      local options =
         { base_url = world.fault("hold", ""), connect_timeout = 60, attempt_timeout = 60, timeout = 60 }
      local tickets = {}
      for i = 1, 3 do -- two have connections, the third waits for one
         tickets[i] = watched:submit(request, "token", options)
      end
      for _ = 1, 20 do
         core.poll({ watched:fd() }, 0.02)
         watched:step()
      end
      for _, act in ipairs({
         function()
            watched:submit(request, "token", options)
         end,
         function()
            watched:cancel(tickets[3])
         end,
      }) do
         local start = core.clock()
         watched:wake()
         act()
         core.poll({ watched:fd() }, 20)
         assert.is_true(core.clock() - start < 10) -- it would be all of the 20
         watched:step()
      end
      watched:close()
   end)

   it("gives a call that blocks its own answer, whatever a hook does with the session meanwhile", function()
      local program = [[
         local core = require "astro.core"
         local session = core.session()
         local base, taken = { base_url = arg[1] }, {}
         local function hook()
            if not session:timeout() then
               return -- nothing is under way yet
            end
            debug.sethook()
            session:wait(1)
            taken[#taken + 1] = session:next()
            session:cancel(1)
            session:get_deployment("org", "another", "token", base)
         end
         debug.sethook(hook, "c")
         local deployment, message = session:get_deployment("org", "one", "token", base)
         print(#taken, (deployment or { uri = message }).uri:match "[^/]+$")
      ]]
      -- A call that lost its answer would turn for ever: it is ended.
      local path = world.write("hook", program)
      local command = ("timeout 30 %s %s %s"):format(world.interpreter, path, world.stand_in .. "/echo")
      assert.equal("0\tone\n", (world.shell(world.preloaded(command))))
   end)

   it("comes back from waiting when a hook took what had ended", function()
      session:submit(asking "id", "token", { base_url = world.stand_in .. "/slow/0.2" })
      local start, calls, took = core.clock(), 0, nil
      local function hook()
         calls = calls + 1
         if calls == 1 then
            return -- of wait itself
         end
         debug.sethook()
         while not took do
            session:step()
            took = session:next()
         end
      end
      debug.sethook(hook, "c")
      session:wait(20)
      debug.sethook()
      assert.is_number(took)
      assert.is_true(core.clock() - start < 10) -- it would be all of the 20
   end)
end)
