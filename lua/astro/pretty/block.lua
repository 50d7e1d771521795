--- Lines of labels and values, such as a group of a card. How wide all labels are is known once every block is there.

local Flow = require "astro.pretty.flow"
local masked = require "astro.pretty.masked"
local remembered = require "astro.pretty.remembered"
local width = require "astro.pretty.width"

-- Segments that are the same in every card. Lines of labels begin with the margin; behind their first label blanks are
-- missing until all are known.
local MARGIN, BESIDE, BLANK, MASK = { "  ", "label" }, { " · ", "label" }, { " " }, { masked.MASK, "masked" }
local INDENT, GAP = { "  " }, 2

-- Where a further line of what has no room in one begins.
local FURTHER = 4

---@class astro.Block
---@field title string
---@field lines astro.Line[]
---@field widest integer columns that a label takes
local Block = {}
Block.__index = Block

---A label as a segment, which may stand in many blocks.
---@param text string
---@return astro.Segment
function Block.label(text)
   return { text, "label", columns = width.of(text) }
end

---@param title string
---@return astro.Block
function Block.new(title)
   return setmetatable({ title = title, lines = {}, widest = 0 }, Block)
end

local function value_of(text, style)
   return text == masked.MASK and MASK or { text, style }
end

---A line of its own.
---@param label astro.Segment of `Block.label`
---@param text string
---@param style? string
function Block:add(label, text, style)
   self.lines[#self.lines + 1] = { MARGIN, label, BLANK, value_of(text, style) }
   if label.columns > self.widest then
      self.widest = label.columns
   end
end

---More of the last line.
---@param label astro.Segment
---@param text string
function Block:add_beside(label, text)
   local line = self.lines[#self.lines]
   local count = #line
   line[count + 1], line[count + 2], line[count + 3], line[count + 4] = BESIDE, label, BLANK, value_of(text)
end

---A row of a table that has no room, as labels and values one behind the other.
---@param labels astro.Segment[] of its columns
---@param row astro.Cell[]
---@param limit integer
function Block:add_row(labels, row, limit)
   local flow = Flow.new(limit, FURTHER, { INDENT })
   for i, cell in ipairs(row) do
      if cell[1] ~= "" then
         flow:add(BESIDE, labels[i], cell)
      end
   end
   for _, line in ipairs(flow.lines) do
      self.lines[#self.lines + 1] = line
   end
end

---@param lines astro.Line[] of a table
function Block:add_table(lines)
   for _, line in ipairs(lines) do
      table.insert(line, 1, INDENT)
      self.lines[#self.lines + 1] = line
   end
end

-- Blanks as segments, by how many there are: as many as labels are wide.
local blanks = remembered(function(count)
   return { (" "):rep(count) }
end)

-- Values have so much room beside their labels, as an id takes; where they had less, labels are not aligned.
local ROOM = 26

-- The line in lines that fit. `indent` is where its values begin.
local function flowed(line, indent, limit)
   local is_aligned = limit - indent >= ROOM
   local first = is_aligned and { line[1], line[2], line[3] } or { line[1], line[2] }
   local flow = Flow.new(limit, is_aligned and indent or FURTHER, first)
   flow.is_begun = not is_aligned
   flow:add(blanks(GAP), nil, line[4])
   for at = 5, #line, 4 do
      flow:add(line[at], line[at + 1], line[at + 3])
   end
   return flow.lines
end

---Puts the block's lines behind others, its labels as wide as all are.
---@param lines astro.Line[]
---@param label_width integer
---@param limit? integer columns that a line takes at the most
function Block:put_lines(lines, label_width, limit)
   for _, line in ipairs(self.lines) do
      local is_labelled = line[1] == MARGIN
      if is_labelled then
         line[3] = blanks(label_width - line[2].columns + GAP)
      end
      if is_labelled and limit then
         for _, part in ipairs(flowed(line, #MARGIN[1] + label_width + GAP, limit)) do
            lines[#lines + 1] = part
         end
      else
         lines[#lines + 1] = line
      end
   end
end

---The same below an empty line and the title.
---@param lines astro.Line[]
---@param label_width integer
---@param limit? integer
function Block:put(lines, label_width, limit)
   lines[#lines + 1] = {}
   lines[#lines + 1] = { { self.title, "title" } }
   self:put_lines(lines, label_width, limit)
end

return Block
