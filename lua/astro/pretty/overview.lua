--- The rows of a list in the form for which there is room.

local columns = require "astro.pretty.columns"
local stack = require "astro.pretty.stack"

---@param rows astro.Cell[][] the same number of cells in each, headings in the first
---@param is_right table<integer, boolean> which columns are right-aligned
---@param manners astro.Manner[] of the columns
---@param own { width?: integer, remedy?: string } columns that a line takes at the most, and what to try for more
---@return astro.Line[] lines "none" where there is no row
return function(rows, is_right, manners, own)
   if #rows == 1 then
      return { { { "none", "quiet" } } }
   elseif not own.width then
      return columns.lines(rows, is_right)
   end
   return columns.fitted(rows, is_right, manners, own.width, own.remedy) or stack(rows, manners, own.width)
end
