--- Tells a slip of the finger from an enum value that is newer than this library.

local core = require "astro.core"

local slip = {}

---The known value that a word was meant to be; nil if it is one, or is not close to any. Close are two
---letters at most, and fewer than half of them: any three letters are within two of AWS.
---@param word string
---@param known string[]
---@return string? meant
function slip.find(word, known)
   local near, distance = core.nearest(word, known)
   if near ~= word and distance <= 2 and distance < #near / 2 then
      return near
   end
end

return slip
