--- The terminal on which a program prints.

local core = require "astro.core"
local misuse = require "astro.api.misuse"

---@class astro.terminal
local terminal = {}

local DESCRIPTORS = { stdout = 1, stderr = 2 }

-- Of a terminal that does not say how wide it is, such as a serial line.
local USUAL = 80

---How many columns a terminal has: what the variable `COLUMNS` says, else the terminal itself, else 80. Raises on
---misuse.
---@param stream? "stdout"|"stderr" stdout where none is said
---@return integer? columns nil: the stream is no terminal
function terminal.columns(stream)
   local descriptor = DESCRIPTORS[stream == nil and "stdout" or stream]
   if not descriptor then
      local text = "bad argument 'stream' to 'terminal.columns' ('stdout' or 'stderr' expected, got %s)"
      misuse.raise(text:format(type(stream)))
   end
   local own = core.columns(descriptor)
   if not own then
      return nil
   end
   local said = tonumber((os.getenv "COLUMNS" or ""):match "^%d%d?%d?%d?$")
   return said and said > 0 and said or (own > 0 and own or USUAL)
end

return terminal
