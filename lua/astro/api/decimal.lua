--- Numbers as people and the API write them. Lua's own functions ask the locale for the decimal point.

local decimal = {}

---@param text string such as "12", "-0.25", "1.5e-3"
---@return number? number nil for what is none
function decimal.read(text)
   local sign, whole, fraction, exponent = text:match "^([+-]?)(%d*)%.?(%d*)(.*)$"
   exponent = exponent == "" and "0" or (exponent or ""):match "^[eE]([+-]?%d+)$"
   if not exponent or whole .. fraction == "" then
      return nil
   end
   local number = tonumber(whole .. fraction)
   local shift = tonumber(exponent) - #fraction
   number = shift < 0 and number / 10 ^ -shift or number * 10 ^ shift
   return sign == "-" and -number or number
end

local WHOLE_LIMIT = 2 ^ 53

---The shortest decimal that is the same number; nil for what is no finite number.
---@param value number
---@return string?
function decimal.write(value)
   local is_whole = value % 1 == 0
   if is_whole and value < WHOLE_LIMIT and value > -WHOLE_LIMIT then
      return ("%d"):format(value)
   elseif value ~= value or value == math.huge or value == -math.huge then
      return nil
   elseif is_whole and tostring(value):find "^-?%d+$" then
      return ("%d"):format(value)
   end
   for digits = 15, 17 do
      local text = ("%%.%dg"):format(digits):format(value)
      if tonumber(text) == value then
         return (text:gsub("[^0-9e+-]+", ".")) -- whatever the locale's point is
      end
   end
end

return decimal
