--- Lines for whoever watches: the client's `log` function or, if ASTRO_LOG is set, stderr.

local log = {}

local LEVELS = { debug = 1, info = 2, warn = 3, error = 4 }

---Whether a line of this level would reach anybody.
function log.is_on(to, level)
   if to then
      return true
   end
   local wanted = os.getenv "ASTRO_LOG"
   return wanted ~= nil and wanted ~= "" and LEVELS[level] >= (LEVELS[wanted] or 1)
end

---@param to? fun(level: string, text: string, fields: table)
function log.write(to, level, text, fields)
   if to then
      to(level, text, fields)
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
