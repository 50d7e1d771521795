--- Error tables in the core's form for what only Lua knows, and whether a failure is worth another attempt.

local core = require "astro.core"
local policy = require("astro.api.schema").retry

local failure = {}

---@param kind astro.Kind
---@param message string one line
---@param fields? table further fields; becomes the error table
---@return astro.Error
function failure.err(kind, message, fields)
   local err = fields or {}
   err.kind, err.message, err.attempts = kind, message, err.attempts or 0
   return setmetatable(err, core.error)
end

---The same, as a function returns it.
---@param kind astro.Kind
---@param message string
---@param fields? table
---@return nil
---@return string message
---@return astro.Error err
function failure.new(kind, message, fields)
   return nil, message, failure.err(kind, message, fields)
end

---Whether the service certainly did not do what it was asked.
---@param err astro.Error
---@return boolean
function failure.is_unprocessed(err)
   return policy.unprocessed[err.kind] or false
end

local function may_pass(err)
   return not err.final and (policy.kinds[err.kind] or policy.statuses[err.status]) or false
end

---Seconds until the next attempt; nil: this failure is the last word.
---@param err astro.Error
---@param done integer how many retries there were
---@param allowed integer how many there may be
---@param left number seconds until the deadline
---@param random fun(): number from 0 to 1
---@return number?
function failure.delay(err, done, allowed, left, random)
   if done >= allowed or not may_pass(err) then
      return nil
   end
   local delay = err.retry_after or random() * math.min(policy.longest_delay, policy.first_delay * 2 ^ done)
   return delay < left and delay or nil
end

return failure
