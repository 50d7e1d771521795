local filter = require "astro.filter"
local enums = require "astro.enums"
local canonical = require "spec.support.canonical"
local documents = require "spec.support.documents"
local world = require "spec.support.world"

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
      ["bad argument 'list' to 'where' (a list or an iterator expected, got a table that is none)"] = {
         { deployments = list },
         {},
      },
      ["bad argument 'criteria' to 'where' (a table or a function expected, got nil)"] = { {} },
      ["bad argument 'path' to 'where' (a string expected, got number)"] = { {}, { "status" } },
      ["bad criteria 'status' to 'where' (a value, a list of values or a function expected, got a table)"] = {
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

   it("raises on another order", function()
      assert.equal(
         "bad argument 'order' to 'sort_by' (\"desc\" or nothing expected)",
         raised(filter.sort_by, {}, "status", "down")
      )
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
