--- Times of logs, of which the API does not say whether they count seconds or milliseconds.

local epoch = {}

-- As seconds this is the year 5138, as milliseconds 1973: no log is of either.
local NO_SECONDS = 1e11

---Seconds since the epoch of a number that counts them, or thousandths, millionths and so on of them: told by its size.
---@param number any
---@return number? seconds nil for what is no finite number
function epoch.seconds(number)
   if type(number) ~= "number" or number ~= number or math.abs(number) == math.huge then
      return nil
   end
   while math.abs(number) >= NO_SECONDS do
      number = number / 1000
   end
   return number
end

return epoch
