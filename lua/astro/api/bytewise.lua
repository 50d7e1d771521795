--- The order of strings by their bytes. Lua's own `<` is that of the locale, except in LuaJIT.

---Whether a comes before b.
---@param a string
---@param b string
---@return boolean
local function bytewise(a, b)
   local place = 0
   while true do
      place = place + 1
      local of_a, of_b = a:byte(place), b:byte(place)
      if of_a ~= of_b or not of_a then
         return (of_a or -1) < (of_b or -1)
      end
   end
end

return bytewise
