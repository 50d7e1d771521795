local astro = require "astro"
local testing = require "astro.testing"
local world = require "spec.support.world"

local ID = "cmsleeper"

local function hibernating(what, given)
   given = given or {}
   given.token = given.token or world.token()
   local client = world.client("/hibernating/" .. what, given)
   return client, function()
      return assert(client:request("GET", "/state"))
   end
end

local function in_seconds(seconds)
   return (os.date("!%Y-%m-%dT%H:%M:%SZ", os.time() + seconds))
end

-- Seconds from now until a time that the library wrote.
local function away(text)
   return astro.time.parse(text) - os.time()
end

describe("hibernate, wake and resume_schedule", function()
   it("set what is not so, and change nothing where it is", function()
      local client, state = hibernating "asleep"
      for i, step in ipairs({
         { "wake", true, false },
         { "wake", false, false },
         { "hibernate", true, true },
         { "hibernate", false, true },
         { "resume_schedule", true, nil },
         { "resume_schedule", false, nil },
      }) do
         local deployment, changed = client[step[1]](client, ID)
         assert.equal(ID, deployment.id, i)
         assert.equal(step[2], changed, i)
         local override = deployment.scalingSpec.hibernationSpec.override
         assert.equal(step[3], override and override.isHibernating, i)
         assert.is_nil(override and override.overrideUntil)
      end
      assert.same({ 6, 2, 1 }, { state().gets, state().posts, state().deletes })
   end)

   for name, case in pairs({
      ["a duration"] = { "2h", 7200 },
      ["a composed one"] = { "1d1h1m1s", 90061 },
      ["seconds"] = { 90, 90 },
   }) do
      it("end after " .. name .. ", which a second call finds there", function()
         local client, state = hibernating "awake"
         local deployment, changed = client:hibernate(ID, { until_ = case[1] })
         assert.is_true(changed)
         local ends = deployment.scalingSpec.hibernationSpec.override.overrideUntil
         assert.equal(state().override.overrideUntil, ends)
         assert.is_true(math.abs(away(ends) - case[2]) <= 2, ends)
         assert.is_false(select(2, client:hibernate(ID, { until_ = case[1] })))
         assert.is_true(select(2, client:hibernate(ID, { until_ = case[2] * 2 })))
         assert.is_true(select(2, client:hibernate(ID)))
         assert.equal(3, state().posts)
      end)
   end

   it("take for the same an end that is off by a tenth of a duration, and by a minute at most", function()
      local client = testing.client({ deployments = { { id = ID } } })
      local changes = {}
      for i, step in ipairs({ { 100, 0 }, { 100, 8 }, { 100, 8 }, { 7200, 0 }, { 7200, 55 }, { 7200, 10 } }) do
         testing.time.sleep(step[2])
         changes[i] = select(2, client:wake(ID, { until_ = step[1] }))
      end
      assert.same({ true, false, true, true, false, true }, changes)
   end)

   it("end at a time, to the second, whatever its offset", function()
      local client, state = hibernating "awake"
      assert.is_true(select(2, client:wake(ID, { until_ = "2199-01-01T02:00:00.5+02:00" })))
      assert.equal("2199-01-01T00:00:00Z", state().override.overrideUntil)
      assert.is_false(select(2, client:wake(ID, { until_ = "2199-01-01T00:00:00Z" })))
      assert.is_true(select(2, client:wake(ID, { until_ = "2199-01-01T00:00:01Z" })))
      assert.is_true(select(2, client:hibernate(ID, { until_ = "2199-01-01T00:00:01Z" })))
   end)

   it("take an override that is over, or not active, for none", function()
      for _, override in ipairs({
         { isActive = true, isHibernating = true, overrideUntil = in_seconds(-5) },
         { isActive = false, isHibernating = true },
         {},
      }) do
         local client = testing.client({
            deployments = { { id = ID, scalingSpec = { hibernationSpec = { override = override } } } },
         })
         assert.is_false(select(2, client:resume_schedule(ID)))
         assert.is_true(select(2, client:hibernate(ID)))
         assert.is_true(select(2, client:resume_schedule(ID)))
      end
      local client = testing.client({
         deployments = {
            { id = ID, scalingSpec = { hibernationSpec = { override = { isHibernating = true } } } },
         },
      })
      assert.is_false(select(2, client:hibernate(ID)))
   end)

   it("send nothing for an end that is past", function()
      local client, state = hibernating "awake"
      local deployment, message, err = client:hibernate(ID, { until_ = "2020-01-01T00:00:00Z" })
      assert.is_nil(deployment)
      assert.equal("hibernate deployment cmsleeper: invalid: until_ is past: 2020-01-01T00:00:00Z", message)
      assert.same({ "invalid", 0, 0 }, { err.kind, err.attempts, state().gets })
   end)

   for name, case in pairs({
      ["no development Deployment"] = {
         "production",
         { "hibernate", "wake" },
         "only development Deployments hibernate %(isDevelopmentMode is false%)$",
      },
      ["one that is made just now"] = {
         "status=CREATING",
         { "hibernate", "wake" },
         "its status is CREATING$",
      },
      ["one in a deploy"] = { "status=DEPLOYING", { "hibernate" }, "its status is DEPLOYING$" },
   }) do
      it("change nothing of " .. name, function()
         for _, method in ipairs(case[2]) do
            local client, state = hibernating(case[1])
            local deployment, message, err = client[method](client, ID)
            assert.is_nil(deployment)
            assert.matches("^" .. method .. " deployment cmsleeper: conflict: " .. case[3], message)
            assert.same(
               { "conflict", 0, message, ID },
               { err.kind, err.attempts, err.message, err.deployment.id }
            )
            assert.equal(0, state().posts)
            assert.is_false(select(2, client:resume_schedule(ID)))
         end
      end)
   end

   it("leave it to the service where little is known of the Deployment", function()
      local client = testing.client({ deployments = { { id = ID, status = "NEWER" } } })
      assert.is_true(select(2, client:hibernate(ID)))
      assert.is_true(select(2, client:wake(ID)))
   end)

   it("wait where they are told to, also where nothing is to be changed", function()
      local client, state = hibernating "asleep,lag=2"
      local given = { wait = true, interval = 0.01, timeout = 20 }
      local deployment, changed = client:wake(ID, given)
      assert.same({ "HEALTHY", true, 4 }, { deployment.status, changed, state().gets })
      assert.same({ "HEALTHY", false }, { client:wake(ID, given).status, select(2, client:wake(ID, given)) })
      assert.equal(6, state().gets)
      assert(client:hibernate(ID))
      deployment, changed = client:hibernate(ID, given)
      assert.same({ "HIBERNATING", false }, { deployment.status, changed })
      deployment, changed = client:resume_schedule(ID, given)
      assert.is_nil(deployment.scalingSpec.hibernationSpec.override)
      assert.same({ "HIBERNATING", true }, { deployment.status, changed })
   end)

   it("say how far a wait came that took too long", function()
      local client = hibernating "awake,lag=1000"
      local seen = {}
      local deployment, message, err = client:hibernate(ID, {
         wait = true,
         interval = 0.01,
         timeout = 0.1,
         on_poll = function(one)
            seen[#seen + 1] = one.status
         end,
      })
      assert.is_nil(deployment)
      assert.matches("^wait for deployment cmsleeper: timeout: after 0 s: status HEALTHY", message)
      assert.same({ "timeout", "HEALTHY" }, { err.kind, err.deployment.status })
      assert.is_true(#seen > 1)
   end)

   it("pass on what the service refuses, and send no POST twice that may have been processed", function()
      for _, failures in ipairs({ { false, 500 }, { false, 403 }, { false, "timeout" }, { 404 } }) do
         local posts = 0
         local client = testing.client({
            deployments = { { id = ID } },
            failures = failures,
            on_request = function(request)
               posts = posts + (request.method == "POST" and 1 or 0)
            end,
         })
         local deployment, message, err = client:hibernate(ID)
         assert.same({ nil, err.message, #failures - 1 }, { deployment, message, posts })
      end
      local client = testing.client({ deployments = { { id = ID } }, failures = { false, 429 } })
      assert.is_true(select(2, client:hibernate(ID)))
   end)

   it("give each request the client's time, and all of them their own", function()
      local told = {}
      local client = testing.client({
         deployments = { { id = ID } },
         timeout = 20,
         attempt_timeout = 100,
         transport = function(request)
            told[#told + 1] = request.method .. " " .. math.floor(request.timeout + 0.5)
            testing.time.sleep(8)
            return 200, {}, '{"id":"cmsleeper","status":"HEALTHY"}'
         end,
      })
      assert(client:hibernate(ID, { timeout = 25 }))
      assert.same({ "GET 20", "POST 17" }, told)
   end)

   it("take a call's options, and end with their canceller", function()
      local client, state = hibernating "awake"
      local cancel, paths = astro.canceller(), {}
      local _, message, err = client:hibernate(ID, {
         cancel = cancel,
         wait = true,
         interval = 0.01,
         organization = "other",
         on_request = function(request)
            paths[#paths + 1] = request.path
            if request.method == "POST" then
               cancel "enough"
            end
         end,
      })
      assert.equal("cancelled", err.kind)
      assert.matches(": cancelled: enough$", message)
      assert.same({
         "/organizations/other/deployments/cmsleeper",
         "/organizations/other/deployments/cmsleeper/hibernation-override",
      }, paths)
      assert.equal(0, state().posts)
      local slow = hibernating "awake,lag=1000"
      cancel = astro.canceller()
      local given = { cancel = cancel, wait = true, interval = 0.01, timeout = 20 }
      function given.on_poll()
         cancel()
      end
      _, message = slow:hibernate(ID, given)
      assert.equal("wait for deployment cmsleeper: cancelled: by the caller", message)
   end)

   it("raise on misuse, and send nothing", function()
      local client, state = hibernating "awake"
      local expected = "(a time such as 2026-12-24T18:00:00Z or a duration such as 1h30m expected)"
      for given, message in pairs({
         ["2 hours"] = expected,
         ["0s"] = expected,
         ["h"] = expected,
         ["2h30"] = expected,
         ["2026-12-24"] = expected,
         ["99999999d"] = expected,
      }) do
         local ok, raised = pcall(client.hibernate, client, ID, { until_ = given })
         assert.is_false(ok)
         assert.equal("bad option 'until_' to 'hibernate' " .. message, (raised:gsub("^[^:]*:%d+: ", "")))
      end
      for _, given in ipairs({ 0, 1795780800, true, "" }) do
         local ok, raised = pcall(client.wake, client, ID, { until_ = given })
         assert.is_false(ok)
         assert.matches(
            "bad option 'until_' to 'wake' %(a time by RFC 3339, a duration such as '2h', or seconds from 1 to"
               .. " 315360000 expected, got ",
            raised
         )
      end
      for _, call in ipairs({
         {
            "resume_schedule",
            { until_ = "2h" },
            "bad option 'until_' to 'resume_schedule' %(an option of 'hibernate'%)",
         },
         { "hibernate", { wiat = true }, "did you mean 'wait'" },
         { "wake", {}, "bad argument 'id' to 'wake'", 5 },
      }) do
         local ok, raised = pcall(client[call[1]], client, call[4] or ID, call[2])
         assert.is_false(ok)
         assert.matches(call[3], raised)
      end
      assert.equal(0, state().gets)
      client:close()
      assert.error_matches(function()
         client:hibernate(ID)
      end, "hibernate: the client is closed")
   end)
end)
