--- The API's limit of GETs a second for each token, kept by a bucket that holds a few and is refilled steadily; and
--- the pauses that the service asks for. The time is given: seconds on the client's clock.
--- Source: the API's page on rate limits; `Retry-After` is RFC 9110, 10.2.3.

local rate = {}

-- A lone call never waits; a burst is at most this long.
rate.CAPACITY = 4

-- Seconds. A Retry-After may be anything, an epoch or next year: nobody must lose a token to that.
rate.LONGEST_PAUSE = 300

-- Seconds after which a bucket that nobody touched is full, and no pause is left.
local FORGOTTEN = 2 * rate.LONGEST_PAUSE

---@class astro.Buckets
---@field of table<string, table<string, astro.Bucket>> by hosts, then by tokens
---@field new? fun(now: number, token: string, host: string): astro.Bucket makes them, by default `rate.new`

---@type astro.Buckets
local of_real_time = { of = {} }

---@class astro.Bucket
---@field capacity integer the most that may start at once
---@field level number how many calls may start at once; below 0, how many wait for their turn
---@field at number when that was so
---@field tell_pause? fun(self: astro.Bucket, now: number, ends_at: number) tells others who have the token of a pause
---@field told_pause? fun(self: astro.Bucket): number? until when others were told to pause
local Bucket = {}
Bucket.__index = Bucket

---@param now number
---@param capacity? integer in place of CAPACITY
---@return astro.Bucket
function rate.new(now, capacity)
   capacity = capacity or rate.CAPACITY
   return setmetatable({ capacity = capacity, level = capacity, at = now }, Bucket)
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
---@param buckets? astro.Buckets in place of those of this Lua state in real time
---@return astro.Bucket
function rate.bucket(token, host, now, buckets)
   buckets = buckets or of_real_time
   local of_host = buckets.of[host]
   if not of_host then
      of_host = {}
      buckets.of[host] = of_host
   end
   local bucket = of_host[token]
   if not bucket then
      forget_idle(buckets.of, now)
      bucket = buckets.new and buckets.new(now, token, host) or rate.new(now)
      of_host[token] = bucket
   end
   return bucket
end

local function refill(self, now, per_second)
   self.level = math.min(self.capacity, self.level + (now - self.at) * per_second)
   self.at = now
end

---Takes one call from the bucket if it may start at once.
---@param now number
---@param per_second number
---@return boolean
function Bucket:take(now, per_second)
   refill(self, now, per_second)
   if self.level < 1 then
      return false
   end
   self.level = self.level - 1
   return true
end

---Takes one call from the bucket, to start in its turn: behind all that took one before.
---@param now number
---@param per_second number
---@return number turn on the client's clock
---@return number? slot what to give back, where a bucket tells its calls apart
function Bucket:reserve(now, per_second)
   refill(self, now, per_second)
   self.level = self.level - 1
   return self.level >= 0 and now or now - self.level / per_second
end

---Gives back a call that was reserved and is not used.
---@param slot? number that came with its turn
function Bucket:give_back(slot) -- luacheck: ignore slot
   self.level = self.level + 1
end

---The pauses of one client, and until when. Another starts afresh, unless it shares the bucket beyond a Lua state.
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
   if bucket.tell_pause then
      bucket:tell_pause(now, ends_at)
   end
end

---@param pauses astro.Pauses
---@param bucket astro.Bucket
---@param now number
---@return number seconds until the pause is over; 0: there is none
function rate.pause_left(pauses, bucket, now)
   local ends_at = pauses[bucket]
   if bucket.told_pause then
      ends_at = math.max(ends_at or 0, bucket:told_pause() or 0)
   end
   return ends_at and math.max(ends_at - now, 0) or 0
end

return rate
