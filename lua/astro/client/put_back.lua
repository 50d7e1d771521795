--- Puts back the override that a Deployment had, unless somebody else has changed it meanwhile.

local calls = require "astro.client.call"
local cancel = require "astro.client.cancel"
local change = require "astro.client.change"
local failure = require "astro.client.failure"
local may_wait = require "astro.client.may_wait"
local override = require "astro.client.override"
local wait = require "astro.client.wait"

---What is to be put back.
---@class astro.Restore
---@field id string
---@field keeper astro.Client shares connections with the caller's, and is neither closed nor cancelled with it
---@field has_loop boolean
---@field given table the call's options that every request takes
---@field interval number seconds between two rounds
---@field before? astro.HeldOverride what there was
---@field ours astro.HeldOverride what was put in its place
---@field is_ours boolean whether the service said so

local put_back = {}

-- Seconds for which it is tried.
local PATIENCE = 60

local function words(held)
   if not held then
      return "none"
   end
   return ("%s until %s"):format(
      held.isHibernating and "asleep" or "awake",
      held.overrideUntil or "further notice"
   )
end

-- What there would be by now, had nothing been changed.
local function due(before, now)
   return not (before and before.ends_at and before.ends_at <= now) and before or nil
end

local function is_ours(found, ours, now)
   if not found then
      return ours.ends_at ~= nil and ours.ends_at <= now
   end
   return override.same(found, ours)
end

-- One look, and what follows from it. Gives a table if there is nothing more to do: with `found` where somebody else has
-- changed it.
local function try(restore, its)
   local deployment, message, err = its:read()
   if not deployment then
      return nil, message, err
   end
   local now = its:now()
   local found, wished = override.of(deployment, now), due(restore.before, now)
   if override.same(found, wished) then
      return {}
   elseif not is_ours(found, restore.ours, now) then
      return { found = words(found) }
   end
   local answer
   answer, message, err = its:set(wished)
   if not answer then
      return nil, message, err
   end
   return {}
end

-- A call of the keeper's own. Where its coroutine is being closed, one that blocks takes its place.
local function begin(restore, opener)
   if restore.has_loop and not may_wait.is_yieldable() then
      restore.keeper:close()
      restore.keeper = opener.blocking(restore.keeper)
   end
   local given = calls.over(restore.given, { cancel = cancel.new() })
   local call, own = opener.begin(restore.keeper, "while_awake", given)
   return change.new(restore.keeper, restore.id, call, own, given)
end

---Puts it back, in several rounds where one fails by what may pass: each looks first, so that nothing is sent twice for
---nothing. Raises what a function of the caller's does.
---@param restore astro.Restore
---@param opener astro.Opener
---@return true? done nil: it is not as it was
---@return string? message
---@return astro.Error? err of kind `conflict` where somebody else has changed it
function put_back.now(restore, opener)
   local its = begin(restore, opener)
   local outcome, message, err = wait.run(restore.id, {
      timeout = PATIENCE,
      interval = restore.interval,
      is_met = function()
         return true
      end,
   }, {
      clock = its.call.pollable.clock,
      look = function()
         return try(restore, its)
      end,
      sleep = function(seconds)
         its.call.pollable:sleep(seconds, its.call)
      end,
   })
   local what = ("put back the override of deployment %s"):format(restore.id)
   if not outcome then
      err.message = ("%s (%s): %s"):format(what, words(restore.before), message)
      return nil, err.message, err
   elseif outcome.found and restore.is_ours then
      local text = "%s (%s): conflict: somebody else changed it meanwhile, which is left: %s"
      return failure.new("conflict", text:format(what, words(restore.before), outcome.found))
   end
   return true
end

return put_back
