--- Timestamps of the API, read and said in words. Pure, no time zone but UTC. Source: RFC 3339.

local core = require "astro.core"
local misuse = require "astro.api.misuse"

---@class astro.time
local time = {}

local MINUTE, HOUR, DAY = 60, 3600, 86400

-- The date of a day of the Gregorian calendar, counted from 1970-01-01. Years begin in March here, so that the leap
-- day is the last.
local function civil_from_days(days)
   days = days + 719468
   local era = math.floor(days / 146097)
   local day_of_era = days - era * 146097
   local leap_days = math.floor(day_of_era / 1460)
      - math.floor(day_of_era / 36524)
      + math.floor(day_of_era / 146096)
   local year_of_era = math.floor((day_of_era - leap_days) / 365)
   local day_of_year = day_of_era
      - (365 * year_of_era + math.floor(year_of_era / 4) - math.floor(year_of_era / 100))
   local shifted = math.floor((5 * day_of_year + 2) / 153)
   local day = day_of_year - math.floor((153 * shifted + 2) / 5) + 1
   local month = (shifted + 2) % 12 + 1
   return year_of_era + era * 400 + (month <= 2 and 1 or 0), month, day
end

---Reads a timestamp of the API. A leap second (`23:59:60Z`) may only stand at the end of a month, and counts as the
---second after it. Raises on what is no string.
---@param text? string the year 0001 means unset
---@return integer? seconds since 1970-01-01T00:00:00Z; nil alone for nil and for what is unset
---@return number|string|nil fraction from 0 to below 1; the message where the text is no timestamp
function time.parse(text)
   if text == nil then
      return nil
   end
   misuse.expect(text, "string", "text", "time.parse")
   local seconds, fraction = core.timestamp(text)
   if not seconds then
      local shown = text:sub(1, 40):gsub("[^\32-\126]", "?")
      return nil, ("bad timestamp '%s': %s"):format(shown, fraction)
   elseif text:sub(1, 4) == "0001" then
      return nil
   end
   return seconds, fraction
end

-- There are no dates beyond.
local MOST_SECONDS = 1e15

local function expect_seconds(value, name, to)
   misuse.expect(value, "number", name, to)
   if not (value >= -MOST_SECONDS and value <= MOST_SECONDS) then
      misuse.raise(("bad argument '%s' to '%s' (seconds expected, got %s)"):format(name, to, value))
   end
end

---A time in UTC, such as "2024-01-12 18:32:20". Raises on what is no number of seconds.
---@param seconds number since the epoch
---@return string
function time.text(seconds)
   expect_seconds(seconds, "seconds", "time.text")
   seconds = math.floor(seconds)
   local year, month, day = civil_from_days(math.floor(seconds / DAY))
   local rest = seconds % DAY
   local hour, minute = math.floor(rest / HOUR), math.floor(rest % HOUR / MINUTE)
   return ("%04d-%02d-%02d %02d:%02d:%02d"):format(year, month, day, hour, minute, rest % MINUTE)
end

local UNITS = { { 365 * DAY, "y" }, { DAY, "d" }, { HOUR, "h" }, { MINUTE, "min" } }

---How far away a time is: "3 d ago", "5 min ago", "just now" (less than a minute away), "in 2 h". A part of a unit is
---left out. Raises on what is no number of seconds.
---@param t? number seconds since the epoch
---@param now? number likewise; by default the clock's
---@return string? text nil for nil
function time.ago(t, now)
   if t == nil then
      return nil
   end
   now = now or os.time()
   expect_seconds(t, "t", "time.ago")
   expect_seconds(now, "now", "time.ago")
   local past = now - t
   for _, unit in ipairs(UNITS) do
      local count = math.floor(math.abs(past) / unit[1])
      if count >= 1 then
         return (past > 0 and "%d %s ago" or "in %d %s"):format(count, unit[2])
      end
   end
   return "just now"
end

return time
