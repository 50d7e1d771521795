--- When something is to end, as a caller says it: after so many seconds, a duration such as "1h30m", or at a time.

local misuse = require "astro.api.misuse"
local time = require "astro.time"

local till = {}

local SECONDS = { s = 1, m = 60, h = 3600, d = 86400 }

-- What a second reading may be off by, of a duration: a part of it, and seconds at most.
local SLACK_PART, MOST_SLACK = 0.1, 60

---The seconds of a duration, such as "1h30m" or 5400; nil: it is none.
---@param given number|string
---@return number? seconds
function till.duration(given)
   if type(given) == "number" then
      return given
   end
   local seconds = 0
   local rest = given:gsub("(%d+)([smhd])", function(count, unit)
      seconds = seconds + tonumber(count) * SECONDS[unit]
      return ""
   end)
   return rest == "" and seconds or nil
end

---@class astro.Till
---@field at integer seconds since the epoch
---@field text string the same by RFC 3339
---@field slack number seconds by which another time may differ and be taken for this

---Reads an option that is checked by its row. Raises on text that says no time.
---@param given? number|string seconds from now, a duration, or a time by RFC 3339
---@param row table the option's
---@param now number seconds since the epoch
---@param to string the function that was given it
---@return astro.Till? till nil for nil
function till.read(given, row, now, to)
   if given == nil then
      return nil
   end
   local seconds, at = till.duration(given), nil
   if not seconds then
      at = time.parse(given)
   elseif seconds >= row.min and seconds <= row.max then
      at = math.floor(now + seconds)
   end
   if not at then
      misuse.raise(
         ("bad option '%s' to '%s' (a time such as 2026-12-24T18:00:00Z or a duration such as 1h30m expected)"):format(
            row.name,
            to
         )
      )
   end
   return {
      at = at,
      text = time.text(at):gsub(" ", "T") .. "Z",
      slack = seconds and math.min(seconds * SLACK_PART, MOST_SLACK) or 0,
   }
end

return till
