--- Rows as blocks, one below the other: a heading, then a line for each value that is there.

local Block = require "astro.pretty.block"
local fit = require "astro.pretty.fit"
local Flow = require "astro.pretty.flow"

local GAP = { "  " }

-- Which columns stand in a block's heading: the first, where none is said to.
local function titles_of(manners)
   local is_title = {}
   for i, manner in ipairs(manners) do
      is_title[i] = manner.is_title
   end
   if next(is_title) == nil then
      is_title[1] = true
   end
   return is_title
end

local function labels_of(headings)
   local labels = {}
   for i, heading in ipairs(headings) do
      labels[i] = Block.label(heading[1])
   end
   return labels
end

---A row in two parts.
---@class astro.Stacked
---@field title astro.Line[]
---@field block astro.Block

---@return astro.Stacked
local function stacked(row, labels, is_title, limit)
   local title, block = Flow.new(limit, 0), Block.new ""
   for i, cell in ipairs(row) do
      if is_title[i] then
         title:add(GAP, nil, { cell[1], cell[2] or "name" })
      elseif cell[2] ~= "quiet" then -- it is there
         block:add(labels[i], cell[1], cell[2])
      end
   end
   return { title = title.lines, block = block }
end

---@param rows astro.Cell[][] headings in the first
---@param manners astro.Manner[] of the columns
---@param limit integer columns that a line takes at the most
---@return astro.Line[]
local function stack(rows, manners, limit)
   local labels, is_title, parts, widest = labels_of(rows[1]), titles_of(manners), {}, 0
   for i = 2, #rows do
      local part = stacked(rows[i], labels, is_title, limit)
      parts[#parts + 1], widest = part, math.max(widest, part.block.widest)
   end
   local lines = {}
   for i, part in ipairs(parts) do
      lines[#lines + 1] = i > 1 and {} or nil
      for _, line in ipairs(part.title) do
         lines[#lines + 1] = line
      end
      part.block:put_lines(lines, widest, limit)
   end
   fit.clip(lines, limit)
   return lines
end

return stack
