--- Text by grapheme clusters, which a reader takes for one character each, and how many columns a terminal gives
--- them.
--- Source: UAX #29 and UAX #11 of Unicode.

local decode = require "astro.pretty.decode"
local ranges = require "astro.pretty.ranges"
local remembered = require "astro.pretty.remembered"

local JOINER, EMOJI_STYLE = 0x200D, 0xFE0F

-- Whether a code lies in one of the ranges. They ascend.
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

local columns_beyond_latin = remembered(function(code)
   if is_in(ranges.zero, code) then
      return 0
   end
   return code >= ranges.wide[1] and is_in(ranges.wide, code) and 2 or 1
end)

local function columns_of(code)
   return (not code or code < 0x300) and 1 or columns_beyond_latin(code)
end

local function is_flag_letter(code)
   return code >= 0x1F1E6 and code <= 0x1F1FF
end

local function is_skin_tone(code)
   return code >= 0x1F3FB and code <= 0x1F3FF
end

-- A consonant that begins a syllable of Hangul; "ᄀ" and the vowel behind it are one cluster.
local function is_leading_jamo(code)
   return (code >= 0x1100 and code <= 0x115F) or (code >= 0xA960 and code <= 0xA97C)
end

local function is_syllable(code)
   return code >= 0xAC00 and code <= 0xD7A3
end

-- "#", "*" and digits: in the style of emoji they are keys.
local function is_key(code)
   return code == 0x23 or code == 0x2A or (code >= 0x30 and code <= 0x39)
end

-- The columns of a cluster that a code joins; nil if the code begins another cluster.
---@param first integer the cluster's first code
---@param last integer its last so far
---@param columns integer what it takes so far
---@param code integer
---@param own integer what the code would take alone
local function joined(first, last, columns, code, own)
   if code == EMOJI_STYLE and (is_key(first) or is_in(ranges.pictographic, first)) then
      return 2
   elseif own == 0 then
      return columns
   elseif last == JOINER or is_skin_tone(code) then
      local is_one = is_in(ranges.pictographic, first)
         and (last ~= JOINER or is_in(ranges.pictographic, code))
      return is_one and 2 or nil
   elseif is_flag_letter(code) then
      return first == last and is_flag_letter(first) and 2 or nil
   elseif is_leading_jamo(last) and (is_leading_jamo(code) or is_syllable(code)) then
      return 2
   end
end

-- The end of the cluster behind a position, and how many columns it has.
local function next_cluster(text, at)
   if at >= #text then
      return nil
   end
   local last, first_code = decode(text, at + 1)
   local last_code, columns = first_code, columns_of(first_code)
   while last_code and (text:byte(last + 1) or 0) >= 0x80 do
      local behind, code = decode(text, last + 1)
      local together = code and joined(first_code, last_code, columns, code, columns_of(code))
      if not together then
         break
      end
      last, last_code, columns = behind, code, together
   end
   return last, columns
end

---Iterates over a text: the last position of each cluster and how many columns it has. A byte that is no UTF-8 is a
---cluster.
---@param text string
---@return fun(text: string, at: integer): (last: integer?, columns: integer?)
---@return string text
---@return integer at
local function clusters(text)
   return next_cluster, text, 0
end

return clusters
