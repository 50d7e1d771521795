--- Timestamps of the API, read and said in words. Pure arithmetic, no time zone but UTC. Source: RFC 3339.

local misuse = require "astro.api.misuse"

---@class astro.time
local time = {}

local MINUTE, HOUR, DAY = 60, 3600, 86400

-- As many digits of a fraction as a double tells apart; more could add up to 1.
local DIGITS_KEPT = 15

local DAYS_OF_MONTH = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function days_of_month(year, month)
   local is_leap = year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
   return month == 2 and is_leap and 29 or DAYS_OF_MONTH[month]
end

-- Days from 1970-01-01 to a date of the Gregorian calendar. Years begin in March here, so that the leap day is the
-- last.
local function days_from_civil(year, month, day)
   if month <= 2 then
      year = year - 1
   end
   local year_of_era = year % 400
   local days_before_month = (153 * ((month + 9) % 12) + 2) / 5
   local leap_days = (year_of_era - year_of_era % 4) / 4 - (year_of_era - year_of_era % 100) / 100
   local days_before_era = (year - year_of_era) / 400 * 146097
   return math.floor(
      days_before_era + year_of_era * 365 + leap_days + math.floor(days_before_month) + day - 1 - 719468
   )
end

-- The date of a day, counted from 1970-01-01: days_from_civil the other way round.
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

-- Seconds east of UTC: "Z" or "+02:00".
local function offset_of(text)
   if text == "Z" or text == "z" then
      return 0
   end
   local sign, hours, minutes = text:match "^([+-])(%d%d):(%d%d)$"
   hours, minutes = tonumber(hours), tonumber(minutes)
   if sign and hours <= 23 and minutes <= 59 then
      return (sign == "-" and -1 or 1) * (hours * HOUR + minutes * MINUTE)
   end
end

-- Whether a second is the first of a month: a leap second is the last of the month before.
local function ends_a_month(seconds)
   local _, _, day = civil_from_days(math.floor(seconds / DAY))
   return seconds % DAY == 0 and day == 1
end

local FORM = "^(%d%d%d%d)%-(%d%d)%-(%d%d)[Tt](%d%d):(%d%d):(%d%d)(%.?)(%d*)(.*)$"

---@return integer? seconds
---@return number|string fraction or why there is none
local function read(text)
   local year, month, day, hour, minute, second, point, fraction, zone = text:match(FORM)
   if not year or (point == "" and fraction ~= "") or text:find "%.%D" then
      return nil, "not a timestamp such as 2024-01-12T18:32:20.589Z"
   end
   year, month, day = tonumber(year), tonumber(month), tonumber(day)
   hour, minute, second = tonumber(hour), tonumber(minute), tonumber(second)
   local offset = offset_of(zone)
   if not offset then
      return nil, "no offset such as Z or +02:00 at its end"
   elseif month < 1 or month > 12 or day < 1 or day > days_of_month(year, month) then
      return nil, "no such day"
   elseif hour > 23 or minute > 59 or second > 60 then
      return nil, "no such time of day"
   end
   local days = days_from_civil(year, month, day)
   local seconds = days * DAY + hour * HOUR + minute * MINUTE + second - offset
   if second == 60 and not ends_a_month(seconds) then
      return nil, "a leap second that is not the last of a month"
   end
   local digits = fraction:sub(1, DIGITS_KEPT)
   return seconds, tonumber("0" .. digits) / 10 ^ #digits
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
   local seconds, fraction = read(text)
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
