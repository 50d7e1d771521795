--- Bodies of operations: a caller's table as JSON, with nothing added and nothing left out. Names that are misspelt are
--- refused; a name that is close to none may be newer than this library.

local bodies = require "astro.api.bodies"
local brief = require "astro.api.brief"
local later = require "astro.api.later"
local misuse = require "astro.api.misuse"
local objects = require "astro.api.objects"

local body = {}

local read = {} -- objects, by their names

local function object_of(name)
   local text = bodies[name] or objects[name]
   if text and not read[name] then
      read[name] = brief.read(text)
   end
   return read[name]
end

local function names_of(object)
   local names = {}
   for i, field in ipairs(object) do
      names[i] = field.name
   end
   return names
end

local check

local function check_value(value, field, to)
   if type(value) == "table" and field.is_list then
      for _, item in ipairs(value) do
         check(item, field.type, to)
      end
   else
      check(value, field.type, to)
   end
end

-- No object holds its own kind, so this ends whatever the table holds; the JSON's writer refuses cycles.
function check(value, object_name, to)
   local object = object_of(object_name)
   if type(value) ~= "table" or not object then
      return
   end
   for name, item in next, value do
      local field = object.by_name[name]
      if field then
         check_value(item, field, to)
      else
         local meant = type(name) == "string" and misuse.meant(name, names_of(object))
         if meant then
            misuse.raise(
               ("bad body to '%s' (no field '%s' of %s; did you mean '%s'?)"):format(
                  to,
                  name,
                  object_name,
                  meant
               )
            )
         end
      end
   end
end

---The JSON of what an operation takes. Raises on a name that is misspelt.
---@param value table|string a string is sent as it is
---@param object_name string what it is to be
---@param to string the method, for messages
---@return string
function body.text(value, object_name, to)
   if type(value) == "string" then
      return value
   end
   misuse.expect(value, "table", "body", to)
   check(value, object_name, to)
   return later("astro.pretty").body(value, "argument 'body'", to)
end

return body
