--- Rows of cells as lines of aligned columns.

local width = require "astro.pretty.width"

local columns = {}

local GAP = 2

---@alias astro.Cell { [1]: string, [2]?: string } a safe text and its style

-- The widths of all cells, row after row, and the most in each column.
local function measure(rows)
   local own, widths = {}, {}
   for _, row in ipairs(rows) do
      for i, cell in ipairs(row) do
         local columns_of_it = width.of(cell[1])
         own[#own + 1] = columns_of_it
         if columns_of_it > (widths[i] or -1) then
            widths[i] = columns_of_it
         end
      end
   end
   return own, widths
end

local function sum(list)
   local total = 0
   for _, item in ipairs(list) do
      total = total + item
   end
   return total
end

-- Takes one from the widest column until all fit. Each keeps one at least.
local function shrink(widths, limit)
   local excess = sum(widths) + GAP * (#widths - 1) - limit
   while excess > 0 do
      local widest = 1
      for i = 2, #widths do
         if widths[i] > widths[widest] then
            widest = i
         end
      end
      if widths[widest] <= 1 then
         return
      end
      widths[widest] = widths[widest] - 1
      excess = excess - 1
   end
end

-- Segments of blanks by how many there are, each made once.
local function blank_segments()
   return setmetatable({}, {
      __index = function(made, count)
         made[count] = { (" "):rep(count) }
         return made[count]
      end,
   })
end

local function is_blank(segment)
   return not segment[1]:find "[^ ]"
end

-- Cells with the blanks between them. `own` has the width of each from a place on.
local function line_of(row, own, at, widths, is_right, blanks)
   local line = {}
   for i, cell in ipairs(row) do
      local free, before = widths[i] - own[at + i], i > 1 and GAP or 0
      if free < 0 then
         cell = { width.cut(cell[1], widths[i]), cell[2] }
         free = widths[i] - width.of(cell[1])
      end
      local behind = is_right[i] and 0 or free
      before = before + free - behind
      line[#line + 1] = before > 0 and blanks[before] or nil
      line[#line + 1] = cell
      line[#line + 1] = behind > 0 and blanks[behind] or nil
   end
   while #line > 0 and is_blank(line[#line]) do
      line[#line] = nil
   end
   return line
end

-- Cuts a line that goes beyond the limit although each column is one wide.
local function clip(line, limit)
   local kept, left = {}, limit
   for _, segment in ipairs(line) do
      local columns_of_it = width.of(segment[1])
      if columns_of_it > left then
         segment = { left > 0 and width.cut(segment[1], left) or "", segment[2] }
      end
      left = math.max(0, left - columns_of_it)
      kept[#kept + 1] = segment
   end
   return kept
end

---@param rows astro.Cell[][] the same number of cells in each
---@param is_right? table<integer, boolean> which columns are right-aligned
---@param limit? integer the most columns that a line may take; cells are cut with "…"
---@return astro.Line[]
function columns.lines(rows, is_right, limit)
   local own, widths = measure(rows)
   local lines, at, blanks = {}, 0, blank_segments()
   if limit then
      shrink(widths, limit)
   end
   for i, row in ipairs(rows) do
      local line = line_of(row, own, at, widths, is_right or {}, blanks)
      lines[i] = limit and clip(line, limit) or line
      at = at + #row
   end
   return lines
end

return columns
