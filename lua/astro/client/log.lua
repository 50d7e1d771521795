--- Lines for the client's `log` function; without one and if ASTRO_LOG is set, for stderr.

local ascii = require "astro.api.ascii"
local core = require "astro.core"

local log = {}

local LEVELS = { debug = 1, info = 2, warn = 3, error = 4 }

-- Values of ASTRO_LOG for no lines at all. A value that is neither one of these nor a level means all lines.
local OFF = { [""] = true, off = true, none = true, ["false"] = true, ["0"] = true }

---Whether a line of a level would reach anybody.
---@param to? function the client's log
---@param level "debug"|"info"|"warn"|"error"
---@return boolean
function log.is_on(to, level)
   if to then
      return true
   end
   local wanted = ascii.lower(os.getenv "ASTRO_LOG" or "")
   return not OFF[wanted] and LEVELS[level] >= (LEVELS[wanted] or LEVELS.debug)
end

local told = setmetatable({}, { __mode = "k" })

---Tells on stderr of the first error that a function raised whose errors change no result.
---@param what string
---@param f function
---@param raised any
function log.complain(what, f, raised)
   if not told[f] then
      told[f] = true
      io.stderr:write(("astro: %s raised: %s\n"):format(what, core.one_line(tostring(raised))))
   end
end

---Writes one line.
---@param to? fun(level: string, text: string, fields: table)
---@param level "debug"|"info"|"warn"|"error"
---@param text string one line
---@param fields table
function log.write(to, level, text, fields)
   if to then
      local ok, raised = pcall(to, level, text, fields)
      if not ok then
         log.complain("the log function", to, raised)
      end
   elseif log.is_on(to, level) then
      io.stderr:write(("astro: %s: %s\n"):format(level, text))
   end
end

---Writes what somebody must read: where nobody asked for lines, for stderr.
---@param to? function the client's log
---@param text string one line
function log.insist(to, text)
   if log.is_on(to, "error") then
      log.write(to, "error", text, {})
   else
      io.stderr:write(("astro: error: %s\n"):format(text))
   end
end

---Tells of one attempt, as it ended.
---@param to? function
---@param fields { method: string, path: string, status?: integer, kind?: astro.Kind, ms: integer, attempt: integer, request_id?: string }
---ms: milliseconds that it took
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
