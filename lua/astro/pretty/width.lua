--- How many columns a text takes in a terminal, and texts made to fit some. Texts are safe ones.

local codepoints = require "astro.pretty.codepoints"
local ranges = require "astro.pretty.ranges"

local width = {}

--- Whether a code lies in one of the ranges, which ascend.
local function is_in(list, code)
   local low, high = 1, #list / 2
   while low <= high do
      local middle = math.floor((low + high) / 2)
      if code < list[2 * middle - 1] then
         high = middle - 1
      elseif code > list[2 * middle] then
         low = middle + 1
      else
         return true
      end
   end
   return false
end

local function of_code(code)
   if not code or code < 0x300 then
      return 1
   elseif is_in(ranges.zero, code) then
      return 0
   end
   return is_in(ranges.wide, code) and 2 or 1
end

---@param text string
---@return integer columns
function width.of(text)
   if not text:find "[\128-\255]" then
      return #text
   end
   local columns = 0
   for _, code in codepoints(text) do
      columns = columns + of_code(code)
   end
   return columns
end

---The text where it fits, else its beginning and "…".
---@param text string
---@param columns integer at least 1
function width.cut(text, columns)
   if width.of(text) <= columns then
      return text
   end
   local parts, used = {}, 0
   for character, code in codepoints(text) do
      used = used + of_code(code)
      if used > columns - 1 then
         break
      end
      parts[#parts + 1] = character
   end
   return table.concat(parts) .. "…"
end

---The blanks that fill a text up to some columns.
---@param text string
---@param columns integer
function width.blanks(text, columns)
   return (" "):rep(math.max(0, columns - width.of(text)))
end

---The text in lines of at most so many columns, broken at blanks; a longer word stays whole.
---@param text string
---@param columns integer
---@return string[]
function width.wrap(text, columns)
   local lines, line = {}, nil
   for blanks, word in text:gmatch "( *)([^ ]+)" do
      if not line then
         line = word
      elseif width.of(line) + #blanks + width.of(word) <= columns then
         line = line .. blanks .. word
      else
         lines[#lines + 1] = line
         line = word
      end
   end
   lines[#lines + 1] = line
   return lines
end

return width
