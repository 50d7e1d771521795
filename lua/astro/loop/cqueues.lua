--- cqueues. Source: https://25thandclement.com/~william/projects/cqueues.html

local condition = require "cqueues.condition"
local core = require "astro.core"
local cqueues = require "cqueues"
local misuse = require "astro.api.misuse"
local values_of = require "astro.loop.values"

---@class astro.loop.cqueues: astro.Loop
local loop = {}

---One that waits.
---@class astro.CqueuesPlace
---@field condition userdata signalled when it is due, or has to lead
---@field is_due boolean

---@class astro.CqueuesWatch
---@field places table<thread, astro.CqueuesPlace>
---@field leader astro.CqueuesPlace
---@field until_at number on core.clock: when the leader looks in any case

-- By controller, which may end before those that wait in it do; then by pollable.
---@type table<userdata, table<astro.Pollable, astro.CqueuesWatch>>
local watches = setmetatable({}, { __mode = "k" })

---@type table<thread, astro.CqueuesPlace>
local places = setmetatable({}, { __mode = "k" })

---Runs functions side by side, in a controller of its own, until each has ended. What one of them raises passes, and
---ends the others.
---@param ... fun(): ...any
---@return any ... values what `f(), g()` would give: the first value of each, all of the last
function loop.run(...)
   local functions, values, close = values_of(...)
   local controller = cqueues.new()
   for _, f in ipairs(functions) do
      controller:wrap(f)
   end
   local is_over, ok, message = pcall(controller.loop, controller)
   if not (is_over and ok) then
      close()
      error(is_over and message or ok, 0)
   end
   return values()
end

-- Wakes those who have to look. One may wait in another controller.
local function tell_due(pollable)
   for _, thread in ipairs(pollable:turn()) do
      local place = places[thread]
      if place then
         place.is_due = true
         place.condition:signal()
      end
   end
end

-- Makes another one the leader, if any is left.
local function hand_over(watch)
   local _, heir = next(watch.places)
   watch.leader = heir
   if heir then
      heir.condition:signal()
   end
end

-- Of those in a controller that wait for the same client, one has its descriptor polled: the leader.
local function watch_of(pollable)
   local controller = cqueues.running() or loop
   watches[controller] = watches[controller] or {}
   local watch = watches[controller][pollable] or { places = {} }
   watches[controller][pollable] = watch
   return watch, watches[controller]
end

local function lead(watch, pollable, place)
   watch.until_at = core.clock() + (pollable:timeout() or math.huge)
   cqueues.poll(pollable, place.condition)
   tell_due(pollable)
end

-- The leader looks again if the next time is sooner than the one that it waits for.
local function follow(watch, pollable, place)
   local seconds = pollable:timeout()
   if seconds and core.clock() + seconds < watch.until_at then
      watch.leader.condition:signal()
   end
   while watch.leader ~= place and not place.is_due do
      cqueues.poll(place.condition)
   end
end

---Waits as `astro.Loop` says.
---@param pollable astro.Pollable
function loop.wait(pollable)
   local thread, place = coroutine.running(), { condition = condition.new(), is_due = false }
   local watch, all = watch_of(pollable)
   watch.leader = watch.leader or place
   watch.places[thread], places[thread] = place, place
   while not place.is_due do
      if watch.leader == place then
         lead(watch, pollable, place)
      else
         follow(watch, pollable, place)
      end
   end
   watch.places[thread], places[thread] = nil, nil
   if watch.leader == place then
      hand_over(watch)
   end
   if next(watch.places) == nil then
      all[pollable] = nil
   end
end

---Raises on what is no number.
---@param seconds number
function loop.sleep(seconds)
   misuse.expect(seconds, "number", "seconds", "sleep")
   cqueues.sleep(seconds)
end

---Tells controllers that the descriptor is going to be closed; else they go on asking the kernel about it.
---@param pollable astro.Pollable
function loop.forget(pollable)
   if pollable:pollfd() then -- there is none if nobody ever waited
      cqueues.cancel(pollable)
   end
end

return loop
