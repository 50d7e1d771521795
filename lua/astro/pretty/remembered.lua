--- A function that remembers what it said: for those that take long, are asked the same again, and say the same then.

-- Whoever is asked more forgets all, and begins anew.
local MOST = 500

---@param f fun(value: any): any of a value other than nil gives one other than nil
---@return fun(value: any): any
local function remembered(f)
   local said, count = {}, 0
   return function(value)
      local answer = said[value]
      if answer == nil then
         if count == MOST then
            said, count = {}, 0
         end
         answer = f(value)
         said[value], count = answer, count + 1
      end
      return answer
   end
end

return remembered
