local columns = require "astro.pretty.columns"
local ink = require "astro.pretty.ink"
local width = require "astro.pretty.width"

local function text(rows, is_right, limit)
   local cells = {}
   for i, row in ipairs(rows) do
      cells[i] = {}
      for j, cell in ipairs(row) do
         cells[i][j] = { cell }
      end
   end
   return ink.join(columns.lines(cells, is_right, limit))
end

describe("columns", function()
   it("are aligned by what a terminal shows, with nothing at a line's end", function()
      assert.equal(
         "NAME    X\n日本語  ab\ne\204\129t      c\n        d\nempty",
         text({ { "NAME", "X" }, { "日本語", "ab" }, { "e\204\129t", "c" }, { "", "d" }, { "empty", "" } })
      )
   end)

   it("are right-aligned where asked to", function()
      assert.equal(
         "N  COUNT\na      7\nb     12",
         text({ { "N", "COUNT" }, { "a", "7" }, { "b", "12" } }, { [2] = true })
      )
   end)

   it("are cut, the widest first, to a limit", function()
      local rows = { { "aaaaaaaaaa", "bb", "cccccc" } }
      assert.equal("aaaaaaa…  bb  cccccc", text(rows, nil, 20))
      assert.equal("aaaa…  bb  cccc…", text(rows, nil, 16))
      assert.equal("aaaaaaaaaa  bb  cccccc", text(rows, nil, 22))
   end)

   it("never pass the limit, however small", function()
      local rows = { { "日本語", "bbb", "ccc" }, { "a", "b", "c" } }
      for limit = 1, 20 do
         for line in text(rows, { [2] = true }, limit):gmatch "[^\n]+" do
            assert.is_true(width.of(line) <= limit, line)
         end
      end
   end)

   it("keep the cells' styles", function()
      local line = columns.lines({ { { "a", "title" }, { "b" } } })[1]
      local styles = {}
      for _, segment in ipairs(line) do
         styles[segment[1]] = segment[2] or false
      end
      assert.equal("title", styles.a)
      assert.is_false(styles.b)
   end)
end)
