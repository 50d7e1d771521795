local epoch = require "astro.api.epoch"

describe("epoch.seconds", function()
   it("tells seconds from milliseconds and less by their size", function()
      for _, unit in ipairs({ 1, 1e3, 1e6, 1e9 }) do
         assert.equal(1795780800, epoch.seconds(1795780800 * unit))
      end
      assert.equal(1795780800.25, epoch.seconds(1795780800250))
      assert.equal(-5, epoch.seconds(-5))
      assert.equal(0, epoch.seconds(0))
   end)

   it("gives nothing for what is no finite number", function()
      for _, value in ipairs({ "1795780800", 0 / 0, 1 / 0, -1 / 0, {} }) do
         assert.is_nil(epoch.seconds(value))
      end
      assert.is_nil(epoch.seconds(nil))
   end)
end)
