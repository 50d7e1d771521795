local astro = require "astro"
local testing = require "astro.testing"
local world = require "spec.support.world"

local ID = "cmsleeper"
local is_5_1 = _VERSION == "Lua 5.1" and not jit
local has_close = coroutine.close ~= nil

local function hibernating(what, given)
   given = given or {}
   given.token = given.token or world.token()
   local client = world.client("/hibernating/" .. what, given)
   local onlooker = world.client("/hibernating/" .. what, { token = given.token })
   return client, function()
      return assert(onlooker:request("GET", "/state"))
   end
end

local function asleep_until(text)
   return { isHibernating = true, overrideUntil = text }
end

-- A client of testing whose Deployment hibernates, what was asked of it, and what the log was told.
local function tested(given)
   local asked, told = {}, {}
   given = given or {}
   given.deployments = { { id = ID, status = "HIBERNATING" } }
   function given.on_request(request)
      asked[#asked + 1] = request.method
   end
   function given.log(level, text)
      told[#told + 1] = level == "error" and text or nil
   end
   return testing.client(given), asked, told
end

describe("while_awake", function()
   it("wakes, waits, gives what f gives, and leaves what it found", function()
      local client, state = hibernating "asleep,lag=2"
      local given = { interval = 0.01 }
      local results = {
         client:while_awake(ID, function(deployment)
            assert.same({ false, ID, "HEALTHY" }, {
               state().override.isHibernating,
               deployment.id,
               deployment.status,
            })
            return nil, "two", nil
         end, given),
      }
      assert.same({ nil, "two" }, { results[1], results[2] })
      assert(client:wait_for(ID, { status = "HIBERNATING", interval = 0.01 }))
      assert.equal(
         3,
         select(
            "#",
            client:while_awake(ID, function()
               return nil, "two", nil
            end, given)
         )
      )
      assert.is_nil(state().override)
      assert.same({ 2, 2 }, { state().posts, state().deletes })
   end)

   it("puts back an override with its end, as it was written", function()
      for _, ends in ipairs({ "2199-01-01T00:00:00.250Z", false }) do
         local client, state = hibernating "awake"
         client:set_hibernation_override(ID, asleep_until(ends or nil))
         local before = state().override
         assert.equal(
            "done",
            client:while_awake(ID, function()
               assert.same({ isHibernating = false }, state().override)
               return "done"
            end)
         )
         assert.same(before, state().override)
         assert.equal(3, state().posts)
      end
   end)

   it("does not set again what is over by then", function()
      local client, asked = tested()
      client:hibernate(ID, { until_ = "10m" })
      for i = #asked, 1, -1 do
         asked[i] = nil
      end
      assert.is_true(client:while_awake(ID, function()
         testing.time.sleep(601)
         return true
      end))
      assert.equal("GET POST GET GET DELETE", table.concat(asked, " "))
   end)

   it("changes nothing of what is awake, and waits for it", function()
      local client, state = hibernating "awake,production"
      assert.equal(
         "HEALTHY",
         client:while_awake(ID, function(deployment)
            return deployment.status
         end)
      )
      assert(client:with({}):set_hibernation_override(ID, { isHibernating = false }))
      assert.is_true(client:while_awake(ID, function()
         return true
      end))
      assert.same({ 1, 0 }, { state().posts, state().deletes })
      client, state = hibernating "awake,status=DEPLOYING"
      local _, message, err = client:while_awake(ID, error, { interval = 0.01, timeout = 0.05 })
      assert.equal("timeout", err.kind)
      assert.matches("status DEPLOYING$", message)
      assert.equal(0, state().posts)
   end)

   it("sets an end to its own override, and knows it when that has passed", function()
      local client, asked = tested()
      client:hibernate(ID)
      local override
      assert.is_true(client:while_awake(ID, function()
         override = client:get_deployment(ID).scalingSpec.hibernationSpec.override
         testing.time.sleep(3601)
         return true
      end, { until_ = "1h" }))
      local left = astro.time.parse(override.overrideUntil) - testing.time.wall() + 3601
      assert.is_true(math.abs(left - 3600) <= 2, left)
      assert.equal("GET POST GET POST GET GET GET POST", table.concat(asked, " "))
      local deployment = client:get_deployment(ID)
      assert.same({ true, true }, {
         deployment.scalingSpec.hibernationSpec.override.isHibernating,
         deployment.scalingSpec.hibernationSpec.override.overrideUntil == nil,
      })
   end)

   it("lets through what f raises, and puts back first", function()
      local client, state = hibernating "asleep"
      for _, raised in ipairs({ "a text", { kind = "table" } }) do
         local ok, message = pcall(client.while_awake, client, ID, function()
            error(raised, 0)
         end)
         assert.same({ false, raised }, { ok, message })
         assert.is_nil(state().override)
      end
      local ok, message = pcall(client.while_awake, client, ID, function()
         error()
      end)
      assert.same({ pcall(error) }, { ok, message }) -- Lua 5.5 has a text for an error without one
      assert.equal(3, state().deletes)
   end)

   it("does not call f where it cannot be woken, and puts back what may have been changed", function()
      for _, case in ipairs({
         { { { status = 404, method = "GET" } }, "not_found", "GET" },
         { { { status = 403, method = "POST" } }, "forbidden", "GET POST GET" },
         { { { status = 500, method = "POST" } }, "server", "GET POST GET" },
         { { false, false, { status = 401 } }, "unauthorized", "GET POST GET GET DELETE" },
      }) do
         local client, asked = tested({ failures = case[1] })
         local _, message, err = client:while_awake(ID, error)
         assert.same({ case[2], message }, { err.kind, err.message })
         assert.equal(case[3], table.concat(asked, " "))
      end
      local client, state = hibernating "asleep,lag=1000"
      local _, _, err = client:while_awake(ID, error, { interval = 0.01, timeout = 0.1 })
      assert.same({ "timeout", nil, 1 }, { err.kind, state().override, state().deletes })
      client, state = hibernating "asleep,production"
      local _, message = client:while_awake(ID, error)
      assert.matches("^while_awake deployment cmsleeper: conflict: only development Deployments", message)
      assert.equal(0, state().posts)
   end)

   it("puts back although its call is cancelled, or its client closed", function()
      for _, ending in ipairs({ "cancel", "close", "cancel in wait" }) do
         local client, state = hibernating(ending == "cancel in wait" and "asleep,lag=1000" or "asleep")
         local cancel = astro.canceller()
         local result, message = client:while_awake(ID, function()
            if ending == "close" then
               client:close()
            else
               cancel()
            end
            return ending
         end, {
            cancel = cancel,
            interval = 0.01,
            on_poll = function()
               if ending == "cancel in wait" then
                  cancel()
               end
            end,
         })
         if ending == "cancel in wait" then
            assert.equal("wait for deployment cmsleeper: cancelled: by the caller", message)
         else
            assert.equal(ending, result)
         end
         assert.same({ nil, 1 }, { state().override, state().deletes })
      end
   end)

   it("tries for a minute to put back, and sends nothing twice that was done", function()
      local client, asked = tested({ failures = { { status = 503, method = "DELETE", times = 3 } } })
      assert.is_true(client:while_awake(ID, function()
         return true
      end))
      assert.equal("GET POST GET GET DELETE GET DELETE GET DELETE GET DELETE", table.concat(asked, " "))
   end)

   it("says what could not be put back, with what f gave", function()
      local client, asked, told = tested({ failures = { { status = 503, method = "DELETE", times = 1000 } } })
      local start = testing.time.clock()
      local result, message, err = client:while_awake(ID, function()
         return "a", nil, "c", nil
      end)
      assert.is_nil(result)
      assert.matches(
         "^put back the override of deployment cmsleeper %(none%): wait .* timeout: after 60 s: .*"
            .. "DELETE deployments/cmsleeper/hibernation%-override: 503 Service Unavailable",
         message
      )
      assert.same({ "timeout", message, { n = 4, "a", nil, "c" } }, { err.kind, err.message, err.results })
      assert.equal(60, testing.time.clock() - start)
      assert.equal("DELETE", asked[#asked])
      assert.same({}, told)
      client = tested({ failures = { { status = 403, method = "DELETE" } } })
      err = select(3, client:while_awake(ID, function() end))
      assert.same({ "forbidden", { n = 0 } }, { err.kind, err.results })
   end)

   it("tells the log what could not be put back after f raised", function()
      local client, _, told = tested({ failures = { { status = 403, method = "DELETE" } } })
      local ok, raised = pcall(client.while_awake, client, ID, function()
         error("on purpose", 0)
      end)
      assert.same({ false, "on purpose" }, { ok, raised })
      assert.equal(1, #told)
      assert.matches(
         "^put back the override of deployment cmsleeper %(none%): DELETE .* 403 Forbidden",
         told[1]
      )
   end)

   it("tells and raises what putting back raises", function()
      for _, ends_well in ipairs({ true, false }) do
         local is_bad = false
         local client, _, told = tested({
            token = function()
               return is_bad and 5 or "testing-token"
            end,
         })
         local ok, raised = pcall(client.while_awake, client, ID, function()
            is_bad = true
            return ends_well or error("on purpose", 0)
         end)
         assert.is_false(ok)
         assert.matches(ends_well and "the function must return a string" or "^on purpose$", raised)
         assert.equal(1, #told)
         assert.matches("^put back the override of deployment cmsleeper: .*the function must return", told[1])
      end
   end)

   it("leaves what somebody else has set, and says so", function()
      for _, case in ipairs({
         { asleep_until "2199-01-01T00:00:00Z", "asleep until 2199%-01%-01T00:00:00Z$" },
         { { isHibernating = false, overrideUntil = "2199-01-01T00:00:00Z" }, "awake until 2199%-" },
         { nil, "none$" },
      }) do
         local client, state = hibernating "awake"
         client:hibernate(ID)
         local other = client:with({})
         local result, message, err = client:while_awake(ID, function()
            if case[1] then
               assert(other:set_hibernation_override(ID, case[1]))
            else
               assert(other:delete_deployment_hibernation_override(ID))
            end
            return "done"
         end)
         assert.is_nil(result)
         assert.same({ "conflict", { n = 1, "done" } }, { err.kind, err.results })
         assert.matches(
            "^put back the override of deployment cmsleeper %(asleep until further notice%): conflict: "
               .. "somebody else changed it meanwhile, which is left: "
               .. case[2],
            message
         )
         assert.same(case[1], state().override)
      end
   end)

   it("says nothing of somebody else where it changed nothing itself", function()
      local service = testing.service({
         deployments = { { id = ID, status = "HIBERNATING" } },
         failures = { { status = 500, method = "POST" } },
      })
      local other = testing.client({ transport = service })
      local client = testing.client({
         transport = service,
         on_response = function(request)
            if request.method == "POST" then
               assert(other:hibernate(ID, { until_ = "1h" }))
            end
         end,
      })
      local _, _, err = client:while_awake(ID, error)
      assert.equal("server", err.kind)
   end)

   it("knows its own override by the end that the service gave it", function()
      local service = testing.service({ deployments = { { id = ID, status = "HIBERNATING" } } })
      local client = testing.client({
         transport = function(request)
            request.body = request.body and request.body:gsub(":%d%dZ", ":59Z")
            return service(request)
         end,
      })
      assert.is_true(client:while_awake(ID, function()
         return true
      end, { until_ = "2199-01-01T00:00:00Z" }))
   end)

   it("takes for asleep what is about to be, and for awake what was woken", function()
      local function override(sleeps)
         return { hibernationSpec = { override = { isActive = true, isHibernating = sleeps } } }
      end
      for _, case in ipairs({
         { { status = "UNKNOWN", scalingStatus = { hibernationStatus = { isHibernating = true } } }, "POST" },
         { { status = "HEALTHY", scalingSpec = override(true) }, "POST" },
         { { status = "HIBERNATING", scalingSpec = override(false) }, "GET" },
      }) do
         local asked = {}
         case[1].id = ID
         local client = testing.client({
            deployments = { case[1] },
            on_request = function(request)
               asked[#asked + 1] = request.method
            end,
         })
         client:while_awake(ID, function() end, { timeout = 1 })
         assert.equal(case[2], asked[2])
      end
   end)

   it("raises on misuse, and sends nothing", function()
      local client, state = hibernating "asleep"
      for message, call in pairs({
         ["bad argument 'id' to 'while_awake'"] = { 5, print },
         ["bad argument 'f' to 'while_awake' %(a function expected, got string%)"] = { ID, "f" },
         ["bad option 'wait' to 'while_awake' %(an option of 'hibernate'%)"] = { ID, print, { wait = true } },
      }) do
         local ok, raised = pcall(client.while_awake, client, (table.unpack or unpack)(call))
         assert.is_false(ok)
         assert.matches(message, raised)
      end
      local _, _, err = client:while_awake(ID, error, { until_ = "2020-01-01T00:00:00Z" })
      assert.same({ "invalid", 0 }, { err.kind, state().gets })
   end)
end)

-- For a program: a client of the stand-in below a path, whose state an onlooker tells.
local HEAD = [[
   local astro = require "astro"
   local loop = arg[1] and require("astro.loop." .. arg[1])
   local function client(what, given)
      given = given or {}
      given.base_url = os.getenv "ASTRO_API_URL" .. "/hibernating/" .. what
      return astro.client(given)
   end
   local onlooker = client "asleep"
   local function tell()
      local state = onlooker:request("GET", "/state")
      print(state.override == nil and "as it was" or "changed", state.posts, state.deletes)
   end
   local function interrupt()
      io.popen("kill -INT $PPID"):close()
      for _ = 1, 1e9 do end
   end
]]

describe("while_awake, where the program is interrupted,", function()
   for name, program in pairs({
      ["in f"] = [[
         local it = client "asleep"
         print(pcall(it.while_awake, it, "cmsleeper", interrupt))
         tell()
      ]],
      ["in its wait"] = [[
         local it = client "asleep,lag=1000"
         print(pcall(it.while_awake, it, "cmsleeper", error, {
            interval = 20,
            on_poll = function()
               io.popen("(sleep 0.2; kill -INT $PPID) >/dev/null 2>&1 &"):close()
            end,
         }))
         tell()
      ]],
   }) do
      it("puts back: " .. name, function()
         if jit then
            program = "jit.off()\n" .. program -- what is compiled looks at no hook
         end
         local output = world.run(HEAD .. program)
         assert.matches("^false\t[^\n]*interrupted!\nas it was\t1\t1\n$", output)
      end)
   end

   it("tells and raises where that was in putting back", function()
      local output = world.run(HEAD .. [[
         local is_over = false
         local it = client("asleep", {
            on_request = function()
               if is_over then
                  is_over = false
                  interrupt()
               end
            end,
         })
         print(pcall(it.while_awake, it, "cmsleeper", function()
            is_over = true
         end))
         tell()
      ]])
      assert.matches(
         "astro: error: put back the override of deployment cmsleeper: [^\n]*interrupted!\n"
            .. "false\t[^\n]*interrupted!\nchanged\t1\t0\n$",
         output
      )
   end)
end)

describe("the frames of what f raises", function()
   local PROGRAM = HEAD
      .. [[
      local it = client "asleep"
      local function deep()
         error "on purpose" -- FRAME
      end
      local function go()
         return it:while_awake("cmsleeper", function()
            deep()
            return true
         end)
      end
      local _, text = xpcall(go, debug.traceback)
      print(text)
      tell()
   ]]

   it("are in a traceback from Lua 5.4 on", function()
      local output = world.run(PROGRAM)
      assert.matches("on purpose\n", output)
      assert.matches("\nas it was\t1\t1\n$", output)
      if has_close then
         assert.matches("in [^\n]*'deep'", output)
      end
   end)
end)

local loops = is_5_1 and {} or { "poll", "luv", "cqueues" }

for _, name in ipairs(loops) do
   describe("while_awake in astro.loop." .. name, function()
      local function run(program, and_then)
         return world.run(HEAD .. program .. (and_then or "tell()"), { arguments = name })
      end

      it("puts back, also where f raises, and never keeps its loop from turning", function()
         local output = run [[
            local it = client("asleep,lag=3", { loop = loop })
            local ticks, is_over = 0, false
            loop.run(function()
               print(it:while_awake("cmsleeper", function(deployment)
                  loop.sleep(0.05)
                  return deployment.status, ticks > 3
               end, { interval = 0.05 }))
               it:wait_for("cmsleeper", { status = "HIBERNATING", interval = 0.01 })
               print(pcall(it.while_awake, it, "cmsleeper", function()
                  loop.sleep(0.05)
                  error("on purpose", 0)
               end, { interval = 0.05 }))
               it:close()
               print((it:pollfd()))
               is_over = true
            end, function()
               while not is_over do
                  loop.sleep(0.01)
                  ticks = ticks + 1
               end
            end)
         ]]
         assert.equal("HEALTHY\ttrue\nfalse\ton purpose\nnil\nas it was\t2\t2\n", output)
      end)

      it("puts back where what f raises ends its coroutine, and the loop's run", function()
         local output = run [[
            local it = client("asleep", { loop = loop })
            print(pcall(loop.run, function()
               it:while_awake("cmsleeper", function()
                  error("on purpose", 0)
               end)
            end))
         ]]
         assert.matches("^false\t[^\n]*on purpose[^\n]*\n.*as it was\t1\t1\n$", output)
      end)

      it("puts back, or tells, where its coroutine is ended from outside", function()
         local output = run(
            [[
            local it, is_awake = client("asleep", { loop = loop }), false
            print(pcall(loop.run, function()
               it:while_awake("cmsleeper", function()
                  is_awake = true
                  loop.sleep(20)
               end)
            end, function()
               while not is_awake do
                  loop.sleep(0.01)
               end
               error("on purpose", 0)
            end))
         ]],
            "tell()\ncollectgarbage()\ncollectgarbage()"
         )
         assert.matches("false\t[^\n]*on purpose", output)
         if has_close then
            assert.matches("on purpose[^\n]*\nas it was\t1\t1\n$", output)
         else
            assert.matches("changed\t1\t0\n", output)
            assert.matches(
               "astro: error: put back the override of deployment cmsleeper: the coroutine that had to was dropped\n",
               output
            )
         end
      end)
   end)
end

if not is_5_1 then
   it("while_awake tells where its coroutine is dropped", function()
      local output = world.run(HEAD .. [[
         local it = client "asleep"
         coroutine.wrap(function()
            it:while_awake("cmsleeper", coroutine.yield)
         end)()
         collectgarbage()
         collectgarbage()
         tell()
      ]])
      assert.equal(
         "astro: error: put back the override of deployment cmsleeper: the coroutine that had to was dropped\n"
            .. "changed\t1\t0\n",
         output
      )
   end)
end

if has_close then
   describe("while_awake in a coroutine that is closed", function()
      local CLOSED = [[
         local thread = coroutine.create(function()
            it:while_awake("cmsleeper", coroutine.yield)
         end)
         assert(coroutine.resume(thread))
         print(coroutine.close(thread))
      ]]

      it("puts back by a client that blocks", function()
         local output = world.run(HEAD .. 'local it = client "asleep"\n' .. CLOSED .. "tell()")
         assert.equal("true\nas it was\t1\t1\n", output)
      end)

      for ending, raised in pairs({
         ["coroutine.close(thread) error('enough', 0)"] = "enough",
         ["io.popen('kill -INT $PPID'):close() loop.sleep(20)"] = "[^\n]*interrupted!",
      }) do
         it("puts back by one that blocks where its own has a loop: " .. raised, function()
            local output = world.run(HEAD .. ([[
               local it = client("asleep", { loop = loop })
               local thread, is_awake
               print(pcall(loop.run, function()
                  thread = coroutine.running()
                  it:while_awake("cmsleeper", function()
                     is_awake = true
                     loop.sleep(20)
                  end)
               end, function()
                  while not is_awake do
                     loop.sleep(0.01)
                  end
                  %s
               end))
               tell()
            ]]):format(ending), { arguments = "poll" })
            assert.matches("^false\t" .. raised .. "\nas it was\t1\t1\n$", output)
         end)
      end

      it("tells what closing raises", function()
         local output = world.run(HEAD .. [[
            pcall(loop.run, function()
               local _ <close> = setmetatable({}, { __close = function() error("by __close", 0) end })
               loop.sleep(20)
            end, function()
               error "on purpose"
            end)
         ]], { arguments = "poll" })
         assert.equal("astro: a function that run ended raised: by __close\n", output)
      end)
   end)
end
