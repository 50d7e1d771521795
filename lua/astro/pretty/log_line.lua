--- A line of a log: time, source and text, the level in colour where the text names one.

local ascii = require "astro.api.ascii"
local epoch = require "astro.api.epoch"
local safe = require "astro.pretty.safe"
local time = require "astro.time"

local SOURCE_WIDTH = 13 -- of the longest that is known

-- The style of each level that Airflow's logs name.
local STYLES = {
   critical = "error",
   fatal = "error",
   error = "error",
   warning = "warning",
   warn = "warning",
   info = "info",
   debug = "quiet",
}

-- In UTC, such as "2026-11-27 12:00:00.250".
local function time_of(timestamp)
   local seconds = epoch.seconds(timestamp)
   if not seconds then
      return "-"
   end
   local thousandths = math.floor(seconds * 1000 + 0.5)
   return ("%s.%03d"):format(time.text(math.floor(thousandths / 1000)), thousandths % 1000)
end

-- Where a text names its level first: as a word in capitals, or as JSON's or a logger's `level`.
local function find_level(text)
   local at = text:match '"level": ?"()' or text:match "%f[A-Za-z]level=()"
   if at then
      local word = text:match("^[A-Za-z]*", at)
      return at, at + #word - 1, STYLES[ascii.lower(word)]
   end
   for first, word, after in text:gmatch "()%f[A-Za-z0-9_]([A-Z]+)%f[^A-Za-z0-9_]()" do
      if STYLES[ascii.lower(word)] then
         return first, after - 1, STYLES[ascii.lower(word)]
      end
   end
end

---@param line astro.DeploymentLogEntry
---@return astro.Line
return function(line)
   local text = safe.text((tostring(line.raw or ""):gsub("\r?\n$", "")))
   local source = ("%%-%ds"):format(SOURCE_WIDTH):format(safe.text(tostring(line.source or "-")))
   local parts = { { time_of(line.timestamp), "quiet" }, { "  " }, { source, "label" }, { "  " } }
   local first, last, style = find_level(text)
   if not style then
      parts[#parts + 1] = { text }
   else
      parts[#parts + 1] = { text:sub(1, first - 1) }
      parts[#parts + 1] = { text:sub(first, last), style }
      parts[#parts + 1] = { text:sub(last + 1) }
   end
   return parts
end
