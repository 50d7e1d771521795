--- What counts as a list. JSON's [] and {} decode to the same empty table, which may be either.

local misuse = require "astro.api.misuse"

local list = {}

---How many items a list has.
---@param value any
---@return integer? count nil for what is no list: no table, one with a name among its keys, or one with a hole
function list.count(value)
   if type(value) ~= "table" then
      return nil
   end
   local count = 0
   for key in next, value do
      if type(key) ~= "number" then
         return nil
      end
      count = count + 1
   end
   for place = 1, count do
      if rawget(value, place) == nil then
         return nil
      end
   end
   return count
end

---Raises unless an argument is a list.
---@param value any
---@param what string what it is: "argument 'list'"
---@param expected string such as "a list of paths"
---@param to string the function that was given it
function list.expect(value, what, expected, to)
   if not list.count(value) then
      misuse.raise(("bad %s to '%s' (%s expected, got %s)"):format(what, to, expected, list.got(value)))
   end
end

---What was given in place of a list, for a message.
---@param value any
---@return string
function list.got(value)
   return type(value) == "table" and "a table that is none, or has holes" or type(value)
end

return list
