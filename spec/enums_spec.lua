local enums = require "astro.enums"
local shape = require "astro.api.shape"

local function raised(f, ...)
   local ok, message = pcall(f, ...)
   assert.is_false(ok)
   return message
end

describe("enums", function()
   it("has every value under its own name", function()
      assert.equal("HEALTHY", enums.status.HEALTHY)
      for name, values in pairs(shape.enums) do
         for _, value in ipairs(values) do
            assert.equal(value, enums[name][value])
         end
      end
   end)

   it("goes through the values in the documented order", function()
      for name, values in pairs(shape.enums) do
         local seen = {}
         for i, value in ipairs(enums[name]) do
            seen[i] = value
         end
         assert.same(values, seen)
         assert.equal(#values, #enums[name])
      end
   end)

   it("raises for a name that there is not, with the nearest", function()
      local message = raised(function()
         return enums.status.HEALTY
      end)
      local wanted = "bad name 'HEALTY' to 'enums.status' (unknown; did you mean 'HEALTHY'?)"
      assert.equal(wanted, message:match "^[^\n]*enums_spec.lua:%d+: (.*)$")
      message = raised(function()
         return enums.statu
      end)
      assert.matches("bad name 'statu' to 'enums' %(unknown; did you mean 'status'%?%)$", message)
   end)

   it("leaves the schema as it was", function()
      assert.is_nil(getmetatable(shape.enums.status))
      assert.is_nil(rawget(shape.enums.status, "HEALTHY"))
   end)
end)
