--- What pictures of a Deployment do not show unless asked to.

local shape = require "astro.api.shape"
local tree = require "astro.pretty.tree"

local masked = {}

masked.MASK = "••••••"

---@class astro.Show
---@field values? boolean false: no environment variable's value
---@field secrets? boolean true: the values of secret ones, where the server sent them
---@field identities? boolean true: e-mail addresses, user names, avatars and workload identities; the names of
---who made and changed a Deployment are always shown

---Whether a field's value is hidden. A variable that does not say that it is no secret is taken for one.
---@param field astro.Field
---@param owner table the object that has it
---@param show astro.Show
function masked.is_hidden(field, owner, show)
   if field.secret_if then
      return show.values == false or (owner[field.secret_if] ~= false and not show.secrets)
   end
   return field.is_identity and not show.identities
end

local copy

--- The list itself is looked at as well: an object may be where a list should be.
local function copy_items(list, object, show)
   local items = copy(list, object, show)
   if type(items) == "table" then
      for key, item in pairs(items) do
         items[key] = copy(item, object, show)
      end
   end
   return items
end

--- What is not in the schema is looked through, too: a secret is one wherever it stands.
local UNKNOWN = { by_name = {} }

function copy(value, object, show)
   if type(value) ~= "table" then
      return value
   elseif not object then
      object = value.isSecret == true and shape.objects.DeploymentEnvironmentVariable or UNKNOWN
   end
   local result = {}
   for key, item in pairs(value) do
      local field = object.by_name[key]
      if field and masked.is_hidden(field, value, show) then
         item = tree.is_empty(item) and not field.secret_if and item or masked.MASK
      else
         item = masked.part(item, field, show)
      end
      result[key] = item
   end
   return result
end

---What a field holds, with a mask wherever something in it is hidden.
---@param value any
---@param field? astro.Field
---@param show astro.Show
---@return any
function masked.part(value, field, show)
   return (field and field.is_list and copy_items or copy)(value, field and shape.objects[field.type], show)
end

---The Deployment with a mask wherever something is hidden. A secret variable without a value gets one, too:
---it has a value that nobody tells.
---@param deployment table
---@param show astro.Show
---@return table
function masked.copy(deployment, show)
   local result = copy(deployment, shape.objects.Deployment, show)
   local variables = result.environmentVariables
   for _, variable in pairs(type(variables) == "table" and variables or {}) do
      if type(variable) == "table" and variable.isSecret == true and variable.value == nil then
         variable.value = masked.MASK
      end
   end
   return result
end

return masked
