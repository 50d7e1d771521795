local ranges = require "astro.pretty.ranges"
local width = require "astro.pretty.width"

describe("width", function()
   it("counts the columns of a terminal", function()
      for text, columns in pairs({
         [""] = 0,
         ["abc"] = 3,
         ["naïve"] = 5,
         ["日本語"] = 6,
         ["ＡＢ"] = 4,
         ["e\204\129"] = 1, -- a combining accent
         ["🚀"] = 2,
         ["🛰"] = 1, -- a pictograph that is text by default
         ["a\226\128\141b"] = 2, -- a zero-width joiner
         ["❤\239\184\143"] = 1, -- a variation selector
         ["한"] = 2,
         ["•…→"] = 3,
         ["\239\191\189"] = 1,
      }) do
         assert.equal(columns, width.of(text), text)
      end
   end)

   it("has ranges that ascend and do not meet", function()
      for _, list in pairs(ranges) do
         for i = 2, #list do
            assert.is_true(list[i - 1] < list[i] or (i % 2 == 0 and list[i - 1] == list[i]), list[i])
         end
      end
   end)

   it("cuts with an ellipsis, between characters, and never beyond", function()
      assert.equal("abc", width.cut("abc", 3))
      assert.equal("ab…", width.cut("abcd", 3))
      assert.equal("…", width.cut("abcd", 1))
      assert.equal("日…", width.cut("日本語", 4))
      assert.equal("日本…", width.cut("日本語", 5))
      assert.equal("e\204\129…", width.cut("e\204\129clair", 2))
   end)

   it("gives the blanks that are missing", function()
      assert.equal("  ", width.blanks("日本", 6))
      assert.equal("", width.blanks("日本", 3))
   end)

   it("breaks lines at blanks, and leaves a longer word whole", function()
      assert.same({}, width.wrap("", 5))
      assert.same({ "one  two", "three" }, width.wrap("one  two three", 8))
      assert.same({ "a", "longerword", "b" }, width.wrap("a longerword b", 4))
      assert.same({ "日本", "語" }, width.wrap("日本 語", 6))
   end)
end)
