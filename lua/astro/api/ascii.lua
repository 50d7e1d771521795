--- Small and great letters of ASCII. Lua's own functions follow the locale, which may have other letters, and another
--- small one for I.

local ascii = {}

local LOWER, UPPER = {}, {}
for byte = ("a"):byte(), ("z"):byte() do
   local small, great = string.char(byte), string.char(byte - 32)
   LOWER[great], UPPER[small] = small, great
end

---@param text string
---@return string
function ascii.lower(text)
   return (text:gsub("[A-Z]", LOWER))
end

---@param text string
---@return string
function ascii.upper(text)
   return (text:gsub("[a-z]", UPPER))
end

return ascii
