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
         ["한"] = 2,
         ["✅ 👨‍👩‍👧 🇩🇪"] = 8,
         ["•…→"] = 3,
         ["\239\191\189"] = 1,
      }) do
         assert.equal(columns, width.of(text), text)
      end
   end)

   it("cuts with an ellipsis, between characters, and never beyond", function()
      assert.equal("abc", width.cut("abc", 3))
      assert.equal("ab…", width.cut("abcd", 3))
      assert.equal("…", width.cut("abcd", 1))
      assert.equal("日…", width.cut("日本語", 4))
      assert.equal("日本…", width.cut("日本語", 5))
      assert.equal("e\204\129…", width.cut("e\204\129clair", 2))
      assert.equal("👩🏽‍🚀…", width.cut("👩🏽‍🚀👩🏽‍🚀", 3))
      assert.equal("…", width.cut("🇩🇪🇩🇪", 2))
   end)

   it("gives the blanks that are missing", function()
      assert.equal("  ", width.blanks("日本", 6))
      assert.equal("", width.blanks("日本", 3))
   end)

   it("breaks lines at blanks, and leaves a longer word whole", function()
      assert.same({}, width.wrap("", 5))
      assert.same({ "one  two", "three" }, width.wrap("one  two three", 8))
      assert.same({ "a", "longerword", "b" }, width.wrap("a longerword b", 4))
      assert.same({ "日本", "語" }, width.wrap("日本 語", 5))
   end)

   it("breaks lines between wide characters, but before no closing mark", function()
      assert.same({ "日本", "語の", "文" }, width.wrap("日本語の文", 5))
      assert.same({ "DAGの", "全部" }, width.wrap("DAGの全部", 6))
      assert.same({ "a 日", "本b c" }, width.wrap("a 日本b c", 5))
      assert.same({ "日", "本。", "語" }, width.wrap("日本。語", 4))
      assert.same({ "🇩🇪", "👩🏽‍🚀" }, width.wrap("🇩🇪👩🏽‍🚀", 3))
      local lines = width.wrap(("語"):rep(125), 100)
      assert.same({ 100, 100, 50 }, { width.of(lines[1]), width.of(lines[2]), width.of(lines[3]) })
      assert.equal(("語"):rep(125), table.concat(lines))
   end)
end)
