--- Whether a failure is worth another attempt, and after how long. Pure: random numbers are given.

local schema = require "astro.api.schema"

local retry = {}

local policy = schema.retry

local function may_pass(err)
   return policy.kinds[err.kind] or policy.statuses[err.status] or false
end

---Seconds until the next attempt, or nil if this failure is the last word.
---@param err astro.Error
---@param done integer how many retries there were
---@param allowed integer how many there may be
---@param left number seconds until the deadline
---@param random fun(): number from 0 to 1
---@return number?
function retry.delay(err, done, allowed, left, random)
   if done >= allowed or not may_pass(err) then
      return nil
   end
   local delay = err.retry_after or random() * math.min(policy.longest_delay, policy.first_delay * 2 ^ done)
   return delay < left and delay or nil
end

return retry
