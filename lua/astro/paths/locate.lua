--- Finds what stands at a path in a Deployment. Pure.

local decimal = require "astro.api.decimal"
local list = require "astro.api.list"
local renamed = require "astro.api.renamed"
local shape = require "astro.api.shape"

local locate = {}

-- Whether a value is the one that a path has written; there numbers and booleans look like strings.
local function is_written(value, text)
   if type(value) == "number" then
      return value == decimal.read(text)
   end
   return value == text or (type(value) == "boolean" and tostring(value) == text)
end

local function enter(value, step)
   if step.name then
      return renamed.get(value, step.name)
   elseif step.index then
      return value[step.index < 0 and #value + 1 + step.index or step.index]
   end
   for _, item in ipairs(value) do
      if type(item) == "table" and is_written(renamed.get(item, step.key), step.value) then
         return item
      end
   end
end

local find

local function find_in_every(items, steps, at)
   if not list.count(items) then
      return nil
   end
   local all = {}
   for _, item in ipairs(items) do
      local found = find(item, steps, at + 1)
      if at == steps.last_star then
         all[#all + 1] = found
      else
         for _, inner in ipairs(found or {}) do
            all[#all + 1] = inner
         end
      end
   end
   return all
end

function find(value, steps, at)
   for i = at, #steps do
      if type(value) ~= "table" then
         return nil
      elseif steps[i].every then
         return find_in_every(value, steps, i)
      end
      value = enter(value, steps[i])
   end
   return value
end

---What stands there.
---@param value any
---@param steps astro.Steps
---@return any found with `[*]` a new list of all; nil if the way ends early or a value is of another kind
function locate.find(value, steps)
   return find(value, steps, 1)
end

---All that stands there, as a list; without `[*]` one value or none.
---@param value any
---@param steps astro.Steps
---@return any[]
function locate.all(value, steps)
   local found = find(value, steps, 1)
   return steps.last_star and (found or {}) or { found }
end

---The field in which a path into a Deployment ends.
---@param steps astro.Steps
---@return astro.Field?
function locate.field(steps)
   local object, field = shape.objects.Deployment, nil
   for _, step in ipairs(steps) do
      if step.name then
         field = object and object.by_name[step.name]
         object = field and shape.objects[field.type]
      end
   end
   return field
end

return locate
