local ascii = require "astro.api.ascii"

describe("ascii", function()
   it("turns the letters of ASCII, and no other byte", function()
      assert.equal("fri größe ÄÖ i 1_z", ascii.lower "FRI größe ÄÖ I 1_Z")
      assert.equal("FRI GRößE äö I 1_Z", ascii.upper "fri größe äö i 1_z")
   end)
end)
