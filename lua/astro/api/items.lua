--- The Deployments that a function is given: a list of them, or what gives one after the other.

local list = require "astro.api.list"
local misuse = require "astro.api.misuse"

local function next_of(given, name, to)
   if type(given) == "function" then
      return given
   end
   list.expect(given, ("argument '%s'"):format(name), "a list or an iterator", to)
   local place = 0
   return function()
      place = place + 1
      return given[place]
   end
end

---An iterator over the Deployments. Raises on what is neither a list nor an iterator, and on an item that is no
---table.
---@param given astro.Deployments
---@param name string the argument's
---@param to string the function that was given it
---@return fun(): table?
local function items(given, name, to)
   local next_one, place = next_of(given, name, to), 0
   return function()
      local item = next_one()
      place = place + 1
      if item ~= nil and type(item) ~= "table" then
         local text = "bad argument '%s' to '%s' (tables expected, got a %s at %d)"
         misuse.raise(text:format(name, to, type(item), place))
      end
      return item
   end
end

return items
