--- UTF-8, character by character, for every Lua.

local decode = require "astro.pretty.decode"

---Iterates over a text: each character and its code. A byte that belongs to no character comes alone, without a code.
---@param text string
---@return fun(): string?, integer?
local function codepoints(text)
   local position = 1
   return function()
      if position > #text then
         return nil
      end
      local first = position
      local last, code = decode(text, first)
      position = last + 1
      return text:sub(first, last), code
   end
end

return codepoints
