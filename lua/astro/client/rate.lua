--- The API's limit of GETs a second for each token, kept by a bucket that holds a few and is refilled steadily; and
--- the pauses that the service asks for. The time is given: seconds on the client's clock.
--- Source: the API's page on rate limits; `Retry-After` is RFC 9110, 10.2.3.

local rate = {}

-- A lone call never waits; a burst is at most this long.
local CAPACITY = 4

-- Seconds. A Retry-After may be anything, an epoch or next year: nobody must lose a token to that.
rate.LONGEST_PAUSE = 300

-- Seconds after which a bucket that nobody touched is full, and no pause is left.
local FORGOTTEN = 2 * rate.LONGEST_PAUSE

---By hosts, then by tokens.
---@alias astro.Buckets table<string, table<string, astro.Bucket>>

---@type astro.Buckets
local of_real_time = {}

---@class astro.Bucket
---@field level number how many calls may start at once; below 0, how many wait for their turn
---@field at number when that was so

---@param now number
---@return astro.Bucket
function rate.new(now)
   return { level = CAPACITY, at = now }
end

local function forget_idle(buckets, now)
   for _, of_host in pairs(buckets) do
      for token, bucket in pairs(of_host) do
         if now - bucket.at > FORGOTTEN then
            of_host[token] = nil
         end
      end
   end
end

---The bucket of a token at a host. A Lua state has one for each pair.
---@param token string
---@param host string
---@param now number
---@param buckets? astro.Buckets those of another time than the real one
---@return astro.Bucket
function rate.bucket(token, host, now, buckets)
   buckets = buckets or of_real_time
   local of_host = buckets[host]
   if not of_host then
      of_host = {}
      buckets[host] = of_host
   end
   local bucket = of_host[token]
   if not bucket then
      forget_idle(buckets, now)
      bucket = rate.new(now)
      of_host[token] = bucket
   end
   return bucket
end

local function refill(bucket, now, per_second)
   bucket.level = math.min(CAPACITY, bucket.level + (now - bucket.at) * per_second)
   bucket.at = now
end

---Takes one call from the bucket if it may start at once.
---@param bucket astro.Bucket
---@param now number
---@param per_second number
---@return boolean
function rate.take(bucket, now, per_second)
   refill(bucket, now, per_second)
   if bucket.level < 1 then
      return false
   end
   bucket.level = bucket.level - 1
   return true
end

---Takes one call from the bucket, to start in its turn: behind all that took one before.
---@param bucket astro.Bucket
---@param now number
---@param per_second number
---@return number turn on the client's clock
function rate.reserve(bucket, now, per_second)
   refill(bucket, now, per_second)
   bucket.level = bucket.level - 1
   return bucket.level >= 0 and now or now - bucket.level / per_second
end

---Gives back a call that was reserved and is not used.
---@param bucket astro.Bucket
function rate.give_back(bucket)
   bucket.level = bucket.level + 1
end

---The pauses of one client, and until when. Another client starts afresh.
---@alias astro.Pauses table<astro.Bucket, number>

---@return astro.Pauses
function rate.pauses()
   return setmetatable({}, { __mode = "k" })
end

---Lets nothing of the client start for so long, at most LONGEST_PAUSE.
---@param pauses astro.Pauses
---@param bucket astro.Bucket
---@param now number
---@param seconds number
function rate.pause(pauses, bucket, now, seconds)
   local ends_at = now + math.min(seconds, rate.LONGEST_PAUSE)
   pauses[bucket] = math.max(pauses[bucket] or ends_at, ends_at)
end

---@param pauses astro.Pauses
---@param bucket astro.Bucket
---@param now number
---@return number seconds until the pause is over; 0: there is none
function rate.pause_left(pauses, bucket, now)
   local ends_at = pauses[bucket]
   return ends_at and math.max(ends_at - now, 0) or 0
end

return rate
