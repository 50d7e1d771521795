--- Modules that are loaded when they are first touched.

-- Lua 5.1 and LuaJIT hold a module whose loading broke, as where memory ended, for one that is being loaded, for ever.
-- What marks it is a light userdata, and in LuaJIT what calls itself a number.
local MARKS = { userdata = true, number = true }

local function forget_unfinished()
   for name, value in next, package.loaded do
      if type(name) == "string" and name:find "^astro%." and MARKS[type(value)] then
         package.loaded[name] = nil
      end
   end
end

---What `require` gives of one of our modules, as often as it is asked.
---@param name string
---@return table
return function(name)
   local loaded = package.loaded[name]
   if type(loaded) == "table" then
      return loaded
   end
   local ok, module = pcall(require, name)
   if not ok then
      forget_unfinished()
      error(module, 0)
   end
   return module
end
