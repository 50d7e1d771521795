--- A line that passes: it is drawn over the one before, and does not stay.

local safe = require "astro.pretty.safe"
local surface = require "astro.pretty.surface"
local width = require "astro.pretty.width"

-- Source: Erase in Line of ECMA-48.
local ERASE_TO_END = "\27[K"

---@param text string "": no line
---@return string? bytes for stderr; nil: that takes none
return function(text)
   local columns = surface "stderr"
   if not columns then
      return nil
   end
   -- Behind the last column some terminals go on in the next line.
   return "\r" .. width.cut(safe.text(text), math.max(columns - 1, 1)) .. ERASE_TO_END
end
