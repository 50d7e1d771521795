local astro = require "astro"
local bodies = require "astro.api.bodies"
local brief = require "astro.api.brief"
local core = require "astro.core"
local testing = require "astro.testing"
local world = require "spec.support.world"

local REQUEST = brief.read(bodies.CreateDeploymentRequest).by_name

local function fixture(name)
   return core.decode(world.read(("spec/fixtures/%s.json"):format(name)))
end

-- A new table of both's fields.
local function over(base, fields)
   local both = {}
   for _, part in ipairs({ base or {}, fields or {} }) do
      for name, value in pairs(part) do
         both[name] = value
      end
   end
   return both
end

local function by(list, name)
   local found = {}
   for _, item in ipairs(list or {}) do
      found[item[name]] = item
   end
   return found
end

-- What the service makes of queues and variables that it is asked for.
local function queues_of(body, like)
   local its, made = by(like.workerQueues, "name"), astro.array({})
   for i, queue in ipairs(body.workerQueues) do
      assert(queue.id == nil and queue.podCpu == nil and queue.podMemory == nil, "what no request has")
      local size = its[queue.name]
      local derived = { podCpu = size.podCpu, podMemory = size.podMemory, nodePoolId = size.nodePoolId }
      made[i] = over(derived, over(queue, { id = "cmnewqueue" .. i }))
   end
   return made
end

local function variables_of(body)
   local made = astro.array({})
   for i, variable in ipairs(body.environmentVariables) do
      assert(variable.updatedAt == nil, "what no request has")
      made[i] = over(variable, { updatedAt = "2026-11-27T10:00:00Z" })
      made[i].value = not variable.isSecret and variable.value or nil
   end
   return made
end

-- The service: what can be asked for is as it is asked for, and all else as it was.
local function create(body, like)
   local made = {}
   for name, value in pairs(like) do
      made[name] = not REQUEST[name] and value or nil
   end
   if body.clusterId == like.clusterId then
      made.cloudProvider, made.region = like.cloudProvider, like.region
   end
   made.workloadIdentity, made.drWorkloadIdentity = like.workloadIdentity, like.drWorkloadIdentity
   made.taskPodNodePoolId = like.type ~= "HYBRID" and like.taskPodNodePoolId or nil
   made = over(over(made, body), { id = "cmnew", createdAt = "2026-11-27T10:00:00Z", updatedAt = nil })
   made.scheduler = nil
   if like.type == "HYBRID" then
      made.schedulerAu, made.schedulerReplicas = body.scheduler.au, body.scheduler.replicas
   end
   made.workerQueues = body.workerQueues and queues_of(body, like)
   made.environmentVariables = body.environmentVariables and variables_of(body)
   local remote, override = body.remoteExecution, ((body.scalingSpec or {}).hibernationSpec or {}).override
   made.remoteExecution = remote and over({ remoteApiUrl = like.remoteExecution.remoteApiUrl }, remote)
   if override then
      assert(override.isActive == nil, "what no request has")
      override.isActive = true
   end
   return made
end

-- A client of a service that has one Deployment, and those that are created.
local function client_of(deployment)
   local its = { [deployment.id] = deployment }
   return testing.client({
      transport = function(request)
         local id = request.url:match "/deployments/(%w+)$"
         if request.method == "POST" then
            local made = create(core.decode(request.body), deployment)
            its[made.id], id = made, made.id
         end
         return 200, {}, astro.pretty.json(its[id])
      end,
   })
end

local function paths_of(missing)
   local paths = {}
   for i, item in ipairs(missing) do
      assert.equal("string", type(item.why))
      paths[i] = item.path
   end
   return table.concat(paths, " ")
end

local HYBRID = {
   id = "cmhybrid",
   name = "own nodes",
   type = "HYBRID",
   workspaceId = "cmws",
   clusterId = "cmclu",
   executor = "CELERY",
   cloudProvider = "AWS",
   region = "us-east-1",
   schedulerAu = 10,
   schedulerReplicas = 2,
   schedulerSize = "SMALL",
   taskPodNodePoolId = "cmpool",
   workerQueues = {
      {
         id = "cmq",
         name = "default",
         isDefault = true,
         nodePoolId = "cmpool",
         astroMachine = "A5",
         podCpu = "1",
         podEphemeralStorage = "1Gi",
      },
   },
}

describe("clone_request", function()
   for _, name in ipairs({
      "v1/cmdep0full0000000000000001",
      "v1/cmdep0required000000000002",
      "v1/cmdep0kubernetes0000000003",
      "v1/cmdep0hibernating00000005",
      "v1beta1/cmdep0full0000000000000001",
   }) do
      it("gives what creates such a Deployment again: " .. name, function()
         local client = client_of(fixture(name))
         local before = assert(client:get_deployment(name:match "[^/]+$"))
         local body = astro.clone_request(before)
         local after = assert(client:get_deployment(assert(client:create_deployment(body)).id))
         assert.equal("cmnew", after.id)
         for line in astro.pretty.diff(before, after):gmatch "[^\n]+" do
            assert.truthy(
               line:find "^id " or line:find "%.id " or line:find "^%S+At " or line:find "%.updatedAt ",
               line
            )
         end
      end)
   end

   it("asks for schedulers and node pools where the cluster is the customer's own", function()
      local body, missing = astro.clone_request(HYBRID)
      assert.same({
         name = "own nodes",
         type = "HYBRID",
         workspaceId = "cmws",
         clusterId = "cmclu",
         executor = "CELERY",
         scheduler = { au = 10, replicas = 2 },
         taskPodNodePoolId = "cmpool",
         workerQueues = { { name = "default", isDefault = true, nodePoolId = "cmpool" } },
      }, body)
      assert.equal("name", paths_of(missing))
   end)

   it("says where: the cluster, or else cloud and region of a standard one", function()
      local standard =
         { type = "STANDARD", name = "a", workspaceId = "w", cloudProvider = "AWS", region = "r" }
      local body, missing = astro.clone_request(standard)
      assert.same(standard, body)
      assert.equal("name", paths_of(missing))
      standard.clusterId = "c"
      body = astro.clone_request(standard)
      assert.same({ "c" }, { body.clusterId, body.cloudProvider, body.region })
      body, missing = astro.clone_request(standard, { region = "s", name = "b" })
      assert.same({ "AWS", "s" }, { body.cloudProvider, body.region, body.clusterId })
      assert.same({}, missing)
      body, missing =
         astro.clone_request({ type = "DEDICATED", workspaceId = "w", cloudProvider = "AWS", region = "r" })
      assert.same({ type = "DEDICATED", workspaceId = "w" }, body)
      assert.equal("name clusterId", paths_of(missing))
   end)

   it("lists what is not told, and invents none of it", function()
      local full = fixture "v1/cmdep0full0000000000000001"
      local body, missing = astro.clone_request(full)
      assert.equal(
         "name environmentVariables[2].value workloadIdentity drWorkloadIdentity",
         paths_of(missing)
      )
      assert.same({ key = "WAREHOUSE_PASSWORD", isSecret = true }, body.environmentVariables[2])
      assert.matches("WAREHOUSE_PASSWORD", missing[2].why)
      assert.is_nil(body.workloadIdentity)
      assert.is_nil(body.scheduler)
      body, missing = astro.clone_request({ id = "x" })
      assert.same({}, body)
      assert.equal("name workspaceId type clusterId", paths_of(missing))
      body, missing = astro.clone_request({ workloadIdentity = "a", drWorkloadIdentity = "b" }, {
         name = "n",
         workspaceId = "w",
         type = "STANDARD",
         clusterId = "c",
      })
      assert.is_nil(body.workloadIdentity)
      assert.equal("workloadIdentity drWorkloadIdentity", paths_of(missing))
   end)

   it("has changes in place of fields, which are not missing then", function()
      local full = fixture "v1/cmdep0full0000000000000001"
      local variables = { { key = "A", isSecret = true, value = "b" } }
      local body, missing = astro.clone_request(full, {
         name = "other",
         environmentVariables = variables,
         workloadIdentity = "mine",
         drWorkloadIdentity = "mine too",
         isDevelopmentMode = false,
      })
      assert.same({}, missing)
      assert.equal("other", body.name)
      assert.same(variables, body.environmentVariables)
      assert.equal("mine", body.workloadIdentity)
      assert.equal("CELERY", body.executor)
   end)

   it("has no override that does not count", function()
      local function override_of(override)
         local given = { scalingSpec = { hibernationSpec = { schedules = {}, override = override } } }
         local body = astro.clone_request(given)
         assert.equal("[]", astro.pretty.json(body.scalingSpec.hibernationSpec.schedules))
         return body.scalingSpec.hibernationSpec.override
      end
      assert.same({ isHibernating = true }, override_of({ isHibernating = true, isActive = true }))
      assert.same(
         { isHibernating = false, overrideUntil = "t" },
         override_of({ isHibernating = false, overrideUntil = "t" })
      )
      assert.is_nil(override_of({ isHibernating = true, isActive = false }))
      assert.is_nil(override_of({ isActive = true }))
      assert.is_nil(override_of(nil))
   end)

   it("takes the older name of a version, and leaves the Deployment as it is", function()
      assert.equal("12.6.0", astro.clone_request({ runtimeVersion = "12.6.0" }).astroRuntimeVersion)
      local full = fixture "v1/cmdep0full0000000000000001"
      local body = astro.clone_request(full)
      body.workerQueues[1].name, body.contactEmails[1], body.scalingSpec.hibernationSpec.override =
         "x", "y", nil
      assert.same(fixture "v1/cmdep0full0000000000000001", full)
   end)

   it("reads no old name, of which the log would be told", function()
      local told = {}
      local client = testing.client({
         deployments = { { id = "cmdep" } },
         log = function(_, text)
            told[#told + 1] = text
         end,
      })
      world.with_environment({ ASTRO_API_VERSION = "v1" }, function()
         local deployment = assert(client:get_deployment "cmdep")
         astro.clone_request(deployment)
         assert.is_nil(table.concat(told, "\n"):find "orkloadIdentity")
         assert.is_nil(deployment.workloadIdentity)
         assert.truthy(table.concat(told, "\n"):find "workloadIdentity") -- of ours
      end)
   end)

   it("raises for misuse", function()
      for expected, arguments in pairs({
         ["bad argument 'deployment' to 'clone_request' %(a table expected, got string%)"] = { "x" },
         ["bad argument 'changes' to 'clone_request' %(a table expected, got boolean%)"] = { {}, false },
         ["bad argument 'changes' to 'clone_request' %(no field 'nam' of .*; did you mean 'name'%?%)"] = {
            {},
            { nam = "x" },
         },
         ["no field 'isDefualt' of WorkerQueueRequest"] = { {}, { workerQueues = { { isDefualt = true } } } },
      }) do
         local ok, message = pcall(astro.clone_request, arguments[1], arguments[2])
         assert.is_false(ok)
         assert.matches("spec/clone_request_spec.lua:%d+: ", message)
         assert.matches(expected, message)
      end
   end)
end)
