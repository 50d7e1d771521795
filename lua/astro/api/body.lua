--- Names in what operations take. Those that are misspelt are refused; one that is close to none may be newer than this
--- library.

local bodies = require "astro.api.bodies"
local brief = require "astro.api.brief"
local misuse = require "astro.api.misuse"
local objects = require "astro.api.objects"

local body = {}

local read = {} -- objects, by their names

---What an operation takes, or a part of it.
---@param name string of `astro.api.bodies` or `astro.api.objects`
---@return astro.Object?
function body.object(name)
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

local function check_value(value, field, what, to)
   if type(value) == "table" and field.is_list then
      for _, item in ipairs(value) do
         body.check(item, field.type, what, to)
      end
   else
      body.check(value, field.type, what, to)
   end
end

---Raises on a name that is misspelt. No object holds its own kind, so this ends whatever the table holds.
---@param value any
---@param object_name string what it is to be
---@param what string what messages call it
---@param to string the function that was given it
function body.check(value, object_name, what, to)
   local object = body.object(object_name)
   if type(value) ~= "table" or not object then
      return
   end
   for name, item in next, value do
      local field = object.by_name[name]
      if field then
         check_value(item, field, what, to)
      else
         local meant = type(name) == "string" and misuse.meant(name, names_of(object))
         if meant then
            local text = "bad %s to '%s' (no field '%s' of %s; did you mean '%s'?)"
            misuse.raise(text:format(what, to, name, object_name, meant))
         end
      end
   end
end

return body
