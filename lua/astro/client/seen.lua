--- The lines of a log that were given, so that none is given twice. A line is known by time, source and text; of equal
--- lines, by how many there were.

local epoch = require "astro.api.epoch"

---@class astro.Seen
---@field size integer how many lines
---@field at table<number, { size: integer, counts: table<string, integer> }> by time
local Seen = {}
Seen.__index = Seen

-- MOST: how many lines a follow remembers.
local seen = { MOST = 100000 }

---@return astro.Seen
function seen.new()
   return setmetatable({ size = 0, at = {} }, Seen)
end

local function key_of(line)
   return tostring(line.source) .. "\0" .. tostring(line.raw)
end

---How many lines that are equal to this one there are.
---@param line astro.DeploymentLogEntry with a number as timestamp
---@return integer
function Seen:count(line)
   local there = self.at[epoch.seconds(line.timestamp)]
   return there and there.counts[key_of(line)] or 0
end

---@param line astro.DeploymentLogEntry with a number as timestamp
---@return integer count of equal lines, this one included
function Seen:add(line)
   local seconds, key = epoch.seconds(line.timestamp), key_of(line)
   local there = self.at[seconds] or { size = 0, counts = {} }
   local count = (there.counts[key] or 0) + 1
   self.at[seconds], there.counts[key] = there, count
   self.size, there.size = self.size + 1, there.size + 1
   return count
end

---Forgets the lines before a time.
---@param seconds number
function Seen:forget(seconds)
   for at, there in pairs(self.at) do
      if at < seconds then
         self.size, self.at[at] = self.size - there.size, nil
      end
   end
end

---Forgets the oldest lines where there are more than so many.
---@param most integer
---@return number? seconds up to which all are forgotten
function Seen:keep(most)
   if self.size <= most then
      return nil
   end
   local times = {}
   for at in pairs(self.at) do
      times[#times + 1] = at
   end
   table.sort(times)
   for _, at in ipairs(times) do
      self.size, self.at[at] = self.size - self.at[at].size, nil
      if self.size <= most / 2 then -- not at each line again
         return at
      end
   end
end

return seen
