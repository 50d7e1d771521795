local check = require "astro.check"
local canonical = require "spec.support.canonical"
local documents = require "spec.support.documents"

-- "path problem" for each departure, in their order.
local function brief(departures)
   local lines = {}
   for i, departure in ipairs(departures) do
      lines[i] = departure.path .. " " .. departure.problem
   end
   return lines
end

local function sorted(lines)
   table.sort(lines)
   return lines
end

describe("check", function()
   it("finds nothing where all is as documented", function()
      for _, one in ipairs(documents.fixtures()) do
         if one.name ~= "unknown" then
            assert.same({}, check(one.deployment), one.name)
            assert.same({}, check(one.deployment, { api_version = one.version }), one.name)
         end
      end
   end)

   it("finds what is invented, in the documented order, unknown ones after it", function()
      for _, version in ipairs({ "v1", "v1beta1" }) do
         assert.same({
            "status enum",
            "type enum",
            "cloudProvider enum",
            "executor enum",
            "schedulerSize enum",
            "createdBy.subjectType enum",
            "createdBy.clearance unknown",
            "budget unknown",
            "launchWindow unknown",
            "negative unknown",
            "quota unknown",
            "small unknown",
         }, brief(check(documents.fixture("unknown", version), { api_version = version })))
      end
   end)

   it("finds in random documents what was put into them, and changes nothing", function()
      for seed = 1, 300 do
         local deployment, version, departures = documents.random(seed)
         local before = canonical(deployment)
         local wanted = sorted(brief(departures))
         assert.same(wanted, sorted(brief(check(deployment, { api_version = version }))), "seed " .. seed)
         assert.same(wanted, sorted(brief(check(deployment))), "seed " .. seed)
         assert.equal(before, canonical(deployment))
      end
   end)

   it("tells the versions' names apart where it is told the version", function()
      local v1, v1beta1 = documents.fixture("full", "v1"), documents.fixture("full", "v1beta1")
      assert.same({
         "workerQueues[1].podEphemeralStorage unknown",
         "workerQueues[2].podEphemeralStorage unknown",
         "effectiveDRWorkloadIdentity unknown",
         "effectiveWorkloadIdentity unknown",
      }, brief(check(v1, { api_version = "v1beta1" })))
      assert.same(
         { "drWorkloadIdentity unknown", "workloadIdentity unknown" },
         brief(check(v1beta1, { api_version = "v1" }))
      )
   end)

   it("says what a program should rename, in either direction", function()
      local function renamed(document, asked)
         local names = {}
         for _, departure in ipairs(check(documents.fixture("full", document), { api_version = asked })) do
            names[departure.path] = departure.renamed
         end
         return names
      end
      assert.same({
         drWorkloadIdentity = "effectiveDRWorkloadIdentity",
         workloadIdentity = "effectiveWorkloadIdentity",
      }, renamed("v1beta1", "v1"))
      assert.same({
         effectiveDRWorkloadIdentity = "drWorkloadIdentity",
         effectiveWorkloadIdentity = "workloadIdentity",
      }, renamed("v1", "v1beta1"))
      assert.same({}, renamed("v1beta1", nil))
   end)

   it("gives the value with the problem", function()
      local deployment = documents.fixture("full", "v1")
      deployment.workerQueues[1].podCpu = 4
      deployment.workerQueues[2].id = nil
      deployment.orbit = { 1 }
      assert.same({
         { path = "workerQueues[1].podCpu", problem = "type", value = 4 },
         { path = "workerQueues[2].id", problem = "missing" },
         { path = "orbit", problem = "unknown", value = { 1 } },
      }, check(deployment))
   end)

   local function problem_of(name, value)
      local deployment = documents.fixture("full", "v1")
      deployment[name] = value
      return table.concat(brief(check(deployment)), ", ")
   end

   it("knows types", function()
      for _, case in ipairs({
         { "name", 7 },
         { "isCicdEnforced", "true" },
         { "schedulerReplicas", 1.5 },
         { "schedulerReplicas", "1" },
         { "schedulerReplicas", 1 / 0 },
         { "workerQueues", "default" },
         { "workerQueues", { name = "default" } },
         { "externalIPs", false },
         { "remoteExecution", "on" },
         { "remoteExecution", { "on" } },
         { "status", 7 },
      }) do
         assert.equal(case[1] .. " type", problem_of(case[1], case[2]))
      end
      assert.equal("externalIPs[2] type", problem_of("externalIPs", { "192.0.2.1", 7 }))
      assert.equal("workerQueues[1] type", problem_of("workerQueues", { "default" }))
      assert.equal("", problem_of("schedulerReplicas", 2.0))
   end)

   it("takes an empty table for a list and for an object", function()
      assert.equal("", problem_of("workerQueues", {}))
      assert.equal("", problem_of("scalingSpec", {}))
      assert.equal("createdBy.id missing", problem_of("createdBy", {}))
   end)

   it("knows times", function()
      for _, text in ipairs({
         "0001-01-01T00:00:00Z",
         "2024-01-12T18:32:20.5898930Z",
         "2024-01-12T18:32:20.1234567890+05:30",
         "2016-12-31T23:59:60-00:00",
      }) do
         assert.equal("", problem_of("createdAt", text), text)
      end
      for _, value in ipairs({
         "",
         "yesterday",
         "2024-01-12",
         "2024-01-12T18:32:20",
         "2024-01-12 18:32:20Z",
         "2024-01-12T18:32:20.Z",
         "2024-01-12T18:32:20+0530",
         "2024-01-12T18:32:20ZZ",
         "2024-21-12T18:32:20Z",
         1705084340,
      }) do
         assert.equal("createdAt type", problem_of("createdAt", value), tostring(value))
      end
   end)

   it("says what is missing from nothing", function()
      local departures = check({})
      assert.is_true(#departures > 20)
      for _, departure in ipairs(departures) do
         assert.equal("missing", departure.problem)
      end
      assert.equal("id", departures[1].path)
   end)

   for message, arguments in pairs({
      ["bad argument 'deployment' to 'check' %(a table expected, got nil%)"] = {},
      ["bad option 'api_version' to 'check' %('v1' or 'v1beta1' expected, got string%)"] = {
         {},
         { api_version = "v2" },
      },
      ["bad option to 'check' %(unknown name; did you mean 'api_version'%?%)"] = { {}, { version = "v1" } },
   }) do
      it("raises " .. message, function()
         local _, raised = pcall(function()
            check(arguments[1], arguments[2])
         end)
         assert.matches("^[^\n]*check_spec.lua:%d+: " .. message .. "$", raised)
      end)
   end
end)
