--- Cron times in words, read as the service reads them: Sunday is 0 and never 7; if neither the day of the month
--- nor that of the week is a star, a day fits by either. Source: the standard parser of robfig/cron.

local ascii = require "astro.api.ascii"
local remembered = require "astro.pretty.remembered"

local cron = {}

---@class astro.CronField
---@field least integer
---@field most integer
---@field names? table<string, integer>
---@field all integer[] its values

local MONTHS = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" }
-- Days in the order of a week. As a value Sunday is 0.
local DAYS = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" }

local function names_of(labels, count)
   local names = {}
   for value, label in ipairs(labels) do
      names[ascii.lower(label)] = value % count
   end
   return names
end

local MINUTE, HOUR = { least = 0, most = 59 }, { least = 0, most = 23 }
local DAY = { least = 1, most = 31 }
local MONTH = { least = 1, most = 12, names = names_of(MONTHS, 13) }
local WEEKDAY = { least = 0, most = 6, names = names_of(DAYS, 7) }

local NICKNAMES = {
   ["@yearly"] = "0 0 1 1 *",
   ["@annually"] = "0 0 1 1 *",
   ["@monthly"] = "0 0 1 * *",
   ["@weekly"] = "0 0 * * 0",
   ["@daily"] = "0 0 * * *",
   ["@midnight"] = "0 0 * * *",
   ["@hourly"] = "0 * * * *",
}

-- Longer lists of times or days are easier to read as cron.
local MOST_TIMES, MOST_DAYS = 4, 6

local function number_of(text, field)
   local named = field.names and field.names[ascii.lower(text)]
   return named or (text:find "^%d+$" and tonumber(text)) or nil
end

-- The first, the last and the step of "*", "1", "1-5", "*/15", "1-5/2" or "1/2".
local function read_range(text, field)
   local range, slash, step = text:match "^([^/]+)(/?)(%d*)$"
   if not range or (slash == "") ~= (step == "") then
      return nil
   elseif range == "*" or range == "?" then
      return field.least, field.most, tonumber(step) or 1
   end
   local first, last = range:match "^([^-]+)%-([^-]+)$"
   first = number_of(first or range, field)
   last = last and number_of(last, field) or not last and (slash == "" and first or field.most)
   return first, last or nil, tonumber(step) or 1
end

local function expand(values, first, last, step)
   for value = first, last, step do
      values[#values + 1] = value
   end
   return values
end

for _, field in ipairs({ MINUTE, HOUR, DAY, MONTH, WEEKDAY }) do
   field.all = expand({ is_star = true, is_all = true }, field.least, field.most, 1)
end

-- The values of a set, ascending.
local function in_order(values, field)
   local is_there, ordered = {}, { is_star = values.is_star }
   for _, value in ipairs(values) do
      is_there[value] = true
   end
   for value = field.least, field.most do
      ordered[#ordered + 1] = is_there[value] and value or nil
   end
   return ordered
end

-- The values of a field, ascending; nil for what is no field. `is_all`: it has every value; `is_star`: it says so
-- by a star. A comma too many says nothing: "1-5," is "1-5".
local function read_field(text, field)
   if text == "*" then
      return field.all
   end
   local values = {}
   for part in text:gmatch "[^,]+" do
      local first, last, step = read_range(part, field)
      if not first or not last or first < field.least or last > field.most or first > last or step < 1 then
         return nil
      end
      expand(values, first, last, step)
      values.is_star = values.is_star or (part:find "^[*?]" and step == 1)
   end
   if #values == 0 then
      return nil
   elseif text:find(",", 1, true) then
      values = in_order(values, field)
   end
   values.is_all = #values == field.most - field.least + 1
   return values
end

-- Whether ascending values are neighbours.
local function is_run(values)
   return values[#values] - values[1] == #values - 1
end

-- The n of "every n": the values are all its multiples below the limit, which it divides.
local function interval_of(values, limit)
   local n = values[2] or 0
   for i, value in ipairs(values) do
      if value ~= (i - 1) * n then
         return nil
      end
   end
   return #values * n == limit and n or nil
end

local function every(n, unit)
   return n == 1 and "every " .. unit or ("every %d %ss"):format(n, unit)
end

local function clock(hour, minute)
   return ("%02d:%02d"):format(hour, minute)
end

-- "08:00 and 20:00", "every 2 hours at minute 30", "every 15 minutes from 08:00 to 17:45"; nil for other times.
local function times_in_words(minutes, hours)
   if #minutes * #hours <= MOST_TIMES then
      local times = {}
      for _, hour in ipairs(hours) do
         for _, minute in ipairs(minutes) do
            times[#times + 1] = clock(hour, minute)
         end
      end
      return (table.concat(times, ", "):gsub(", ([^,]*)$", " and %1"))
   end
   local is_once = #minutes == 1
   local n = interval_of(is_once and hours or minutes, is_once and 24 or 60)
   local words = n and every(n, is_once and "hour" or "minute")
   if is_once and n then
      return minutes[1] == 0 and words or ("%s at minute %d"):format(words, minutes[1])
   elseif words and #hours == 24 then
      return words
   elseif (is_once or words) and is_run(hours) then
      local from, to = clock(hours[1], minutes[1]), clock(hours[#hours], minutes[#minutes])
      return ("%s from %s to %s"):format(words or "every hour", from, to)
   end
end

-- "1, 3 to 5" for 1, 3, 4 and 5, and how many parts that has.
local function runs_in_words(values, labels)
   local parts, first = {}, 1
   for i, value in ipairs(values) do
      if values[i + 1] ~= value + 1 then
         local has_middle = i > first + 1
         for j = first, i, has_middle and i - first or 1 do
            parts[#parts + 1] = labels and labels[values[j]] or ("%d"):format(values[j])
         end
         if has_middle then
            local last = table.remove(parts)
            parts[#parts] = parts[#parts] .. " to " .. last
         end
         first = i + 1
      end
   end
   return table.concat(parts, ", "), #parts
end

-- Days in the order of a week.
local function weekdays_in_words(values)
   local week = {}
   for _, value in ipairs(values) do
      week[#week + 1] = value > 0 and value or nil
   end
   week[#week + 1] = values[1] == 0 and 7 or nil
   if is_run(week) and #week == 5 and week[1] == 1 then
      return "on weekdays (Mon to Fri)"
   elseif #week == 2 and week[1] == 6 then
      return "at weekends (Sat and Sun)"
   end
   return "on " .. runs_in_words(week, DAYS)
end

-- Days, and months; nil if there are too many to tell.
---@return string? words "" for all
---@return boolean? has_days it says which
local function days_in_words(days, months, weekdays)
   local of_months = not months.is_all and runs_in_words(months, MONTHS)
   local is_either = not (days.is_star or weekdays.is_star)
   local has_days = not days.is_all and not (is_either and weekdays.is_all)
   local has_weekdays = not weekdays.is_all and not (is_either and days.is_all)
   local words = {}
   if has_days then
      local list, count = runs_in_words(days)
      if count > MOST_DAYS then
         return nil
      end
      words[1] = ("on day%s %s of %s"):format(#days > 1 and "s" or "", list, of_months or "the month")
   end
   if has_weekdays then
      words[#words + 1] = weekdays_in_words(weekdays) .. (of_months and " in " .. of_months or "")
   end
   if #words == 0 then
      return of_months and " in " .. of_months or "", false
   end
   return " " .. table.concat(words, " or "), true
end

local FIVE = "^ *([^ ]+) +([^ ]+) +([^ ]+) +([^ ]+) +([^ ]+) *$"

---A time in words: "0 20 * * 1-5" is "20:00 on weekdays (Mon to Fri), UTC".
---@param text string
---@return string? words nil for what is no cron expression, or harder to say than to read
function cron.words(text)
   local fields = { (NICKNAMES[text] or text):match(FIVE) }
   for i, field in ipairs({ MINUTE, HOUR, DAY, MONTH, WEEKDAY }) do
      fields[i] = fields[i] and read_field(fields[i], field)
      if not fields[i] then
         return nil
      end
   end
   local times = times_in_words(fields[1], fields[2])
   local days, has_days = days_in_words(fields[3], fields[4], fields[5])
   if not times or not days then
      return nil
   end
   local each = has_days or times:find "^every"
   return ("%s%s%s, UTC"):format(times, each and "" or " every day", days)
end

---A time in words if there are any; else the expression and "UTC".
---@param text string
---@return string
cron.text = remembered(function(text)
   return cron.words(text) or text .. (text:find(FIVE) and " (UTC)" or "")
end)

return cron
