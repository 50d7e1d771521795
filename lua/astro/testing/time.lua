--- A time that passes where somebody waits, at once. There is one in a Lua state: clients share what they know of a
--- token's rate.

local misuse = require "astro.api.misuse"

---@type astro.Time
local time = { buckets = { of = {} } }

local now = 0

---@return number seconds since the first sleep
function time.clock()
   return now
end

---@return number seconds since the epoch: this machine's clock, ahead by what has passed
function time.wall()
   return os.time() + now
end

---Lets time pass. Raises on what is no number of seconds.
---@param seconds number
function time.sleep(seconds)
   misuse.expect(seconds, "number", "seconds", "testing.time.sleep")
   if not (seconds >= 0 and seconds < math.huge) then
      misuse.raise "bad argument 'seconds' to 'testing.time.sleep' (a number from 0 on expected)"
   end
   now = now + seconds
end

return time
