local fields = require "astro.api.fields"
local shape = require "astro.api.shape"

local PLAIN = { string = true, integer = true, boolean = true, time = true }

describe("shape", function()
   it("has all 113 fields, each with a type that there is and a meaning", function()
      local count = 0
      for _, object in pairs(shape.objects) do
         for _, field in ipairs(object) do
            count = count + 1
            assert.is_truthy(PLAIN[field.type] or shape.objects[field.type], field.name)
            assert.matches("%a", field.text)
         end
      end
      assert.equal(113, count)
   end)

   it("has no field twice, and no word for presence but the two", function()
      for _, rows in pairs(fields) do
         local seen = {}
         for _, row in ipairs(rows) do
            assert.is_nil(seen[row[1]], row[1])
            seen[row[1]] = true
            assert.is_truthy(row[3] == "required" or row[3] == "optional", row[1])
         end
      end
   end)

   it("finds a field by the name that either version has for it", function()
      local by_name = shape.objects.Deployment.by_name
      assert.equal("effectiveWorkloadIdentity", by_name.workloadIdentity.name)
      assert.equal(by_name.drWorkloadIdentity, by_name.effectiveDRWorkloadIdentity)
      assert.is_false(shape.objects.WorkerQueue.by_name.podEphemeralStorage.v1beta1)
   end)

   it("tells lists and objects apart", function()
      local by_name = shape.objects.Deployment.by_name
      assert.same({ "WorkerQueue", true }, { by_name.workerQueues.type, by_name.workerQueues.is_list })
      assert.same({ "string", true }, { by_name.externalIPs.type, by_name.externalIPs.is_list })
      assert.same({ "time", false }, { by_name.createdAt.type, by_name.createdAt.is_list })
   end)

   it("knows what pictures do not show unasked", function()
      local private = {}
      for name, object in pairs(shape.objects) do
         for _, field in ipairs(object) do
            private[#private + 1] = (field.is_identity or field.secret_if) and name .. "." .. field.name
               or nil
         end
      end
      table.sort(private)
      assert.same({
         "BasicSubjectProfile.avatarUrl",
         "BasicSubjectProfile.username",
         "Deployment.contactEmails",
         "Deployment.effectiveDRWorkloadIdentity",
         "Deployment.effectiveWorkloadIdentity",
         "DeploymentEnvironmentVariable.value",
      }, private)
      assert.equal("isSecret", shape.objects.DeploymentEnvironmentVariable.by_name.value.secret_if)
   end)

   it("has the enums' values in the documented order", function()
      assert.same({ "HIBERNATE", "WAKE" }, shape.enums.nextEventType)
      assert.same({ "CELERY", "KUBERNETES", "ASTRO" }, shape.enums.executor)
   end)
end)
