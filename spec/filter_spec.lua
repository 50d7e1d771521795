local filter = require "astro.filter"
local enums = require "astro.enums"
local canonical = require "spec.support.canonical"
local documents = require "spec.support.documents"
local world = require "spec.support.world"

local HOLES = "a table that is none, or has holes"

local list = {
   {
      id = "a",
      status = "HEALTHY",
      executor = "CELERY",
      isHighAvailability = true,
      schedulerReplicas = 2,
      workerQueues = { { name = "default", astroMachine = "A5" }, { name = "heavy", astroMachine = "A40" } },
   },
   { id = "b", status = "UNHEALTHY", executor = "KUBERNETES", isHighAvailability = false, workerQueues = {} },
   { id = "c", status = "HEALTHY", executor = "ASTRO", isHighAvailability = false, schedulerReplicas = 1 },
   { id = "d", status = "SUSPENDED", workerQueues = { { name = "default", astroMachine = "A5" } } },
}

local function ids(found)
   local parts = {}
   for i, deployment in ipairs(found) do
      parts[i] = deployment.id
   end
   return table.concat(parts, " ")
end

local function raised(f, ...)
   local ok, message = pcall(f, ...)
   assert.is_false(ok)
   return message:match "^[^\n]*filter_spec.lua:%d+: (.*)$" or message
end

-- An iterator over the list, as each_deployment is one.
local function iterator()
   local i = 0
   return function()
      i = i + 1
      return list[i]
   end
end

-- Calls f with each fixture and random document.
local function with_documents(f)
   for _, fixture in ipairs(documents.fixtures()) do
      f(fixture.deployment, fixture.version .. " " .. fixture.name)
   end
   for seed = 1, 100 do
      f(documents.random(seed), "seed " .. seed)
   end
end

-- Calls f with each path into a value and what is there.
local function with_paths(value, path, f)
   if path ~= "" then
      f(path, value)
   end
   if type(value) == "table" then
      for key, item in pairs(value) do
         local step = type(key) == "number" and ("[%d]"):format(key) or (path == "" and "" or ".") .. key
         with_paths(item, path .. step, f)
      end
   end
end

describe("filter.get", function()
   it("finds the value of every path", function()
      with_documents(function(deployment, name)
         with_paths(deployment, "", function(path, value)
            assert.equal(value, filter.get(deployment, path), name .. ": " .. path)
         end)
      end)
   end)

   it("gives the default where anything on the way is absent, and only there", function()
      assert.equal("none", filter.get({}, "scalingStatus.hibernationStatus.reason", "none"))
      assert.equal("none", filter.get(nil, "status", "none"))
      assert.equal("none", filter.get({}, "workerQueues[*].name", "none"))
      assert.is_nil(filter.get({}, "status"))
      assert.is_false(filter.get({ isHighAvailability = false }, "isHighAvailability", true))
      assert.equal("", filter.get({ description = "" }, "description", "none"))
   end)

   it("raises on a malformed path, where its caller stands", function()
      assert.equal(
         "bad path 'workerQueues[' to 'get' (a number, '*' or 'key=value' expected at 14)",
         raised(function()
            filter.get(nil, "workerQueues[")
         end)
      )
      assert.equal("bad argument 'path' to 'get' (a string expected, got nil)", raised(filter.get, {}))
   end)
end)

describe("filter.where", function()
   for name, case in pairs({
      ["a value"] = { { status = "HEALTHY" }, "a c" },
      ["any of a list"] = { { executor = { "CELERY", "ASTRO" } }, "a c" },
      ["any of an enum"] = { { executor = enums.executor }, "a b c" },
      ["any of nothing"] = { { executor = {} }, "" },
      ["false"] = { { isHighAvailability = false }, "b c" },
      ["any item"] = { { ["workerQueues[*].astroMachine"] = "A5" }, "a d" },
      ["any item of a list"] = { { ["workerQueues[*].astroMachine"] = { "A40", "A60" } }, "a" },
      ["absent"] = { { schedulerReplicas = filter.absent }, "b d" },
      ["absent or a value"] = { { schedulerReplicas = { filter.absent, 1 } }, "b c d" },
      ["absent in every item"] = { { ["workerQueues[*].name"] = filter.absent }, "b c" },
      ["every criterion"] = { { status = "HEALTHY", isHighAvailability = false }, "c" },
      ["no criterion"] = { {}, "a b c d" },
      ["a new value of an enum"] = { { status = "SUSPENDED" }, "d" },
      ["a field that nobody knows"] = { { orbit = "low" }, "" },
      ["a value of another type"] = { { schedulerReplicas = "2" }, "" },
      ["a function of the value"] = {
         {
            schedulerReplicas = function(n)
               return n and n > 1
            end,
         },
         "a",
      },
      ["a function of any item"] = {
         {
            ["workerQueues[*].name"] = function(queue)
               return queue == "heavy"
            end,
         },
         "a",
      },
      ["a function of the Deployment"] = {
         function(deployment)
            return deployment.id > "b"
         end,
         "c d",
      },
   }) do
      it("takes " .. name, function()
         local before = canonical(list)
         assert.equal(case[2], ids(filter.where(list, case[1])))
         assert.equal(case[2], ids(filter.where(iterator(), case[1])))
         assert.equal(before, canonical(list))
      end)
   end

   it("takes the iterator of a client", function()
      local client = world.client ""
      local found = filter.where(client:each_deployment(), { isHighAvailability = true })
      assert.equal(world.full, ids(found))
      client:close()
   end)

   it("finds every document by each of its plain values", function()
      with_documents(function(deployment, name)
         with_paths(deployment, "", function(path, value)
            if type(value) ~= "table" then
               assert.equal(
                  deployment,
                  filter.where({ {}, deployment }, { [path] = value })[1],
                  name .. ": " .. path
               )
            end
         end)
      end)
   end)

   it("suggests the known value that one is close to", function()
      local text = "bad criteria '%s' to 'where' (unknown value '%s'; did you mean '%s'?)"
      for _, case in ipairs({
         { "status", "HEALTY", "HEALTHY" },
         { "executor", { "CELERY", "celery" }, "CELERY" },
         { "createdBy.subjectType", "USERS", "USER" },
      }) do
         local slip = type(case[2]) == "table" and case[2][2] or case[2]
         assert.equal(
            text:format(case[1], slip, case[3]),
            raised(function()
               filter.where({}, { [case[1]] = case[2] })
            end)
         )
      end
      assert.same({}, filter.where({}, { name = "HEALTY", cloudProvider = "OCI", schedulerReplicas = 3 }))
   end)

   for message, arguments in pairs({
      ["bad argument 'list' to 'where' (a list or an iterator expected, got nil)"] = { nil, {} },
      ["bad argument 'list' to 'where' (a list or an iterator expected, got " .. HOLES .. ")"] = {
         { deployments = list },
         {},
      },
      ["bad argument 'criteria' to 'where' (a table or a function expected, got nil)"] = { {} },
      ["bad argument 'path' to 'where' (a string expected, got number)"] = { {}, { "status" } },
      ["bad criteria 'status' to 'where' (a value, a list of values or a function expected, got " .. HOLES .. ")"] = {
         {},
         { status = { HEALTHY = true } },
      },
      ["bad path 'a..b' to 'where' (a name expected at 3)"] = { {}, { ["a..b"] = 1 } },
   }) do
      it("raises " .. message, function()
         assert.equal(
            message,
            raised(function()
               filter.where(arguments[1], arguments[2])
            end)
         )
      end)
   end
end)

describe("filter.pick", function()
   it("gives values by path, without the absent ones", function()
      assert.same({
         status = "HEALTHY",
         ["workerQueues[1].name"] = "default",
         ["workerQueues[*].name"] = { "default", "heavy" },
      }, filter.pick(list[1], { "status", "region", "workerQueues[1].name", "workerQueues[*].name" }))
      assert.same({}, filter.pick(nil, { "status" }))
      assert.same({ isHighAvailability = false }, filter.pick(list[2], { "isHighAvailability" }))
   end)

   it("raises on what are no paths", function()
      assert.equal(
         "bad argument 'paths' to 'pick' (a list of paths expected, got string)",
         raised(function()
            filter.pick({}, "status")
         end)
      )
      assert.matches("^bad path 'a.' to 'pick'", raised(filter.pick, {}, { "a." }))
      assert.equal(
         "bad argument 'paths' to 'pick' (a list of paths expected, got " .. HOLES .. ")",
         raised(filter.pick, {}, { "status", nil, "name" })
      )
   end)
end)

describe("filter.sort_by", function()
   it("sorts either way, absent ones last, equal ones as they were, into a new list", function()
      local before = canonical(list)
      assert.equal("c a b d", ids(filter.sort_by(list, "schedulerReplicas")))
      assert.equal("a c b d", ids(filter.sort_by(list, "schedulerReplicas", "desc")))
      assert.equal("a c d b", ids(filter.sort_by(list, "status")))
      assert.equal("b d a c", ids(filter.sort_by(iterator(), "status", "desc")))
      assert.equal("b c a d", ids(filter.sort_by(list, "isHighAvailability")))
      assert.equal(before, canonical(list))
      assert.are_not.equal(list, filter.sort_by(list, "status"))
   end)

   it("is stable over many", function()
      local many = {}
      for i = 1, 500 do
         many[i] = { n = i * 7 % 5, place = i }
      end
      for _, order in ipairs({ "asc", "desc" }) do
         local sorted = filter.sort_by(many, "n", order == "desc" and order or nil)
         for i = 2, #sorted do
            local a, b = sorted[i - 1], sorted[i]
            assert.is_true(a.n == b.n and a.place < b.place or (a.n < b.n) == (order == "asc"))
         end
      end
   end)

   it("puts values of several types in an order", function()
      local mixed = {}
      for i, value in ipairs({ "x", 10, true, "a", {}, 9, false, 1.5, print }) do
         mixed[i] = { id = tostring(i), v = value }
      end
      assert.equal("7 3 8 6 2 4 1 5 9", ids(filter.sort_by(mixed, "v")))
      assert.equal("5 9 1 4 2 6 8 3 7", ids(filter.sort_by(mixed, "v", "desc")))
   end)

   it("sorts by what the schema says that a field holds", function()
      local some = {
         { id = "a", runtimeVersion = "10.0.0", workerQueues = { { podMemory = "9Gi" } } },
         { id = "b", runtimeVersion = "9.1.0", workerQueues = { { podMemory = "500Mi" } } },
         { id = "c", runtimeVersion = "3.0-1", workerQueues = { { podMemory = "10Gi" } } },
      }
      assert.equal("c b a", ids(filter.sort_by(some, "runtimeVersion")))
      assert.equal("b a c", ids(filter.sort_by(some, "workerQueues[1].podMemory", "asc")))
      assert.equal("c a b", ids(filter.sort_by(some, "workerQueues[-1].podMemory", "desc")))
   end)

   it("sorts by a function, and by several keys, each in a direction of its own", function()
      local function count_of_queues(deployment)
         return deployment.workerQueues and #deployment.workerQueues
      end
      assert.equal("b d a c", ids(filter.sort_by(list, count_of_queues)))
      assert.equal("a d b c", ids(filter.sort_by(list, count_of_queues, "desc")))
      assert.equal("a c d b", ids(filter.sort_by(list, { "status", "id" })))
      assert.equal("c a d b", ids(filter.sort_by(list, { "status", "id:desc" })))
      assert.equal("b d a c", ids(filter.sort_by(list, { "status", "id:asc" }, "desc")))
      assert.equal("b d a c", ids(filter.sort_by(list, { "status:desc", count_of_queues, "id" }, "desc")))
   end)

   for message, arguments in pairs({
      ["bad argument 'direction' to 'sort_by' (\"asc\", \"desc\" or nothing expected)"] = { "status", "down" },
      ["bad key 'name:down' to 'sort_by' (':asc' or ':desc' expected behind the path)"] = { "name:down" },
      ["bad argument 'by' to 'sort_by' (a path, a function, or a list of them without holes, expected)"] = {
         { "name", nil, "id" },
      },
      ["bad argument 'path' to 'sort_by' (a string expected, got nil)"] = {},
      ["bad argument 'path' to 'sort_by' (a string expected, got table)"] = { { { "name", "desc" } } },
   }) do
      it("raises " .. message, function()
         assert.equal(message, raised(filter.sort_by, {}, arguments[1], arguments[2]))
      end)
   end

   it("raises on a list of no keys", function()
      assert.matches("'by' to 'sort_by'", raised(filter.sort_by, {}, {}))
   end)
end)

describe("filter.group_by and filter.count_by", function()
   it("put Deployments under their values, absent ones under filter.absent", function()
      local groups = filter.group_by(list, "isHighAvailability")
      assert.equal("a", ids(groups[true]))
      assert.equal("b c", ids(groups[false]))
      assert.equal("d", ids(groups[filter.absent]))
      assert.same({ HEALTHY = 2, UNHEALTHY = 1, SUSPENDED = 1 }, filter.count_by(iterator(), "status"))
      assert.same({}, filter.group_by({}, "status"))
      assert.equal("absent", tostring(filter.absent))
   end)

   it("put one under each of its values, once", function()
      local counts = filter.count_by(list, "workerQueues[*].astroMachine")
      assert.same({ A5 = 2, A40 = 1, [filter.absent] = 2 }, counts)
      local twice = { id = "x", workerQueues = { { podCpu = "1" }, { podCpu = "2" }, { podCpu = "1" } } }
      assert.same({ ["1"] = 2, ["2"] = 2 }, filter.count_by({ twice, twice }, "workerQueues[*].podCpu"))
   end)

   it("lose no document", function()
      local all, status = {}, {}
      with_documents(function(deployment)
         all[#all + 1] = deployment
         local value = deployment.status == nil and filter.absent or deployment.status
         status[value] = (status[value] or 0) + 1
      end)
      assert.same(status, filter.count_by(all, "status"))
   end)
end)

describe("a misspelt name", function()
   local function statsu(to)
      return ("bad path 'statsu' to '%s' (unknown name 'statsu'; did you mean 'status'?)"):format(to)
   end

   it("raises wherever a path is given", function()
      assert.equal(statsu "get", raised(filter.get, list[1], "statsu"))
      assert.equal(statsu "pick", raised(filter.pick, list[1], { "id", "statsu" }))
      assert.equal(statsu "where", raised(filter.where, list, { statsu = "HEALTHY" }))
      assert.equal(statsu "where", raised(filter.where, iterator(), { statsu = "HEALTHY" }))
      assert.equal(statsu "where", raised(filter.where, {}, { statsu = "HEALTHY" }))
      assert.equal(statsu "sort_by", raised(filter.sort_by, list, "statsu"))
      assert.equal(statsu "sort_by", raised(filter.sort_by, list, { "id", "statsu:desc" }))
      assert.equal(statsu "group_by", raised(filter.group_by, list, "statsu"))
      assert.equal(statsu "count_by", raised(filter.count_by, list, "statsu"))
   end)

   for path, meant in pairs({
      ["workerQueue[1].name"] = "workerQueues",
      ["workerQueues[1].podMemry"] = "podMemory",
      ["workerQueues[*].podmemory"] = "podMemory",
      ["workerQueues[nam=heavy].podCpu"] = "name",
      ["scalingStatus.hibernationStatus.reasons"] = "reason",
      workload_identity = "workloadIdentity",
      workspace = "workspaceId",
   }) do
      it(("is seen in '%s'"):format(path), function()
         assert.matches(("did you mean '%s'?)"):format(meant), raised(filter.get, list[1], path), 1, true)
      end)
   end

   it("is none where one of the items has it", function()
      local newer = { id = "n", statsu = false, workerQueues = { { nam = "other" } } }
      assert.is_false(filter.get(newer, "statsu"))
      assert.equal("n", ids(filter.where({ list[1], newer }, { statsu = false })))
      assert.equal("n a", ids(filter.sort_by({ list[1], newer }, "statsu")))
      assert.is_nil(filter.get(newer, "workerQueues[nam=heavy]"))
   end)

   it("is none where it is close to nothing, or a field of another object", function()
      for _, path in ipairs({ "orbit", "podCpu", "orbit.statsu", "workerQueues[1].status", "budget.nam" }) do
         assert.is_nil(filter.get(list[1], path), path)
      end
   end)
end)

describe("what is given as a list", function()
   it("has no holes, and tables only", function()
      for to, f in pairs({ where = filter.where, sort_by = filter.sort_by, group_by = filter.group_by }) do
         local by = to == "where" and {} or "id"
         assert.equal(
            ("bad argument 'list' to '%s' (a list or an iterator expected, got %s)"):format(to, HOLES),
            raised(f, { list[1], nil, list[2] }, by)
         )
         assert.equal(
            ("bad argument 'list' to '%s' (tables expected, got a string at 2)"):format(to),
            raised(f, { list[1], "b" }, by)
         )
      end
      assert.equal(
         "bad criteria 'status' to 'where' (a value, a list of values or a function expected, got "
            .. HOLES
            .. ")",
         raised(filter.where, list, { status = { "HEALTHY", nil, "SUSPENDED" } })
      )
   end)

   it("is walked through once, and not kept", function()
      local kept, made = setmetatable({}, { __mode = "k" }), 0
      local function next_one()
         made = made + 1
         local item = made <= 1000 and { status = made == 7 and "HEALTHY" or "UNKNOWN" } or nil
         if item then
            kept[item] = true
         end
         return item
      end
      local alive = 0
      local found = filter.where(next_one, function(deployment)
         if made == 1000 then
            collectgarbage()
            collectgarbage()
            for _ in pairs(kept) do
               alive = alive + 1
            end
         end
         return deployment.status == "HEALTHY"
      end)
      assert.equal(1, #found)
      assert.is_true(alive < 10, alive)
   end)
end)
