local astro = require "astro"
local core = require "astro.core"
local testing = require "astro.testing"
local world = require "spec.support.world"

local function raised(f, ...)
   local ok, message = pcall(f, ...)
   assert.is_false(ok)
   return message
end

-- For what would take long: the seconds that passed in the testing time, and the result.
local function timed(f)
   local start = testing.time.clock()
   local value, message, err = f()
   return testing.time.clock() - start, value, message, err
end

local function fixture()
   return core.decode(world.read("spec/fixtures/v1/" .. world.full .. ".json"))
end

local function ids_of(list)
   local ids = {}
   for i, deployment in ipairs(list) do
      ids[i] = deployment.id
   end
   return table.concat(ids, " ")
end

describe("astro.testing.client", function()
   it("gives Deployments as the service would, one by one", function()
      local given = fixture()
      local client = testing.client({ deployments = { given, { id = "small" } } })
      assert.same(given, client:get_deployment(world.full))
      assert.same({ id = "small", status = "HEALTHY" }, client:get_deployment "small")
      local deployment, message, err = client:get_deployment "nobody"
      assert.is_nil(deployment)
      assert.matches("^GET deployment nobody: 404 Not Found: not found %(request testing%-3%)$", message)
      assert.same(
         { "not_found", 404, "testing-3", 1 },
         { err.kind, err.status, err.request_id, err.attempts }
      )
   end)

   it("keeps what it was given from changes, and never tells a secret", function()
      local given = {
         id = "a",
         name = "before",
         environmentVariables = {
            { key = "A", value = "hunter2", isSecret = true },
            { key = "B", value = "plain", isSecret = false },
         },
      }
      local client = testing.client({ deployments = { given } })
      given.name = "after"
      local found = client:get_deployment "a"
      assert.same({ "before", nil, "plain" }, {
         found.name,
         found.environmentVariables[1].value,
         found.environmentVariables[2].value,
      })
      found.name = "changed"
      assert.equal("before", client:get_deployment("a").name)
   end)

   local many = {}
   for i = 1, 45 do
      many[i] = {
         id = ("d%02d"):format(i),
         name = ("name %02d"):format(i % 7),
         workspaceId = i % 2 == 0 and "even" or "odd",
         createdAt = ("2026-01-%02dT00:00:00.5Z"):format(46 - i <= 28 and 46 - i or 28),
      }
   end

   it("gives pages, as the query has them", function()
      local client = testing.client({ deployments = many })
      local page = client:list_deployments()
      assert.same({ 20, 20, 0, 45 }, { #page.deployments, page.limit, page.offset, page.totalCount })
      page = client:list_deployments({ offset = 40, limit = 10 })
      assert.same({ "d41 d42 d43 d44 d45", 10, 40 }, { ids_of(page.deployments), page.limit, page.offset })
      assert.same({}, client:list_deployments({ offset = 50 }).deployments)
      page = client:list_deployments({ workspaceIds = { "even" }, names = { "name 01", "name 02" } })
      assert.equal("d02 d08 d16 d22 d30 d36 d44", ids_of(page.deployments))
      page = client:list_deployments({ deploymentIds = { "d03", "nobody", "d01" } })
      assert.equal("d01 d03", ids_of(page.deployments))
      page = client:list_deployments({ sorts = { "name:desc", "createdAt:asc" }, limit = 3 })
      assert.equal("d41 d34 d27", ids_of(page.deployments))
      local all = {}
      for deployment in client:each_deployment({ limit = 7 }) do
         all[#all + 1] = deployment
      end
      assert.equal(45, #all)
      local found, failed = client:get_deployments({ "d01", "d44", "nobody" })
      assert.same({ "d44", "not_found" }, { found.d44.id, failed.nobody.kind })
   end)

   it("keeps organizations apart", function()
      local client = testing.client({
         organization = "one",
         deployments = {
            { id = "a", organizationId = "one" },
            { id = "b", organizationId = "two" },
            { id = "c" },
         },
      })
      assert.equal("a c", ids_of(client:list_deployments().deployments))
      local _, _, err = client:get_deployment "b"
      assert.equal("not_found", err.kind)
   end)

   it("changes statuses from look to look", function()
      local client = testing.client({
         deployments = { { id = "a", name = "A" }, { id = "b", status = "UNHEALTHY" } },
         steps = { a = { "CREATING", { status = "DEPLOYING", statusReason = "an image" }, "HEALTHY" } },
      })
      assert.equal("CREATING", client:get_deployment("a").status)
      local second = client:list_deployments().deployments
      assert.same(
         { "DEPLOYING", "an image", "UNHEALTHY" },
         { second[1].status, second[1].statusReason, second[2].status }
      )
      for _ = 1, 2 do
         assert.same({ id = "a", name = "A", status = "HEALTHY" }, client:get_deployment "a")
      end
   end)

   it("waits without waiting: by the seconds that it would have been", function()
      local polls = {}
      local client = testing.client({
         deployments = { { id = "a" } },
         steps = { a = { "CREATING", "CREATING", "DEPLOYING", "HEALTHY" } },
         rate = false,
      })
      local seconds, deployment = timed(function()
         return client:wait_for("a", {
            interval = 3000,
            timeout = 20000,
            on_poll = function(one, _, elapsed)
               polls[#polls + 1] = ("%s %.0f"):format(one.status, elapsed)
            end,
         })
      end)
      assert.equal("HEALTHY", deployment.status)
      assert.same({ "CREATING 0", "CREATING 3000", "DEPLOYING 6000", "HEALTHY 9000" }, polls)
      assert.is_true(math.abs(seconds - 9000) < 0.001)
      local passed, _, message, err = timed(function()
         return client:wait_for("a", { status = "HIBERNATING", timeout = 36000, interval = 3600 })
      end)
      assert.equal("timeout", err.kind)
      assert.matches("after 36000 s: status HEALTHY$", message)
      assert.is_true(math.abs(passed - 36000) < 0.001)
   end)

   it("tries again after what it was told to meet, as Retry-After and the delays have it", function()
      local client = testing.client({
         deployments = { { id = "a" } },
         failures = { { status = 429, retry_after = 7 }, 503 },
         retries = 5,
      })
      local seconds, deployment = timed(function()
         return client:get_deployment "a"
      end)
      assert.equal("a", deployment.id)
      assert.is_true(seconds >= 7 and seconds < 9, seconds)
      client = testing.client({ failures = { { status = 429, retry_after = 7 } }, retries = 0 })
      local _, _, err = client:get_deployment "a"
      assert.same({ "rate_limited", 7 }, { err.kind, err.retry_after })
   end)

   it("keeps the rate in its own time", function()
      local client = testing.client({ deployments = { { id = "a" } }, rate = 0.1, token = world.token() })
      local seconds = timed(function()
         for _ = 1, 10 do
            assert(client:get_deployment("a", { timeout = 100 }))
         end
      end)
      assert.is_true(math.abs(seconds - 60) < 0.001, seconds) -- four at once, six in their turns
   end)

   it("comes to the same seconds in every run of a program", function()
      local program = [[
         local testing = require "astro.testing"
         local client = testing.client {
            deployments = { { id = "a" } },
            failures = { 503, false, { status = 429, retry_after = 3 }, 500, 502, false, "timeout", 503 },
            steps = { a = { "CREATING", "HEALTHY" } },
         }
         client:wait_for("a", { interval = 7 })
         for _ = 1, 20 do
            client:get_deployment "a"
         end
         print(("%.17g"):format(testing.time.clock()))
      ]]
      local first = world.run(program)
      assert.matches("^%d+%.%d+\n$", first)
      assert.equal(first, (world.run(program)))
   end)

   for name, case in pairs({
      ["a status"] = { 403, "forbidden", "403 Forbidden: Insufficient permissions %(request testing%-1%)$" },
      ["a status with words"] = { { status = 409, message = "no" }, "conflict", "409 Conflict: no %(" },
      ["a body of its own"] = {
         { status = 502, body = "<html>gateway" },
         "server",
         "502 Bad Gateway: gateway$",
      },
      ["a body that is a table"] = {
         { status = 400, body = { message = "so" } },
         "invalid",
         "400 Bad Request: so$",
      },
      ["a 200 that is none"] = { { status = 200, body = "<html>" }, "decode", "200 OK: decode" },
      ["a kind"] = { "connect", "connect", "connect: as planned$" },
      ["a kind with words"] = { { kind = "tls", message = "expired" }, "tls", "tls: expired$" },
   }) do
      it("fails with " .. name, function()
         local client =
            testing.client({ deployments = { { id = "a" } }, failures = { case[1] }, retries = 0 })
         local _, message, err = client:get_deployment "a"
         assert.equal(case[2], err.kind)
         assert.matches("^GET deployment a: " .. case[3], message)
         assert.equal("a", client:get_deployment("a").id)
      end)
   end

   it("lets the time of a request pass where that is to run out", function()
      local client = testing.client({
         failures = { "timeout" },
         retries = 0,
         attempt_timeout = 60,
         timeout = 60,
         rate = false,
      })
      local seconds, _, _, err = timed(function()
         return client:get_deployment "a"
      end)
      assert.equal("timeout", err.kind)
      assert.is_true(math.abs(seconds - 60) < 0.001)
   end)

   it("fails in order, where it was meant, and as often as it was meant", function()
      local client = testing.client({
         deployments = { { id = "a" }, { id = "b" } },
         failures = {
            false,
            { status = 403, id = "b", times = 2 },
            { status = 409, method = "DELETE" },
            500,
         },
         retries = 0,
      })
      local function kind(id)
         local _, _, err = client:get_deployment(id)
         return err and err.kind
      end
      assert.is_nil(kind "b") -- false
      assert.equal("server", kind "a")
      assert.equal("forbidden", kind "b")
      assert.equal("forbidden", kind "b")
      assert.is_nil(kind "b")
      local path = "/organizations/{organizationId}/deployments/a/hibernation-override"
      local _, _, err = client:request("DELETE", path)
      assert.equal("conflict", err.kind)
      assert.equal(true, (client:request("DELETE", path)))
   end)

   it("asks for another token after a 401", function()
      local asked = {}
      local client = testing.client({
         deployments = { { id = "a" } },
         failures = { 401 },
         token = function(err)
            asked[#asked + 1] = err and err.message or "first"
            return err and "the-second-token" or "the-first-token"
         end,
      })
      assert.equal("a", client:get_deployment("a").id)
      assert.equal(2, #asked)
      assert.matches("401 Unauthorized: token expired", asked[2])
   end)

   it("takes a hibernation override and its end", function()
      local client = testing.client({ deployments = { { id = "a", status = "UNHEALTHY" } } })
      local override = client:set_hibernation_override("a", {
         isHibernating = true,
         overrideUntil = "2027-01-01T00:00:00Z",
      })
      assert.same({ isActive = true, isHibernating = true, overrideUntil = "2027-01-01T00:00:00Z" }, override)
      local deployment = client:get_deployment "a"
      assert.equal("HIBERNATING", deployment.status)
      assert.same(override, deployment.scalingSpec.hibernationSpec.override)
      assert.is_true(deployment.scalingStatus.hibernationStatus.isHibernating)
      client:set_hibernation_override("a", { isHibernating = false })
      assert.equal("HEALTHY", client:wait_for("a").status)
      assert.is_true(client:delete_deployment_hibernation_override "a")
      assert.same({ id = "a", status = "UNHEALTHY" }, client:get_deployment "a")
   end)

   it("lets hibernate, wake and resume_schedule do what they do", function()
      local held = { isActive = true, isHibernating = true }
      local client = testing.client({
         deployments = {
            { id = "a", isDevelopmentMode = true },
            {
               id = "b",
               isDevelopmentMode = true,
               status = "HIBERNATING",
               scalingSpec = { hibernationSpec = { override = held } },
            },
         },
      })
      assert.equal("HIBERNATING", assert(client:hibernate("a", { until_ = "2h", wait = true })).status)
      assert.equal("HEALTHY", assert(client:wake("b", { wait = true })).status)
      testing.time.sleep(7100)
      assert.equal("HIBERNATING", client:get_deployment("a").status)
      testing.time.sleep(110) -- two hours are over
      assert.equal("HEALTHY", client:get_deployment("a").status)
      assert(client:resume_schedule "b")
      local after = client:get_deployment "b"
      assert.same({ "HEALTHY", {} }, { after.status, after.scalingSpec.hibernationSpec })
   end)

   it("says of what else it has no answer, at the caller's line", function()
      local client = testing.client()
      assert.matches(
         "testing_spec.lua:%d+: the testing service has no answer to 'GET /clusters'; a transport before it may$",
         raised(function()
            client:list_clusters()
         end)
      )
      assert.matches("'GET [%a%d/]*/users/self'", raised(client.get_self_user, client))
   end)

   it("may have a transport of one's own in place of the service, or before it", function()
      local service = testing.service({ deployments = { { id = "a" } } })
      local client = testing.client({
         transport = function(request)
            if request.url:find "/clusters" then
               return 200, {}, '{"clusters":[],"totalCount":0}'
            end
            return service(request)
         end,
      })
      assert.equal("a", client:get_deployment("a").id)
      assert.same({}, client:list_clusters().clusters)
   end)

   it("asks neither the environment nor the network", function()
      local wrong = { ASTRO_API_URL = "https://127.0.0.1:1", ASTRO_ORGANIZATION_ID = "env" }
      wrong.ASTRO_API_TOKEN, wrong.ASTRO_API_VERSION = false, "v7"
      world.with_environment(wrong, function()
         local urls = {}
         local client = testing.client({
            transport = function(request)
               urls[#urls + 1] = request.url
               return 200, {}, "{}"
            end,
         })
         assert(client:get_deployment "a")
         assert.matches("^https://testing.invalid/platform/v1beta1/organizations/cmorg0testing/", urls[1])
      end)
   end)

   for wanted, given in pairs({
      ["bad option 'deployments' to 'testing.client' %(a list expected"] = { deployments = { a = {} } },
      ["bad option 'deployments' to 'testing.client' %(an id for each expected"] = { deployments = { {} } },
      ["bad option 'deployments' to 'testing.client' %(two have the id 'a'"] = {
         deployments = { { id = "a" }, { id = "a" } },
      },
      ["bad option 'deployments' to 'testing.client' %(a value that is a function"] = {
         deployments = { { id = "a", name = print } },
      },
      ["bad argument 'deployments' to 'testing.client' %(a table expected, got string"] = {
         deployments = { "a" },
      },
      ["bad option 'steps' to 'testing.client' %(there is no Deployment 'b'"] = {
         steps = { b = { "HEALTHY" } },
      },
      ["bad option 'steps' to 'testing.client' %(lists of statuses"] = {
         deployments = { { id = "a" } },
         steps = { a = "HEALTHY" },
      },
      ["bad option 'steps' to 'testing.client' %(statuses, or tables"] = {
         deployments = { { id = "a" } },
         steps = { a = { 1 } },
      },
      ["bad option 'failures' to 'testing.client' %(a list expected"] = { failures = { a = 1 } },
      ["bad option 'failures' to 'testing.client' %(a list of statuses"] = { failures = { true } },
      ["bad option 'failures' to 'testing.client' %(a status or a kind"] = {
         failures = { { status = 500, kind = "tls" } },
      },
      ["bad option 'failures' to 'testing.client' %('connect'"] = { failures = { "not_found" } },
      ["bad key of a failure 'status' to 'testing.client' %(a whole number from 100"] = { failures = { 42 } },
      ["bad key of a failure to 'testing.client' %(unknown name; did you mean 'retry_after'"] = {
         failures = { { status = 429, retry_aftr = 1 } },
      },
      ["bad option to 'testing.client' %(unknown name; did you mean 'deployments'"] = { deploments = {} },
      ["bad option 'retries' to 'client' %(a whole number"] = { retries = -1 },
      ["bad argument 'options' to 'testing.client'"] = "x",
   }) do
      it("refuses what is not as it says: " .. wanted, function()
         assert.matches(
            "testing_spec.lua:%d+: " .. wanted,
            raised(function()
               testing.client(given)
            end)
         )
      end)
   end

   it("refuses a sleep that is none", function()
      for _, seconds in ipairs({ -1, 0 / 0, 1 / 0, "1" }) do
         assert.matches("bad argument 'seconds' to 'testing.time.sleep'", raised(testing.time.sleep, seconds))
      end
   end)
end)

-- Lua 5.1 has no loops: see spec/pollable_spec.lua.
if _VERSION ~= "Lua 5.1" or jit then
   it("a testing client with a loop waits in that", function()
      local loop = require "astro.loop.poll"
      local client = testing.client({
         loop = loop,
         deployments = { { id = "a" } },
         steps = { a = { "CREATING", "HEALTHY" } },
      })
      local turns = 0
      local seconds = timed(function()
         loop.run(function()
            assert.equal("HEALTHY", client:wait_for("a", { interval = 0.05 }).status)
            turns = math.huge
         end, function()
            while turns < 2 do
               loop.sleep(0.01)
               turns = turns + 1
            end
         end)
      end)
      assert.same({ 0, math.huge }, { seconds, turns })
   end)
end

it("astro.testing is loaded when it is touched", function()
   assert.equal(testing, astro.testing)
end)
