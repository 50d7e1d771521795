--- The override of a Deployment's hibernation: what it is, whether another is the same, whether there may be one. Pure.

local core = require "astro.core"
local refused = require("astro.api.schema").no_override
local time = require "astro.time"

local override = {}

---An override that counts.
---@class astro.HeldOverride
---@field isHibernating boolean
---@field overrideUntil? string as the service has it
---@field ends_at? integer seconds since the epoch; nil: it never ends
---@field slack? number seconds by which another's end may differ

local function field(value, name)
   return type(value) == "table" and value[name] or nil
end

local function end_of(value)
   return type(value) == "string" and time.parse(value) or nil
end

---What the service says of an override; nil where it does not count: it is not active, or over.
---@param value any
---@param now number seconds since the epoch
---@return astro.HeldOverride?
function override.read(value, now)
   if type(value) ~= "table" or value.isActive == false or type(value.isHibernating) ~= "boolean" then
      return nil
   end
   local ends_at = end_of(value.overrideUntil)
   if ends_at and ends_at <= now then
      return nil
   end
   return {
      isHibernating = value.isHibernating,
      overrideUntil = ends_at and value.overrideUntil,
      ends_at = ends_at,
   }
end

---@param deployment table
---@param now number seconds since the epoch
---@return astro.HeldOverride?
function override.of(deployment, now)
   return override.read(field(field(deployment.scalingSpec, "hibernationSpec"), "override"), now)
end

---One to be wished.
---@param sleeps boolean
---@param till? astro.Till
---@return astro.HeldOverride
function override.wish(sleeps, till)
   return {
      isHibernating = sleeps,
      overrideUntil = till and till.text,
      ends_at = till and till.at,
      slack = till and till.slack,
   }
end

---Whether two are the same: none, or alike with ends at the same second. The second's slack counts.
---@param one? astro.HeldOverride
---@param other? astro.HeldOverride
---@return boolean
function override.same(one, other)
   if not one or not other then
      return one == other
   elseif one.isHibernating ~= other.isHibernating or not one.ends_at ~= not other.ends_at then
      return false
   end
   return not one.ends_at or math.abs(one.ends_at - other.ends_at) <= (other.slack or 0)
end

---Whether a Deployment sleeps, or is about to.
---@param deployment table
---@param now number seconds since the epoch
---@return boolean
function override.sleeps(deployment, now)
   local held = override.of(deployment, now)
   if held then
      return held.isHibernating
   end
   local status = field(deployment.scalingStatus, "hibernationStatus")
   return deployment.status == "HIBERNATING" or field(status, "isHibernating") == true
end

---Puts what the service answered into a Deployment that was read before.
---@param deployment table
---@param answer? table nil: the override is gone
function override.put(deployment, answer)
   local spec = deployment.scalingSpec
   spec = type(spec) == "table" and spec or {}
   spec.hibernationSpec = type(spec.hibernationSpec) == "table" and spec.hibernationSpec or {}
   spec.hibernationSpec.override = answer
   deployment.scalingSpec = spec
end

---Why a method is not to change a Deployment's override.
---@param deployment table
---@param name string the method
---@return string? why nil: nothing is known against it
function override.refusal(deployment, name)
   if deployment.isDevelopmentMode == false then
      return "only development Deployments hibernate (isDevelopmentMode is false)"
   elseif refused[name][deployment.status] then
      return "its status is " .. core.one_line(deployment.status)
   end
end

return override
