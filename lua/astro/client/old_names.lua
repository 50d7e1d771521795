--- The old names by which a program reads fields. The log is told of each once; where ASTRO_LOG wants it, stderr has
--- all of them, with their places, when the program ends.

local core = require "astro.core"
local log = require "astro.client.log"

local old_names = {}

local NOBODY = {} -- in place of a log

local told = setmetatable({}, { __mode = "k" }) -- by log, then by name

local listed, is_full = {}, false -- the lines for the end

-- The reader's file and line: the nearest Lua code from a level on.
local function place_at(level)
   local info
   repeat
      level = level + 1
      info = debug.getinfo(level, "Sl")
   until not info or info.currentline > 0
   return info and ("%s:%d"):format(core.one_line(info.short_src), info.currentline) or "?"
end

local function list(line)
   if listed[line] or is_full then
      return
   end
   listed[line] = true
   is_full = not core.at_exit(line)
   if is_full then
      log.write(nil, "info", "more old names are read than can be listed when the program ends", {})
   end
end

---Takes notice of a read by a name that is gone.
---@param name string
---@param new string what the field is called now
---@param to_log? function the client's log
function old_names.note(name, new, to_log)
   local of_log = told[to_log or NOBODY] or {}
   told[to_log or NOBODY] = of_log
   local is_listed = log.is_on(nil, "info")
   if of_log[name] and not is_listed then
      return
   end
   local place = place_at(4) -- behind this function, `read` and `__index` of names.lua
   if is_listed then
      list(("astro: info: at its end: %s, now %s, was read at %s"):format(name, new, place))
   end
   if not of_log[name] then
      of_log[name] = true
      local text = "%s is called %s by API version v1; %s reads the old name"
      log.write(to_log, "warn", text:format(name, new, place), {})
   end
end

return old_names
