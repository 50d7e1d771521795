--- Numbers as people and the API write them. `tonumber` asks the locale for the decimal point in some Luas.

---@param text string such as "12", "-0.25", "1.5e-3"
---@return number? nil where it is no number
local function decimal(text)
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

return decimal
