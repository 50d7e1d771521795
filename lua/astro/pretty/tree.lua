--- Values of the API as text, in the schema's order: what JSON and Lua literals have in common.

local bytewise = require "astro.api.bytewise"
local core = require "astro.core"
local list = require "astro.api.list"
local refusal = require "astro.pretty.refusal"
local shape = require "astro.api.shape"

local tree = {}

---@class astro.Dialect
---@field is_lua boolean strings are Lua's; else JSON's
---@field is_strict boolean a string that is no UTF-8 is no other text either: `other` is asked
---@field list string what opens and what closes a list
---@field object string likewise
---@field keys table<any, string> with what stands before the value; raises for no key of this language
---@field other fun(value: any): string what is no string, boolean, table or integer; raises for what is no data
---@field below fun(depth: integer) raises for a table that stands too deep
---@field is_marked fun(value: table): boolean whether an empty table with a metatable is a list
---@field others fun(value: table, object?: astro.Object): any[] the keys that the schema does not have, sorted

local function is_less(a, b)
   if type(a) == "number" and type(b) == "number" then
      return a < b
   elseif type(a) == "string" and type(b) == "string" then
      return bytewise(a, b)
   end
   return bytewise(type(a) .. tostring(a), type(b) .. tostring(b))
end

-- The keys that an object of the schema does not have, sorted; without an object, all.
local function others(value, object, other)
   local keys, seen = {}, {}
   for _, of in ipairs({ value, other }) do -- other may be nil
      for key in pairs(of) do
         local is_known = object and object.by_name[key] and rawget(of, key) ~= nil
         if not (seen[key] or is_known) then
            keys[#keys + 1], seen[key] = key, true
         end
      end
   end
   table.sort(keys, is_less)
   return keys
end

---The keys of a value: those of the schema's object in its order, then the others, sorted.
---@param value table
---@param object? astro.Object
---@param other? table keys of this one come, too
---@return any[]
function tree.keys(value, object, other)
   local keys = {}
   for _, name in ipairs(object and object.names or {}) do
      if rawget(value, name) ~= nil or (other and rawget(other, name) ~= nil) then
         keys[#keys + 1] = name
      end
   end
   for _, key in ipairs(others(value, object, other)) do
      keys[#keys + 1] = key
   end
   return keys
end

---Whether a table is marked as a list: by our mark, or by one of a lua-cjson that has such.
---@param value table
function tree.is_marked(value)
   local mark, cjson = getmetatable(value), package.loaded.cjson
   if mark == nil or mark == core.array then
      return mark ~= nil
   end
   return type(cjson) == "table" and (mark == cjson.array_mt or mark == cjson.empty_array_mt)
end

---Whether a table is a list. An empty one is what the schema says, or its mark.
---@param value table
---@param is_list? boolean what the schema says
function tree.is_list(value, is_list)
   local count = list.count(value)
   return count ~= nil and (count > 0 or is_list == true or tree.is_marked(value))
end

---Whether two values are the same, whatever tables they are made of.
---@param depth? integer how deep they stand
function tree.is_equal(a, b, depth)
   if type(a) ~= "table" or type(b) ~= "table" then
      return a == b
   end
   depth = depth or 0
   refusal.below(depth)
   for key, item in pairs(a) do
      if not tree.is_equal(item, rawget(b, key), depth + 1) then
         return false
      end
   end
   for key in pairs(b) do
      if rawget(a, key) == nil then
         return false
      end
   end
   return true
end

---Whether a value says nothing.
function tree.is_empty(value)
   return value == "" or (type(value) == "table" and next(value) == nil)
end

---What a user's value is taken for: a page of Deployments by its key, a list of them by its first item, else a
---Deployment.
---@param value any
---@return string type the name of the object
---@return boolean is_list
function tree.type_of(value)
   if type(value) ~= "table" or type(value[1]) == "table" then
      return "Deployment", true
   end
   return type(value.deployments) == "table" and "DeploymentsPaginated" or "Deployment", false
end

local COMMON = { below = refusal.below, is_marked = tree.is_marked, others = others }
COMMON.__index = COMMON

---A dialect of its own parts, and of what all have in common. Of its keys the schema's are made once.
---@param own table
---@param text_of_key fun(key: any): string
---@return astro.Dialect
function tree.dialect(own, text_of_key)
   own.keys = setmetatable({}, {
      __index = function(made, key)
         local text = text_of_key(key)
         if shape.is_name[key] then
            made[key] = text
         end
         return text
      end,
   })
   return setmetatable(own, COMMON)
end

---@param value any
---@param dialect astro.Dialect
---@param indent integer 0: all in one line
---@param object? astro.Object
---@param is_list? boolean
---@return string
function tree.write(value, dialect, indent, object, is_list)
   return core.write(dialect, indent, is_list, object, value)
end

return tree
