--- Rows of cells as lines of aligned columns.

local fit = require "astro.pretty.fit"
local made = require "astro.pretty.made"
local width = require "astro.pretty.width"

local columns = {}

-- Below this, what a table does not have room for is no table.
local NARROWEST = 60

---@alias astro.Cell { [1]: string, [2]?: string } a safe text and its style

-- The widths of all cells, row after row, and the most in each column.
local function measure(rows)
   local own, widths, count = {}, {}, 0
   for _, row in ipairs(rows) do
      for i = 1, #row do
         local columns_of_it = width.of(row[i][1])
         count = count + 1
         own[count] = columns_of_it
         if columns_of_it > (widths[i] or -1) then
            widths[i] = columns_of_it
         end
      end
   end
   return own, widths
end

local function total(widths)
   local sum = -fit.GAP
   for _, own in ipairs(widths) do
      sum = sum + own + fit.GAP
   end
   return sum
end

-- A segment of so many blanks.
local function blank_segment(count)
   return { (" "):rep(count) }
end

local function is_blank(segment)
   return not segment[1]:find "[^ ]"
end

-- Cells with the blanks between them. `own` has the width of each from a place on.
local function line_of(row, own, at, widths, is_right, blanks)
   local line, count, gap = {}, 0, 0
   for i = 1, #row do
      local cell, free = row[i], widths[i] - own[at + i]
      if free < 0 then
         cell = { width.cut(cell[1], widths[i]), cell[2] }
         free = widths[i] - width.of(cell[1])
      end
      if is_right[i] then
         gap, free = gap + free, 0
      end
      if gap > 0 then
         count = count + 1
         line[count] = blanks[gap]
      end
      count = count + 1
      line[count], gap = cell, free + fit.GAP
   end
   while #line > 0 and is_blank(line[#line]) do
      line[#line] = nil
   end
   return line
end

local function lines_of(rows, own, widths, is_right)
   local lines, at, blanks = {}, 0, made(blank_segment)
   for i, row in ipairs(rows) do
      lines[i] = line_of(row, own, at, widths, is_right, blanks)
      at = at + #row
   end
   return lines
end

-- Of each row's cells, and of their own widths, those in the columns that are shown.
local function only(rows, own, given)
   local shown, shown_own, at = {}, {}, 0
   for j, row in ipairs(rows) do
      shown[j] = {}
      for i, cell in ipairs(row) do
         if given[i] then
            shown[j][#shown[j] + 1], shown_own[#shown_own + 1] = cell, own[at + i]
         end
      end
      at = at + #row
   end
   return shown, shown_own
end

-- A quiet word of what is missing.
local function add_note(lines, headings, given, limit, remedy)
   local missing = {}
   for i, heading in ipairs(headings) do
      missing[#missing + 1] = not given[i] and heading[1] or nil
   end
   if #missing > 0 then
      local text = ("not shown: %s (try %s)"):format(table.concat(missing, ", "), remedy)
      for _, part in ipairs(width.fold(text, limit)) do
         lines[#lines + 1] = { { part, "quiet" } }
      end
   end
end

---@param rows astro.Cell[][] the same number of cells in each, headings in the first
---@param is_right table<integer, boolean> which columns are right-aligned
---@return astro.Line[]
function columns.lines(rows, is_right)
   local own, widths = measure(rows)
   return lines_of(rows, own, widths, is_right)
end

---The same in lines of so many columns at the most, as far as that goes: cells are cut with "…", and what is left out
---is said below.
---@param rows astro.Cell[][]
---@param is_right table<integer, boolean>
---@param manners astro.Manner[]
---@param limit integer
---@param remedy? string what to try for more; not needed where all columns stay
---@return astro.Line[]? lines nil: a table has no room
function columns.fitted(rows, is_right, manners, limit, remedy)
   local own, widths = measure(rows)
   if total(widths) <= limit then
      return lines_of(rows, own, widths, is_right)
   end
   local given = limit >= NARROWEST and fit.widths(widths, manners, limit)
   if not given then
      return nil
   end
   local shown_widths, shown_right = {}, {}
   for i in ipairs(manners) do
      if given[i] then
         shown_widths[#shown_widths + 1] = given[i]
         shown_right[#shown_widths] = is_right[i]
      end
   end
   local shown, shown_own = only(rows, own, given)
   local lines = lines_of(shown, shown_own, shown_widths, shown_right)
   add_note(lines, rows[1], given, limit, remedy)
   return lines
end

return columns
