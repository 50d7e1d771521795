--- Cron times in words, for the forms that people use.

local cron = {}

local DAYS = { [0] = "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" }
local NUMBERS = { sun = "0", mon = "1", tue = "2", wed = "3", thu = "4", fri = "5", sat = "6" }

local WHOLE = {
   ["*"] = "every day",
   ["1-5"] = "on weekdays (Mon to Fri)",
   ["0,6"] = "at weekends (Sat and Sun)",
   ["6,0"] = "at weekends (Sat and Sun)",
   ["6-7"] = "at weekends (Sat and Sun)",
}

local function day_of(digit)
   return digit:find "^[0-7]$" and DAYS[tonumber(digit)]
end

--- "on Mon, Wed to Fri" for "1,3-5".
local function days_in_words(text)
   text = text:gsub("%a%a%a", function(name)
      return NUMBERS[name:lower()]
   end)
   if WHOLE[text] then
      return WHOLE[text]
   end
   local parts = {}
   for part in (text .. ","):gmatch "(.-)," do
      local first, last = part:match "^(%d)%-(%d)$"
      local from, to = day_of(first or part), day_of(last or part)
      if not from or not to then
         return nil
      end
      parts[#parts + 1] = first and from .. " to " .. to or from
   end
   return "on " .. table.concat(parts, ", ")
end

local function number_of(text, least, most)
   local number = text:find "^%d%d?$" and tonumber(text)
   return number and number >= least and number <= most and number or nil
end

---"0 20 * * 1-5" is "20:00 on weekdays (Mon to Fri), UTC": one time of day, on some days of the week or on one
---of the month.
---@param text string
---@return string? words nil for any other form
function cron.words(text)
   local minute, hour, day, month, weekday = text:match "^%s*(%S+)%s+(%S+)%s+(%S+)%s+(%S+)%s+(%S+)%s*$"
   if not minute or month ~= "*" then
      return nil
   end
   minute, hour = number_of(minute, 0, 59), number_of(hour, 0, 23)
   local days
   if day == "*" then
      days = days_in_words(weekday)
   elseif weekday == "*" and number_of(day, 1, 31) then
      days = ("on day %d of the month"):format(day)
   end
   return minute and hour and days and ("%02d:%02d %s, UTC"):format(hour, minute, days) or nil
end

return cron
