--- Values of the API as text, in the schema's order: what JSON and Lua literals have in common.

local bytewise = require "astro.api.bytewise"
local core = require "astro.core"
local list = require "astro.api.list"
local refusal = require "astro.pretty.refusal"
local shape = require "astro.api.shape"

local tree = {}

---@class astro.Dialect
---@field list string[] what opens and what closes a list
---@field object string[] likewise
---@field key fun(key: any): string? with what stands before the value; nil: no key of this language
---@field scalar fun(value: any): string? nil: nothing of this language

local function is_less(a, b)
   if type(a) == "number" and type(b) == "number" then
      return a < b
   elseif type(a) == "string" and type(b) == "string" then
      return bytewise(a, b)
   end
   return bytewise(type(a) .. tostring(a), type(b) .. tostring(b))
end

---The keys of a value: those of the schema's object in its order, then the others, sorted.
---@param value table
---@param object? astro.Object
---@param other? table keys of this one come, too
---@return any[]
function tree.keys(value, object, other)
   local keys, seen = {}, {}
   local function take(name)
      if name and (rawget(value, name) ~= nil or (other and rawget(other, name) ~= nil)) then
         keys[#keys + 1], seen[name] = name, true
      end
   end
   for _, field in ipairs(object or {}) do
      take(field.name)
      take(field.v1beta1)
   end
   local rest = {}
   for _, of in ipairs({ value, other }) do -- other may be nil
      for key in pairs(of) do
         if not seen[key] then
            rest[#rest + 1], seen[key] = key, true
         end
      end
   end
   table.sort(rest, is_less)
   for _, key in ipairs(rest) do
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

local Writer = {}
Writer.__index = Writer

function Writer:line_break(depth)
   if self.indent > 0 then
      self:put("\n" .. (" "):rep(self.indent * depth))
   end
end

function Writer:put(text)
   self.parts[#self.parts + 1] = text
end

function Writer:items(value, object, depth)
   for i, item in ipairs(value) do
      self:put(i > 1 and "," or "")
      self:line_break(depth)
      self:value(item, object, false, depth)
   end
end

function Writer:pairs(value, object, depth)
   for i, key in ipairs(tree.keys(value, object)) do
      local text = self.dialect.key(key)
      if not text then
         refusal.raise(("a %s as a key"):format(type(key)))
      end
      self:put(i > 1 and "," or "")
      self:line_break(depth)
      self:put(text)
      local field = object and object.by_name[key]
      self:value(value[key], field and shape.objects[field.type], field and field.is_list, depth)
   end
end

function Writer:value(value, object, is_list, depth)
   if type(value) ~= "table" then
      self:put(self.dialect.scalar(value) or refusal.of_value(value))
      return
   end
   refusal.below(depth)
   is_list = tree.is_list(value, is_list)
   local marks = is_list and self.dialect.list or self.dialect.object
   self:put(marks[1])
   if next(value) ~= nil then
      self[is_list and "items" or "pairs"](self, value, object, depth + 1)
      self:line_break(depth)
   end
   self:put(marks[2])
end

---@param value any
---@param dialect astro.Dialect
---@param indent integer 0: all in one line
---@param object? astro.Object
---@param is_list? boolean
---@return string
function tree.write(value, dialect, indent, object, is_list)
   local writer = setmetatable({ dialect = dialect, indent = indent, parts = {} }, Writer)
   writer:value(value, object, is_list, 0)
   return table.concat(writer.parts)
end

return tree
