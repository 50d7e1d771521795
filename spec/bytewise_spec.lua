local bytewise = require "astro.api.bytewise"

describe("bytewise", function()
   it("tells which string stands before which, by bytes", function()
      local ascending = { "", "\0", "\0a", "B", "Ba", "a", "aa", "b", "z", "\127", "Ä", "\255" }
      for i, a in ipairs(ascending) do
         for j, b in ipairs(ascending) do
            assert.equal(i < j, bytewise(a, b), ("%q %q"):format(a, b))
         end
      end
   end)
end)
