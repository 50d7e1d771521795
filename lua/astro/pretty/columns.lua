--- Rows of cells as lines of aligned columns.

local width = require "astro.pretty.width"

local columns = {}

local GAP = 2

---@alias astro.Cell { [1]: string, [2]?: string } a safe text and its style

local function natural_widths(rows)
   local widths = {}
   for _, row in ipairs(rows) do
      for i, cell in ipairs(row) do
         widths[i] = math.max(widths[i] or 0, width.of(cell[1]))
      end
   end
   return widths
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

local function line_of(row, widths, is_right)
   local line = {}
   for i, cell in ipairs(row) do
      local text = width.cut(cell[1], widths[i])
      local blanks = width.blanks(text, widths[i])
      local before = i > 1 and (" "):rep(GAP) or ""
      if is_right[i] then
         line[#line + 1] = { before .. blanks }
         line[#line + 1] = { text, cell[2] }
      else
         line[#line + 1] = { before }
         line[#line + 1] = { text, cell[2] }
         line[#line + 1] = { blanks }
      end
   end
   while #line > 0 and not line[#line][1]:find "[^ ]" do
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
   local widths, lines = natural_widths(rows), {}
   if limit then
      shrink(widths, limit)
   end
   for i, row in ipairs(rows) do
      local line = line_of(row, widths, is_right or {})
      lines[i] = limit and clip(line, limit) or line
   end
   return lines
end

return columns
