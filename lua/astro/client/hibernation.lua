--- The three states that a Deployment's override may have: asleep, awake, none.

local change = require "astro.client.change"
local core = require "astro.core"
local misuse = require "astro.api.misuse"
local opener = require "astro.client.opener"
local override = require "astro.client.override"

---@class astro.Client
local Client = {}

-- Sees to it that the override is as wished, by the Deployment that was read.
local function settle(its, deployment, wished, is_met)
   local is_changed = not override.same(override.of(deployment, its:now()), wished)
   if is_changed then
      local problem, err = its:refusal(deployment)
      if problem then
         return nil, problem, err
      end
      local answer, message
      answer, message, err = its:set(wished)
      if not answer then
         return nil, message, err
      end
      override.put(deployment, wished and answer)
   end
   if its.own.wait and (is_changed or not is_met(deployment)) then
      local seen, message, err = its:wait(is_met)
      if not seen then
         return nil, message, err
      end
      deployment = seen
   end
   return deployment, is_changed
end

local function begin(self, name, id, given)
   local call, own = opener.begin(self, name, given)
   misuse.check(core.id, id, name, "id")
   return change.new(self, id, call, own, given)
end

local function set(self, name, id, given, sleeps, status)
   local its = begin(self, name, id, given)
   local problem, refusal = its:is_past()
   if problem then
      return nil, problem, refusal
   end
   local deployment, message, err = its:read()
   if not deployment then
      return nil, message, err
   end
   return settle(its, deployment, override.wish(sleeps, its.till), function(seen)
      return seen.status == status
   end)
end

---Overrides a Deployment's schedules: it hibernates, until `until_` or further notice. It is read first: where that is
---the override that it has, nothing is changed. A duration's end may differ by a tenth of it, and by a minute at most.
---
---The Deployment is as it was read, with the override that it has now; with `wait = true` as it is when it hibernates,
---which is looked for as `wait_for` does. `timeout` is for all of it.
---Source: the API's pages "Get a Deployment" and "Update a Deployment Hibernation Override".
---@param id string
---@param given? astro.CallOptions.hibernate
---@return astro.Deployment? deployment
---@return boolean|string changed the message if deployment is nil
---@return astro.Error err of kind `conflict` where it is no development Deployment, or its status does not allow it,
---`invalid` where `until_` is past: nothing is changed then
function Client:hibernate(id, given)
   return set(self, "hibernate", id, given, true, "HIBERNATING")
end

---Overrides a Deployment's schedules: it is awake, until `until_` or further notice. All else is as with `hibernate`;
---`wait = true` waits until it is `HEALTHY`.
---Source: the API's pages "Get a Deployment" and "Update a Deployment Hibernation Override".
---@param id string
---@param given? astro.CallOptions.wake
---@return astro.Deployment? deployment
---@return boolean|string changed the message if deployment is nil
---@return astro.Error err as of `hibernate`
function Client:wake(id, given)
   return set(self, "wake", id, given, false, "HEALTHY")
end

---Ends the override, so that a Deployment's schedules count again. All else is as with `hibernate`; `wait = true` waits
---until the Deployment is seen without one.
---Source: the API's pages "Get a Deployment" and "Delete a Deployment Hibernation Override".
---@param id string
---@param given? astro.CallOptions.resume_schedule
---@return astro.Deployment? deployment
---@return boolean|string changed the message if deployment is nil
---@return astro.Error err as of `hibernate`
function Client:resume_schedule(id, given)
   local its = begin(self, "resume_schedule", id, given)
   local deployment, message, err = its:read()
   if not deployment then
      return nil, message, err
   end
   return settle(its, deployment, nil, function(seen)
      return not override.of(seen, its:now())
   end)
end

return Client
