--- A token's rate as all workers of an nginx keep it together, by one of its shared dictionaries.
---
--- Time is a row of slots, one for each call that the rate allows. A call takes the first that is free by adding its
--- key, which the dictionary lets one worker do. Where it has no room, each worker keeps to its share of the rate.

local rate = require "astro.client.rate"

local ngx = _G.ngx

local shared_rate = {}

-- Seconds that a slot is kept once nobody looks at it any more: nginx looks at its clock only between two events.
local KEPT = 2

---@class astro.SharedBucket: astro.Bucket
---@field dict table
---@field key string what the names of its keys begin with; the token itself is not to be found in a dictionary
---@field per_second number
---@field own astro.Bucket this worker's, where the dictionary has no room
---@field has_complained? boolean that there is none
local SharedBucket = {}
SharedBucket.__index = SharedBucket

local function slot_key(self, slot)
   return ("%s %.0f"):format(self.key, slot)
end

-- Takes the first slot that is free and not beyond the last. The key alone has a slot before which none is free.
local function claim(self, now, last)
   self.at = now
   local first = math.floor(now * self.per_second) - (rate.CAPACITY - 2) -- the next may begin as soon as these have
   for slot = math.max(first, self.dict:get(self.key) or first), last do
      local seconds = (slot + rate.CAPACITY) / self.per_second - now + KEPT
      local is_ours, why = self.dict:safe_add(slot_key(self, slot), true, seconds)
      if is_ours then
         self.dict:safe_set(self.key, slot + 1, seconds)
         return slot
      elseif why ~= "exists" then
         return nil, why
      end
   end
end

-- What each worker may do without knowing of the others.
local function share(self, why)
   if not self.has_complained then
      self.has_complained = true
      local text =
         "astro: lua_shared_dict of the option rate_dict: %s; each worker keeps to its share of the rate"
      ngx.log(ngx.WARN, text:format(why))
   end
   return self.per_second / ngx.worker.count()
end

function SharedBucket:take(now)
   local slot, why = claim(self, now, math.floor(now * self.per_second))
   if why then
      return self.own:take(now, share(self, why))
   end
   return slot ~= nil
end

function SharedBucket:reserve(now)
   local slot, why = claim(self, now, math.huge)
   if not slot then
      return self.own:reserve(now, share(self, why))
   end
   return slot / self.per_second, slot
end

function SharedBucket:give_back(slot)
   if not slot then
      return self.own:give_back()
   end
   self.dict:delete(slot_key(self, slot))
   local free = self.dict:get(self.key)
   if free and slot < free then
      self.dict:replace(self.key, slot, KEPT)
   end
end

function SharedBucket:tell_pause(now, ends_at)
   if ends_at > math.max(self:told_pause() or 0, now) then
      self.dict:safe_set(self.key .. " pause", ends_at, ends_at - now)
   end
end

function SharedBucket:told_pause()
   return self.dict:get(self.key .. " pause")
end

-- By dictionary and rate: where there is no room, what clients did that are gone counts, too.
local known = {}

---The buckets of one dictionary, the same for all clients. Those of another rate are kept apart.
---@param name string
---@param per_second number
---@return astro.Buckets
function shared_rate.buckets(name, per_second)
   local which = ("%s %g"):format(name, per_second)
   local function new(now, token, host)
      return setmetatable({
         dict = ngx.shared[name],
         key = "astro " .. ngx.md5(("%s %s %g"):format(host, token, per_second)),
         per_second = per_second,
         own = rate.new(now, 1),
         at = now,
      }, SharedBucket)
   end
   known[which] = known[which] or { of = {}, new = new }
   return known[which]
end

return shared_rate
