--- One call that changes a Deployment's override: its requests, by the client's own methods, in the time that they have
--- together.

local calls = require "astro.client.call"
local failure = require "astro.client.failure"
local may_wait = require "astro.client.may_wait"
local options = require "astro.api.options"
local override = require "astro.client.override"
local schema = require "astro.api.schema"
local till = require "astro.client.till"

---@class astro.OverrideChange
---@field client astro.Client
---@field id string checked
---@field call astro.Call
---@field own table the method's options, with their defaults
---@field given table those of the caller that every request takes
---@field till? astro.Till when an override that it sets is to end
---@field ends_at number on the client's clock
local Change = {}
Change.__index = Change

local change = {}

-- Seconds. No request is given less.
local LEAST_SECONDS = 0.001

-- Without the rows of the method itself.
local function of_request(given, rows)
   local rest = calls.over({}, given)
   for _, row in ipairs(rows) do
      rest[row.name] = nil
   end
   return rest
end

---Raises where a call must not wait, and on an `until_` that says no time.
---@param client astro.Client
---@param id string checked
---@param call astro.Call
---@param own table the method's options, as given
---@param given? table all options, as given
---@return astro.OverrideChange
function change.new(client, id, call, own, given)
   local rows = schema.methods[call.name]
   may_wait.check(call)
   own = calls.over(options.defaults(rows), own)
   local row = options.of_method[call.name].rows.until_
   return setmetatable({
      client = client,
      id = id,
      call = call,
      own = own,
      given = of_request(given, rows),
      till = till.read(own.until_, row, call.pollable.wall(), call.name),
      ends_at = call.pollable.clock() + own.timeout,
   }, Change)
end

---Seconds since the epoch, by this machine's clock.
function Change:now()
   return self.call.pollable.wall()
end

function Change:left()
   return math.max(self.ends_at - self.call.pollable.clock(), LEAST_SECONDS)
end

-- The options of a request.
local function options_of(self)
   return calls.over(self.given, { timeout = math.min(self.call.timeout, self:left()) })
end

---@return astro.Deployment? deployment
---@return string? message
---@return astro.Error? err
function Change:read()
   return self.client:get_deployment(self.id, options_of(self))
end

---@param wished? astro.HeldOverride nil: none
---@return astro.DeploymentHibernationOverride|true|nil answer
---@return string? message
---@return astro.Error? err
function Change:set(wished)
   if not wished then
      return self.client:delete_deployment_hibernation_override(self.id, options_of(self))
   end
   return self.client:set_hibernation_override(self.id, {
      isHibernating = wished.isHibernating,
      overrideUntil = wished.overrideUntil,
   }, options_of(self))
end

-- How the call ends with nothing sent.
local function refused(self, kind, why, fields)
   local text = ("%s deployment %s: %s: %s"):format(self.call.name, self.id, kind, why)
   return text, failure.err(kind, text, fields)
end

---Why an override must not end when it is to; nil: it may.
---@return string? message
---@return astro.Error? err of kind `invalid`
function Change:is_past()
   if self.till and self.till.at <= self:now() then
      return refused(self, "invalid", "until_ is past: " .. self.till.text)
   end
end

---Why the method must not change what was read; nil: nothing is known against it.
---@param deployment astro.Deployment
---@return string? message
---@return astro.Error? err of kind `conflict`
function Change:refusal(deployment)
   local why = override.refusal(deployment, self.call.name)
   if why then
      return refused(self, "conflict", why, { deployment = deployment })
   end
end

---@param is_met fun(deployment: astro.Deployment): any
---@return astro.Deployment? deployment
---@return string? message
---@return astro.Error? err
function Change:wait(is_met)
   return self.client:wait_for(
      self.id,
      calls.over(self.given, {
         status = is_met,
         timeout = self:left(),
         interval = self.own.interval,
         on_poll = self.own.on_poll,
      })
   )
end

return change
