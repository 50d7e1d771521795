local label = require "astro.pretty.label"
local shape = require "astro.api.shape"

describe("label", function()
   it("makes words of a field's name", function()
      for name, wanted in pairs({
         status = "status",
         schedulerReplicas = "scheduler replicas",
         isHighAvailability = "high availability",
         isCicdEnforced = "CI/CD enforced",
         externalIPs = "external IPs",
         effectiveDRWorkloadIdentity = "effective DR workload identity",
         webServerAirflowApiUrl = "web server airflow API URL",
         somethingNew = "something new",
         ["x-ray"] = "x-ray",
      }) do
         assert.equal(wanted, label.text(name))
      end
   end)

   it("drops the words that go without saying, but never all", function()
      assert.equal("CPU", label.text("podCpu", { pod = true }))
      assert.equal("executor", label.text("executor", { executor = true }))
   end)

   it("gives every field of an object another label", function()
      for _, object in pairs(shape.objects) do
         local seen = {}
         for _, field in ipairs(object) do
            local text = label.text(field.name)
            assert.is_nil(seen[text], field.name)
            seen[text] = true
         end
      end
   end)
end)
