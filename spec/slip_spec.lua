local shape = require "astro.api.shape"
local slip = { find = require("astro.api.misuse").meant }

describe("slip", function()
   for word, meant in pairs({
      HEALTY = "HEALTHY",
      healthy = "HEALTHY",
      HEALTHYYY = "HEALTHY",
      HIBERNATE = false,
      UNHEALTY = "UNHEALTHY",
      SUSPENDED = false,
      HEALTHY = false,
      [""] = false,
   }) do
      it(("takes '%s' for %s"):format(word, meant or "what it says"), function()
         assert.equal(meant, slip.find(word, shape.enums.status) or false)
      end)
   end

   it("takes a short word for another only where most of it is the same", function()
      assert.equal("AWS", slip.find("aws", shape.enums.cloudProvider))
      assert.equal("AWS", slip.find("AWZ", shape.enums.cloudProvider))
      for _, word in ipairs({ "OCI", "IBM", "GKE", "A", "" }) do
         assert.is_nil(slip.find(word, shape.enums.cloudProvider), word)
      end
   end)
end)
