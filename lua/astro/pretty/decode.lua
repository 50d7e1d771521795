--- One character of UTF-8.

-- By the count of bytes behind the lead byte: the bits of the lead byte that count, and the least code that needs so
-- many.
local MODULUS = { 32, 16, 8 }
local LEAST = { 0x80, 0x800, 0x10000 }

local function count_behind(lead)
   if lead >= 0xC2 and lead <= 0xDF then
      return 1
   elseif lead >= 0xE0 and lead <= 0xEF then
      return 2
   elseif lead >= 0xF0 and lead <= 0xF4 then
      return 3
   end
end

---The last position of the character that begins at a position, and its code. A byte that belongs to no character
---comes alone, without a code.
---@param text string
---@param first integer
---@return integer last
---@return integer? code
local function decode(text, first)
   local lead = text:byte(first)
   if lead < 0x80 then
      return first, lead
   end
   local count = count_behind(lead)
   if not count then
      return first, nil
   end
   local code = lead % MODULUS[count]
   for i = first + 1, first + count do
      local byte = text:byte(i)
      if not byte or byte < 0x80 or byte > 0xBF then
         return first, nil
      end
      code = code * 64 + byte - 0x80
   end
   if code < LEAST[count] or code > 0x10FFFF or (code >= 0xD800 and code <= 0xDFFF) then
      return first, nil
   end
   return first + count, code
end

return decode
