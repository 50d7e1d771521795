--- Which items of two lists are the same one, before and after.

local tree = require "astro.pretty.tree"

-- What tells one item of a list from another, whatever its place: these fields together; the first that agree.
local MARKS = {
   WorkerQueue = { { "id" }, { "name" } },
   DeploymentEnvironmentVariable = { { "key" } },
   DeploymentHibernationSchedule = { { "hibernateAtCron", "wakeAtCron" }, { "description" } },
}

-- What marks an item, as one text; nil where a field of the mark says nothing.
local function text_of(item, mark)
   local texts = {}
   for i, name in ipairs(mark) do
      local value = type(item) == "table" and item[name]
      if not value or value == "" then
         return nil
      end
      texts[i] = tostring(value)
   end
   return table.concat(texts, "\n")
end

---Two lists, and which items of them belong together.
---@class astro.Pairing
---@field old any[]
---@field new any[]
---@field partner table<integer, integer> by the place in `old` the one in `new`
---@field is_taken table<integer, boolean> places in `new`
local Pairing = {}
Pairing.__index = Pairing

-- Pairs what has no partner yet and the same mark; only what is equal altogether, or any.
function Pairing:match(mark, only_equal)
   local places = {}
   for place, item in ipairs(self.new) do
      local text = text_of(item, mark)
      if text and not self.is_taken[place] then
         places[text] = places[text] or {}
         table.insert(places[text], place)
      end
   end
   for i, item in ipairs(self.old) do
      for _, j in ipairs(not self.partner[i] and places[text_of(item, mark)] or {}) do
         local fits = not only_equal or tree.is_equal(item, self.new[j])
         if fits and not self.is_taken[j] and not self.partner[i] then
            self.partner[i], self.is_taken[j] = j, true
         end
      end
   end
end

-- The items in pairs; what has no partner stands alone.
function Pairing:pairs()
   local found = {}
   for i, item in ipairs(self.old) do
      found[i] = { item, self.new[self.partner[i]], place = i }
   end
   for j, other in ipairs(self.new) do
      if not self.is_taken[j] then
         found[#found + 1] = { nil, other, place = j }
      end
   end
   return found
end

local ANY = {} -- the mark that all items have

---Each item with the one that it was or became, as { old, new, place = its place in its list }; nil in place of
---either where there is none.
---@param old any[]
---@param new any[]
---@param kind string the name of the items' object
---@return { [1]: any, [2]: any, place: integer }[]
local function pairing(old, new, kind)
   local self = setmetatable({ old = old, new = new, partner = {}, is_taken = {} }, Pairing)
   for _, mark in ipairs(MARKS[kind] or {}) do
      self:match(mark, true)
      self:match(mark, false)
   end
   self:match(ANY, true)
   return self:pairs()
end

return pairing
