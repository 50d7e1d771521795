--- A table that makes what it is asked for the first time, and has it from then on: for few keys.

---@param make fun(key: any): any
---@return table<any, any>
return function(make)
   return setmetatable({}, {
      __index = function(made, key)
         local value = make(key)
         made[key] = value
         return value
      end,
   })
end
