--- What there is room for where a line may take so many columns at the most.

local width = require "astro.pretty.width"

local fit = {}

fit.GAP = 2 -- between two columns

---How a column of a table gives way. What is before others in a table matters more.
---@class astro.Manner
---@field least? integer it may be cut to so many columns; without it, it stays whole
---@field stays? boolean it is never left out
---@field is_title? boolean it stands at the head of a block, where there is one for each row

-- The numbers of the columns, those first that matter most.
local function by_weight(manners)
   local order = {}
   for _, stays in ipairs({ true, false }) do
      for i, manner in ipairs(manners) do
         order[#order + 1] = (manner.stays or false) == stays and i or nil
      end
   end
   return order
end

---The widths of as many columns as there is room for. What matters least is cut first, then left out.
---@param widths integer[] that the columns would like to have
---@param manners astro.Manner[]
---@param limit integer
---@return table<integer, integer>? given by the number of a column; nil: there is no room for those that stay
function fit.widths(widths, manners, limit)
   local order, room, given = by_weight(manners), limit + fit.GAP, {}
   for _, i in ipairs(order) do
      local least = math.min(widths[i], manners[i].least or widths[i])
      if least + fit.GAP <= room then
         given[i], room = least, room - least - fit.GAP
      elseif manners[i].stays then
         return nil
      end
   end
   for _, i in ipairs(order) do
      local more = math.min(room, widths[i] - (given[i] or widths[i]))
      given[i], room = given[i] and given[i] + more, room - more
   end
   return next(given) and given or nil
end

local function clipped(line, limit)
   local kept, left = {}, limit
   for _, segment in ipairs(line) do
      local own = width.of(segment[1])
      if own > left then
         segment = { left > 0 and width.cut(segment[1], left) or "", segment[2] }
      end
      left = math.max(0, left - own)
      kept[#kept + 1] = segment
   end
   return kept
end

---Cuts the lines that go beyond the limit.
---@param lines astro.Line[]
---@param limit integer
function fit.clip(lines, limit)
   for i, line in ipairs(lines) do
      lines[i] = clipped(line, limit)
   end
end

return fit
