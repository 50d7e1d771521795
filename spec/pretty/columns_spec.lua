local columns = require "astro.pretty.columns"
local ink = require "astro.pretty.ink"
local width = require "astro.pretty.width"

local function cells_of(rows)
   local cells = {}
   for i, row in ipairs(rows) do
      cells[i] = {}
      for j, cell in ipairs(row) do
         cells[i][j] = { cell }
      end
   end
   return cells
end

local function text(rows, is_right)
   return ink.join(columns.lines(cells_of(rows), is_right or {}))
end

local function fitted(rows, manners, limit, is_right)
   local lines = columns.fitted(cells_of(rows), is_right or {}, manners, limit, "more")
   return lines and ink.join(lines)
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

   it("are what they are where there is room", function()
      for _, limit in ipairs({ 13, 14, 200 }) do
         assert.equal(
            "NAME       ID\n日本語  d日本",
            fitted({ { "NAME", "ID" }, { "日本語", "d日本" } }, { {}, {} }, limit, { [2] = true })
         )
      end
   end)

   local ROWS =
      { { "STATUS", "NAME", "QUEUES" }, { "HEALTHY", ("日本語"):rep(5), ("abcd "):rep(10) .. "z" } }
   local MANNERS = { { stays = true }, { stays = true, least = 12 }, { least = 8 } }

   it("are cut where there is none, by whole characters, what is last first", function()
      assert.equal(
         "STATUS   NAME                            QUEUES\n"
            .. "HEALTHY  日本語日本語日本語日本語日本語  abcd abcd abcd abc…",
         fitted(ROWS, MANNERS, 60)
      )
   end)

   it("are left out where that is not enough, which is said", function()
      local rows = { { "A", "B", "C", "D" }, { ("a"):rep(30), ("b"):rep(40), "c", ("d"):rep(30) } }
      local manners = { { stays = true }, {}, {}, { stays = true, least = 20 } }
      local lines =
         { ("A%sC  D"):format((" "):rep(31)), ("%s  c  %s…"):format(("a"):rep(30), ("d"):rep(24)) }
      assert.equal(table.concat(lines, "\n") .. "\nnot shown: B (try more)", fitted(rows, manners, 60))
      lines = { "A" .. (" "):rep(31) .. "D", ("%s  %s…"):format(("a"):rep(30), ("d"):rep(27)) }
      rows[2][3] = ("c"):rep(20)
      assert.equal(table.concat(lines, "\n") .. "\nnot shown: B, C (try more)", fitted(rows, manners, 60))
   end)

   it("never pass the limit", function()
      for limit = 60, 110 do
         for line in fitted(ROWS, MANNERS, limit):gmatch "[^\n]+" do
            assert.is_true(width.of(line) <= limit, line)
         end
      end
   end)

   it("are none where what stays has no room, nor below 60 columns unless all fits", function()
      local rows = { { "A", "B" }, { ("a"):rep(40), ("b"):rep(40) } }
      assert.is_nil(fitted(rows, { { stays = true }, { stays = true } }, 81))
      assert.is_nil(fitted(rows, { { least = 1 }, { least = 1 } }, 59))
      assert.is_nil(fitted({ { ("a"):rep(70) } }, { {} }, 60))
      assert.is_string(fitted(rows, { { least = 1 }, { least = 1 } }, 60))
   end)

   it("keep the cells' styles", function()
      local line = columns.lines({ { { "a", "title" }, { "b" } } }, {})[1]
      local styles = {}
      for _, segment in ipairs(line) do
         styles[segment[1]] = segment[2] or false
      end
      assert.equal("title", styles.a)
      assert.is_false(styles.b)
   end)
end)
