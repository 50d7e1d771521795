--- Text that cannot break out of its place: characters that would act on a terminal are shown instead.

local codepoints = require "astro.pretty.codepoints"
local core = require "astro.core"

local safe = {}

safe.REPLACEMENT = "\239\191\189" -- U+FFFD

---Whether a character acts on a terminal: C0, DEL, C1, line and paragraph separators, marks and overrides of the
---writing's direction.
---@param code integer
function safe.is_control(code)
   return code < 0x20
      or (code >= 0x7F and code <= 0x9F)
      or code == 0x61C
      or code == 0x200E
      or code == 0x200F
      or (code >= 0x2028 and code <= 0x202E)
      or (code >= 0x2066 and code <= 0x2069)
end

local SHORT = { [9] = "\\t", [10] = "\\n", [13] = "\\r" }

-- The character as Lua writes it: few fonts have Unicode's pictures of control characters.
local function shown(character, code)
   if not code then
      return safe.REPLACEMENT
   elseif safe.is_control(code) then
      return SHORT[code] or (code < 0x80 and "\\%d" or "\\u{%X}"):format(code)
   end
   return character
end

local function shown_run(run)
   local parts = {}
   for character, code in codepoints(run) do
      parts[#parts + 1] = shown(character, code)
   end
   return table.concat(parts)
end

---A text as one line of valid UTF-8: a line break is shown as `\n`, an escape as `\27`, an override of the
---direction as `\u{202E}`, a byte that is no UTF-8 as U+FFFD.
---@param text string
---@return string
function safe.text(text)
   if core.is_safe(text) then
      return text
   end
   return (text:gsub("[^\32-\126]+", shown_run))
end

return safe
