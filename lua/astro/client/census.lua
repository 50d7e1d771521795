--- The Deployments that a watch knows, and what it tells where they are otherwise than before. Pure.

local bytewise = require "astro.api.bytewise"

---What a watch tells. Its tables are the watch's own, and are not to be changed.
---@class astro.WatchEvent
---@field kind "appeared"|"changed"|"gone"|"failed"
---@field id? string the Deployment's; nil: a look failed
---@field before? astro.Deployment as it was known; nil of "appeared"
---@field after? astro.Deployment as it is; of "appeared" and "changed"
---@field changes? astro.Change[] of "changed": what `astro.pretty.changes` finds between the two
---@field err? astro.Error of "failed"
---@field left integer how many more events the same look came to

---@class astro.Census
---@field ids? string[] those that are watched; nil: those that the list has
---@field wanted? table<string, true> the same as a set
---@field tells_first boolean the first look tells, too
---@field is_settled boolean a look was whole
---@field known table<string, astro.Deployment>
---@field seen table<string, boolean> ids that this look met
---@field asked table<string, integer> by id the look that asked for it alone
---@field looks integer how many there were
---@field doubts table<string, astro.Kind> what was told of those that could not be seen
local Census = {}
Census.__index = Census

local census = {}

---@param ids? string[] nil: all that the list has
---@param tells_first? boolean the first look tells, too
---@return astro.Census
function census.new(ids, tells_first)
   local wanted = ids and {}
   for _, id in ipairs(ids or {}) do
      wanted[id] = true
   end
   return setmetatable({
      ids = ids,
      wanted = wanted,
      tells_first = tells_first or false,
      is_settled = false,
      known = {},
      seen = {},
      asked = {},
      looks = 0,
      doubts = {},
   }, Census)
end

---Begins a look.
function Census:begin()
   self.looks, self.seen = self.looks + 1, {}
end

---Whether a row of the list is watched.
---@param id any
---@return boolean
function Census:wants(id)
   return type(id) == "string" and (not self.wanted or self.wanted[id] ~= nil)
end

---Takes a Deployment as it is.
---@param id string
---@param deployment astro.Deployment
---@return astro.WatchEvent? event nil: that is no news
function Census:meet(id, deployment)
   local before = self.known[id]
   self.known[id], self.seen[id], self.doubts[id], self.asked[id] = deployment, true, nil, nil
   if not before then
      local is_told = self.is_settled or self.tells_first
      return is_told and { kind = "appeared", id = id, after = deployment } or nil
   end
   local changes = require("astro.pretty").changes(before, deployment)
   if changes[1] then
      return { kind = "changed", id = id, before = before, after = deployment, changes = changes }
   end
end

---Ends a look whose list was whole. Gives the known ones that the list did not have, and that must be asked for one by
---one: first those that have waited longest for that.
---@return string[] ids
function Census:finish()
   self.is_settled = true
   local ids, asked = {}, self.asked
   for id in pairs(self.known) do
      ids[#ids + 1] = not self.seen[id] and id or nil
   end
   table.sort(ids, function(a, b)
      local at_a, at_b = asked[a] or 0, asked[b] or 0
      if at_a ~= at_b then
         return at_a < at_b
      end
      return bytewise(a, b)
   end)
   return ids
end

---Those that are watched and were never there, of which nothing was told yet.
---@return string[] ids
function Census:unmet()
   local ids = {}
   for _, id in ipairs(self.ids or {}) do
      ids[#ids + 1] = not self.known[id] and not self.doubts[id] and id or nil
   end
   return ids
end

---Takes it for known that a Deployment is there no more.
---@param id string
---@return astro.WatchEvent event
function Census:lose(id)
   local before = self.known[id]
   self.known[id], self.asked[id] = nil, nil
   self.doubts[id] = self.ids and "not_found" or nil
   return { kind = "gone", id = id, before = before }
end

---Takes notice of a Deployment of which nobody can tell whether it is there.
---@param id string
---@param err astro.Error
---@return astro.WatchEvent? event nil: that was told
function Census:doubt(id, err)
   self.asked[id] = self.looks
   if self.doubts[id] ~= err.kind then
      self.doubts[id] = err.kind
      return { kind = "failed", id = id, before = self.known[id], err = err }
   end
end

return census
