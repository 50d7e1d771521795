--- A group of a card: lines of labels and values. How wide all labels are is known once every group is there.

local masked = require "astro.pretty.masked"
local width = require "astro.pretty.width"

-- Segments that are the same in every card.
local MARGIN, BESIDE, BLANK, MASK = { "  ", "label" }, { " · ", "label" }, { " " }, { masked.MASK, "masked" }
local INDENT, GAP = { "  " }, 2

---@class astro.Block
---@field title string
---@field lines astro.Line[]
---@field columns table<integer, integer> by the number of a line what its first label takes: blanks are missing there
---@field widest integer of these
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
   return setmetatable({ title = title, lines = {}, columns = {}, widest = 0 }, Block)
end

local function value_of(text)
   return text == masked.MASK and MASK or { text }
end

---A line of its own.
---@param label astro.Segment of `Block.label`
---@param text string
function Block:add(label, text)
   local count = #self.lines + 1
   self.lines[count], self.columns[count] = { MARGIN, label, BLANK, value_of(text) }, label.columns
   self.widest = math.max(self.widest, label.columns)
end

---More of the last line.
---@param label astro.Segment
---@param text string
function Block:add_beside(label, text)
   local line = self.lines[#self.lines]
   local count = #line
   line[count + 1], line[count + 2], line[count + 3], line[count + 4] = BESIDE, label, BLANK, value_of(text)
end

---@param lines astro.Line[] of a table
function Block:add_table(lines)
   for _, line in ipairs(lines) do
      table.insert(line, 1, INDENT)
      self.lines[#self.lines + 1] = line
   end
end

-- Blanks as segments, by how many there are: as many as labels are wide.
local blanks = setmetatable({}, {
   __index = function(made, count)
      made[count] = { (" "):rep(count) }
      return made[count]
   end,
})

---Puts the block behind other lines, its labels as wide as all are.
---@param lines astro.Line[]
---@param label_width integer
function Block:put(lines, label_width)
   lines[#lines + 1] = {}
   lines[#lines + 1] = { { self.title, "title" } }
   for i, line in ipairs(self.lines) do
      if self.columns[i] then
         line[3] = blanks[label_width - self.columns[i] + GAP]
      end
      lines[#lines + 1] = line
   end
end

return Block
