--- Deployments without what pictures show only if asked to.

local core = require "astro.core"
local list = require "astro.api.list"
local refusal = require "astro.pretty.refusal"
local secrets = require "astro.pretty.secrets"
local shape = require "astro.api.shape"
local tree = require "astro.pretty.tree"

local masked = {}

masked.MASK = "••••••"

---@class astro.Show
---@field values? boolean false: no environment variable's value
---@field secrets? boolean true: the values of secret ones, where the server sent them
---@field identities? boolean true: e-mail addresses, user names, avatars and workload identities; the names of
---who made and changed a Deployment are always shown

---An object's field of a name. What the object does not know may be a field of another, which has secrets.
---@param object astro.Object
---@param key any
---@return astro.Field?
function masked.field(object, key)
   return object.by_name[key] or secrets.field(key)
end

---Whether a field's value is hidden. A variable is a secret unless it says that it is none.
---@param field astro.Field
---@param owner table the object that has it
---@param show astro.Show
function masked.is_hidden(field, owner, show)
   if field.is_secret then
      return not show.secrets and owner.isSecret ~= false
   elseif field.secret_if then
      return show.values == false or (owner[field.secret_if] ~= false and not show.secrets)
   end
   return field.is_identity and not show.identities
end

local copy, copy_items

local function copy_part(value, field, show, depth)
   if type(value) ~= "table" then
      return value
   end
   local object = field and (field.object or shape.objects[field.type])
   return (field and field.is_list and copy_items or copy)(value, object, show, depth)
end

-- What is not in the schema is looked through, too: a secret is a secret wherever it stands.
local UNKNOWN, VARIABLE = { by_name = {} }, shape.objects.DeploymentEnvironmentVariable

local function with_mark(result, value)
   return next(result) == nil and tree.is_marked(value) and setmetatable(result, core.array) or result
end

function copy(value, object, show, depth)
   refusal.below(depth)
   local result, by_name = {}, (object or (value.isSecret == true and VARIABLE) or UNKNOWN).by_name
   for key, item in pairs(value) do
      local field = by_name[key] or secrets.field(key)
      if field and field.may_hide and masked.is_hidden(field, value, show) then
         item = tree.is_empty(item) and not field.secret_if and item or masked.MASK
      elseif type(item) == "table" then
         item = copy_part(item, field, show, depth + 1)
      end
      result[key] = item
   end
   return with_mark(result, value)
end

-- An item may be another object than the schema has there, and a secret.
local function copy_item(item, object, show, depth)
   if type(item) ~= "table" then
      return item
   elseif object and object ~= VARIABLE and item.isSecret == true then
      item = copy(item, VARIABLE, show, depth)
   end
   return copy(item, object, show, depth)
end

-- An object may be where a list should be.
function copy_items(value, object, show, depth)
   refusal.below(depth)
   local items, result = list.count(value) and value or copy(value, object, show, depth), {}
   for key, item in pairs(items) do
      result[key] = copy_item(item, object, show, depth + 1)
   end
   return with_mark(result, value)
end

---What a field holds, with a mask in place of all that is hidden.
---@param value any
---@param field? astro.Field
---@param show astro.Show
---@return any
function masked.part(value, field, show)
   return copy_part(value, field, show, 0)
end

-- As much of a Deployment as has some names, of either version.
local function only_some(deployment, names)
   local some = {}
   for name in pairs(names) do
      local field = shape.objects.Deployment.by_name[name]
      if field and field.v1beta1 then
         some[field.name] = rawget(deployment, field.name)
         some[field.v1beta1] = rawget(deployment, field.v1beta1)
      else
         some[name] = deployment[name]
      end
   end
   return some
end

---The Deployment with a mask in place of all that is hidden. A secret variable without a value gets one, too: it
---has a value that nobody tells.
---@param deployment table
---@param show astro.Show
---@param names? table<string, any> of the fields that are wanted; by default all
---@return table
function masked.copy(deployment, show, names)
   local whole = names and only_some(deployment, names) or deployment
   local result = copy(whole, shape.objects.Deployment, show, 0)
   local variables = result.environmentVariables
   for _, variable in pairs(type(variables) == "table" and variables or {}) do
      if type(variable) == "table" and variable.isSecret == true and variable.value == nil then
         variable.value = masked.MASK
      end
   end
   return result
end

---Whether a path leads through fields of the schema alone, none of which is ever hidden. What stands there is masked
---only within, if it is a table.
---@param steps astro.Steps
function masked.is_plain(steps)
   local object, of_variable = shape.objects.Deployment, VARIABLE.by_name
   for _, step in ipairs(steps) do
      local name = step.name or step.key
      local field = name and object and object.by_name[name]
      if name and (not field or field.may_hide or (of_variable[name] and of_variable[name].may_hide)) then
         return false
      end
      object = step.name and field.object or object
   end
   return true
end

return masked
