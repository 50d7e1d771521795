--- One character of UTF-8.

local function is_behind(byte)
   return byte ~= nil and byte >= 0x80 and byte <= 0xBF
end

---The last position of the character that begins at a position, and its code. A byte that belongs to no character
---comes alone, without a code.
---@param text string
---@param first integer
---@return integer last
---@return integer? code
local function decode(text, first)
   local lead, second, third, fourth = text:byte(first, first + 3)
   if lead < 0x80 then
      return first, lead
   elseif lead < 0xC2 or lead > 0xF4 or not is_behind(second) then
      return first, nil
   elseif lead < 0xE0 then
      return first + 1, (lead - 0xC0) * 0x40 + second - 0x80
   elseif not is_behind(third) then
      return first, nil
   elseif lead < 0xF0 then
      local code = ((lead - 0xE0) * 0x40 + second - 0x80) * 0x40 + third - 0x80
      local is_one = code >= 0x800 and (code < 0xD800 or code > 0xDFFF)
      return is_one and first + 2 or first, is_one and code or nil
   elseif not is_behind(fourth) then
      return first, nil
   end
   local code = (((lead - 0xF0) * 0x40 + second - 0x80) * 0x40 + third - 0x80) * 0x40 + fourth - 0x80
   local is_one = code >= 0x10000 and code <= 0x10FFFF
   return is_one and first + 3 or first, is_one and code or nil
end

return decode
