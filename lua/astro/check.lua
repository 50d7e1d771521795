--- Compares a Deployment with what the API documents: how a user learns that the API moved.

local bytewise = require "astro.api.bytewise"
local list = require "astro.api.list"
local misuse = require "astro.api.misuse"
local options = require "astro.api.options"
local shape = require "astro.api.shape"
local time = require "astro.time"

---Something that is not as documented.
---@class astro.Departure
---@field path string where, such as `workerQueues[1].podCpu`
---@field problem "missing"|"type"|"enum"|"unknown"
---@field value any what is there; nil where it is missing
---@field renamed? string what the version that `check` was told calls the field

local function is_object(value)
   return type(value) == "table" and (list.count(value) or 0) == 0
end

local function is_time(value)
   if type(value) ~= "string" then
      return false
   end
   local _, problem = time.parse(value)
   return type(problem) ~= "string"
end

local is_of_type = {
   string = function(value)
      return type(value) == "string"
   end,
   integer = function(value)
      return type(value) == "number" and value % 1 == 0
   end,
   boolean = function(value)
      return type(value) == "boolean"
   end,
   time = is_time,
}

-- The names that a field may have, in one version or in either.
local function names_of(field, version)
   if field.v1beta1 == nil or version == "v1" then
      return { field.name }
   elseif version == "v1beta1" then
      return { field.v1beta1 or nil }
   end
   return { field.name, field.v1beta1 or nil }
end

local Check = {}
Check.__index = Check

function Check:note(path, problem, value, new_name)
   self.found[#self.found + 1] = { path = path, problem = problem, value = value, renamed = new_name }
end

local function contains(values, wanted)
   for _, value in ipairs(values) do
      if value == wanted then
         return true
      end
   end
   return false
end

function Check:item(value, field, path)
   local object, is_right = shape.objects[field.type], is_of_type[field.type]
   if not (is_right or is_object)(value) then
      self:note(path, "type", value)
   elseif object then
      self:object(value, object, path .. ".")
   elseif field.enum and not contains(field.enum, value) then
      self:note(path, "enum", value)
   end
end

function Check:field(value, field, path)
   if not field.is_list then
      self:item(value, field, path)
   elseif not list.count(value) then
      self:note(path, "type", value)
   else
      for i, item in ipairs(value) do
         self:item(item, field, ("%s[%d]"):format(path, i))
      end
   end
end

-- Notes what the schema does not know in this version, in the order of names.
function Check:unknown(value, known, object, prefix)
   local names = {}
   for name in pairs(value) do
      if not known[name] then
         names[#names + 1] = name
      end
   end
   table.sort(names, function(a, b)
      return bytewise(tostring(a), tostring(b))
   end)
   for _, name in ipairs(names) do
      local field = object.by_name[name]
      self:note(prefix .. tostring(name), "unknown", value[name], field and names_of(field, self.version)[1])
   end
end

function Check:object(value, object, prefix)
   local known = {}
   for _, field in ipairs(object) do
      local names, is_there = names_of(field, self.version), false
      for _, name in ipairs(names) do
         known[name] = true
         local item = rawget(value, name)
         if item ~= nil then
            is_there = true
            self:field(item, field, prefix .. name)
         end
      end
      if not is_there and field.is_required and names[1] then
         self:note(prefix .. names[1], "missing")
      end
   end
   self:unknown(value, known, object, prefix)
end

---What of a Deployment is not as documented. Nothing is rejected or changed. A token with few permissions gets fewer
---fields: those are `missing`. Told `api_version = "v1"`, it says of an answer of v1beta1 in `renamed` what a program
---that reads it should rename. Raises on misuse.
---Source: the API's page "Get a Deployment", for either version.
---@param deployment astro.Deployment
---@param given? { api_version?: "v1"|"v1beta1" } api_version: whose names are as documented; by default either's
---@return astro.Departure[] departures in the documented order, what is unknown after the rest of its object
local function check(deployment, given)
   misuse.expect(deployment, "table", "deployment", "check")
   local own = options.read(given, options.of_check, "check")
   local self = setmetatable({ found = {}, version = own.api_version }, Check)
   self:object(deployment, shape.objects.Deployment, "")
   return self.found
end

return check
