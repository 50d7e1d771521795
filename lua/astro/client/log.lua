--- Lines for whoever watches: the client's `log` function or, if ASTRO_LOG is set, stderr.

local log = {}

local LEVELS = { debug = 1, info = 2, warn = 3, error = 4 }

-- What ASTRO_LOG may say for no lines at all. What is none of these and no level stands for all of them.
local OFF = { [""] = true, off = true, none = true, ["false"] = true, ["0"] = true }

---Whether a line of this level would reach anybody.
function log.is_on(to, level)
   if to then
      return true
   end
   local wanted = (os.getenv "ASTRO_LOG" or ""):lower()
   return not OFF[wanted] and LEVELS[level] >= (LEVELS[wanted] or LEVELS.debug)
end

local told = setmetatable({}, { __mode = "k" })

-- What a log function raises changes no result; it is told once.
local function complain(to, raised)
   if not told[to] then
      told[to] = true
      io.stderr:write(("astro: the log function raised: %s\n"):format(tostring(raised)))
   end
end

---@param to? fun(level: string, text: string, fields: table)
function log.write(to, level, text, fields)
   if to then
      local ok, raised = pcall(to, level, text, fields)
      if not ok then
         complain(to, raised)
      end
   elseif log.is_on(to, level) then
      io.stderr:write(("astro: %s: %s\n"):format(level, text))
   end
end

---One attempt, as it ended.
function log.attempt(to, fields)
   if not log.is_on(to, "debug") then
      return
   end
   local request = fields.request_id and (", request " .. fields.request_id) or ""
   local text = ("%s %s: %s in %d ms (attempt %d%s)"):format(
      fields.method,
      fields.path,
      fields.status or fields.kind,
      fields.ms,
      fields.attempt,
      request
   )
   log.write(to, "debug", text, fields)
end

return log
