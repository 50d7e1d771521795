--- The API's limit of GETs a second for each token: a bucket that holds a few and is refilled steadily.
--- Pure but for the table of buckets: the time is given.

local rate = {}

--- A lone call never waits; a burst is at most this long.
local CAPACITY = 4

--- A bucket that nobody touched for so many seconds says nothing any more.
local FORGOTTEN = 60

local buckets = {}

---@class astro.Bucket
---@field level number how many calls may start at once
---@field at number when that was so
---@field paused_until number nothing starts before

---@return astro.Bucket
function rate.new(now)
   return { level = CAPACITY, at = now, paused_until = now }
end

local function forget_idle(now)
   for token, bucket in pairs(buckets) do
      if now - math.max(bucket.at, bucket.paused_until) > FORGOTTEN then
         buckets[token] = nil
      end
   end
end

---The bucket of a token, one for each Lua state.
---@return astro.Bucket
function rate.bucket(token, now)
   local bucket = buckets[token]
   if not bucket then
      forget_idle(now)
      bucket = rate.new(now)
      buckets[token] = bucket
   end
   return bucket
end

---Takes one call from the bucket and gives 0, or gives the seconds after which to ask again.
---@param per_second number|false false: no limit but the service's pauses
---@return number seconds
---@return "pause"|"rate"|nil why the service asked for it, or the bucket is empty
function rate.take(bucket, now, per_second)
   if now < bucket.paused_until then
      return bucket.paused_until - now, "pause"
   elseif not per_second then
      bucket.at = now
      return 0
   end
   bucket.level = math.min(CAPACITY, bucket.level + (now - bucket.at) * per_second)
   bucket.at = now
   if bucket.level < 1 then
      return (1 - bucket.level) / per_second, "rate"
   end
   bucket.level = bucket.level - 1
   return 0
end

---Lets nothing start for so long: the service said that it is too much.
function rate.pause(bucket, now, seconds)
   bucket.paused_until = math.max(bucket.paused_until, now + seconds)
end

return rate
