local order = require "astro.filter.order"
local shape = require "astro.api.shape"

local function field(name)
   return shape.objects.Deployment.by_name[name] or shape.objects.WorkerQueue.by_name[name]
end

-- Each of the values stands before all that follow it, as values of the field.
local function ascend(values, of)
   for i, a in ipairs(values) do
      for j, b in ipairs(values) do
         local is_before = order.is_before(order.key(a, of), order.key(b, of))
         assert.equal(i < j, is_before, ("%s, %s"):format(tostring(a), tostring(b)))
      end
   end
end

describe("order", function()
   it("has versions as what they are, whatever their form", function()
      ascend({ "2.9.3", "2.10.0rc1", "2.10.0", "2.10.3", "3.0.2", "3.0.10", "NA" }, field "airflowVersion")
      ascend(
         { "3.0-1", "3.0-2", "3.0-10", "3.1-1", "9.1.0", "10.0.0", "12.9", "12.10" },
         field "runtimeVersion"
      )
      ascend({ "A5", "A10", "A20", "A120", "A160" }, field "astroMachine")
   end)

   it("has quantities as what they are, whatever their unit", function()
      ascend({ "500Mi", "1G", "1Gi", "1.5Gi", "9Gi", "10Gi", "1Ti" }, field "podMemory")
      ascend({ "100m", "0.25", "500m", "1", "1.5", "10", "1k" }, field "schedulerCpu")
      ascend({ "2", "x", "y" }, field "schedulerCpu")
   end)

   it("has times by when they are, and sizes as documented", function()
      ascend({
         "2026-03-01T09:30:00Z",
         "2026-03-01T09:30:00.5Z",
         "2026-03-01T09:30:00.58989Z",
         "2026-03-01T09:31:00+00:00",
         "2026-03-01T09:30:00-08:00",
      }, field "createdAt")
      ascend({ "SMALL", "MEDIUM", "LARGE", "EXTRA_LARGE", "XXL" }, field "schedulerSize")
   end)

   it("has all else by its kind, strings by their bytes", function()
      ascend({ false, true, -1, 1.5, 2, 10, "10", "9", "Z", "a", "ab", "é" })
      ascend({ 1, "9.1.0", "x" }, field "runtimeVersion")
   end)

   it("has none between what has no order", function()
      for _, pair in ipairs({ { {}, {} }, { {}, print }, { 0 / 0, 0 / 0 }, { "a", "a" }, { true, true } }) do
         local a, b = order.key(pair[1]), order.key(pair[2])
         assert.is_false(order.is_before(a, b) or order.is_before(b, a))
      end
      assert.is_true(order.is_before(order.key(1), order.key(0 / 0)))
   end)
end)
