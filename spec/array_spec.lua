local astro = require "astro"

describe("astro.array", function()
   it("gives the same list, marked", function()
      local list = { 1, 2 }
      assert.equal(list, astro.array(list))
      assert.equal(require("astro.core").array, getmetatable(list))
   end)

   it("raises for what is no list", function()
      for _, wrong in ipairs({ "x", { a = 1 }, { 1, nil, 3 } }) do
         local ok, message = pcall(function()
            astro.array(wrong)
         end)
         assert.is_false(ok)
         assert.matches(
            "^[^\n]*array_spec.lua:%d+: bad argument 'list' to 'array' %(a list expected, got ",
            message
         )
      end
   end)
end)
