--- Values one behind the other, with their labels, in lines of so many columns at the most. A line ends between two
--- values, or where need be in one.

local width = require "astro.pretty.width"

local BLANK = { " " }

---@class astro.Flow
---@field lines astro.Line[]
---@field limit number
---@field margin astro.Segment with which each further line begins
---@field indent integer the columns of that
---@field used integer the columns of the last line
---@field is_begun boolean what comes next in the last line is to be parted from what is there
local Flow = {}
Flow.__index = Flow

---@param limit number
---@param indent integer of further lines
---@param first? astro.Line with what the first line begins
---@return astro.Flow
function Flow.new(limit, indent, first)
   local self = { lines = { {} }, limit = limit, indent = indent, used = 0, is_begun = false }
   self.margin = { (" "):rep(indent) }
   setmetatable(self, Flow)
   for _, segment in ipairs(first or {}) do
      self:put(segment)
   end
   return self
end

function Flow:put(segment)
   local line = self.lines[#self.lines]
   line[#line + 1] = segment
   self.used = self.used + width.of(segment[1])
end

-- Begins a line. Blanks at the end of the one before part nothing.
function Flow:turn()
   local before = self.lines[#self.lines]
   if #before > 0 and not before[#before][1]:find "[^ ]" then
      before[#before] = nil
   end
   self.lines[#self.lines + 1] = {}
   self.used, self.is_begun = 0, false
   if self.indent > 0 then
      self:put(self.margin)
   end
end

-- A value that this line has no room for, and perhaps none has. Each of its parts knows the whole.
function Flow:break_up(value)
   if self.used > self.indent then
      self:turn()
   end
   local parts = width.fold(value[1], self.limit - self.indent)
   for i, text in ipairs(parts) do
      if i > 1 then
         self:turn()
      end
      self:put({ text, value[2], whole = #parts > 1 and value[1] or nil })
   end
end

---@param before astro.Segment what parts it from another in its line
---@param label? astro.Segment
---@param value astro.Segment
function Flow:add(before, label, value)
   local labelled = label and width.of(label[1]) + 1 or 0
   local own = labelled + width.of(value[1])
   local gap = self.is_begun and width.of(before[1]) or 0
   if self.used + gap + own > self.limit and self.used > self.indent then
      self:turn()
   end
   if self.is_begun then
      self:put(before)
   end
   if label then
      self:put(label)
      self:put(BLANK)
   end
   if self.used + own - labelled > self.limit then
      self:break_up(value)
   else
      self:put(value)
   end
   self.is_begun = true
end

return Flow
