--- When something began, as a caller says it: seconds since the epoch, a time, or how long ago.

local misuse = require "astro.api.misuse"
local till = require "astro.client.till"
local time = require "astro.time"

local moment = {}

---Raises on what is none.
---@param value number|string seconds since the epoch, how long ago, such as "2h", or a time by RFC 3339
---@param now number seconds since the epoch
---@param name string the option's
---@param to string the method that was given it
---@return number seconds since the epoch
function moment.read(value, now, name, to)
   if type(value) == "number" then
      return value
   end
   local ago = till.duration(value)
   if ago then
      return now - ago
   end
   local seconds, fraction = time.parse(value)
   if not seconds then
      local text = "bad option '%s' to '%s' (a duration such as '2h' or a timestamp expected: %s)"
      misuse.raise(text:format(name, to, fraction or "the year 0001"))
   end
   return seconds + fraction
end

return moment
