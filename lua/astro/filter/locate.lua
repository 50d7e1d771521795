--- Finds what stands at a path in a Deployment, such as `workerQueues[name=default].podCpu`. Pure.

local misuse = require "astro.api.misuse"
local shape = require "astro.api.shape"

local locate = {}

---One step of a path: into a field, to an item by number (from the end where it is negative), to the first
---item whose field has a value, or to every item.
---@alias astro.Step { name: string }|{ index: integer }|{ key: string, value: string }|{ every: true }

---@class astro.Steps
---@field [integer] astro.Step
---@field last_star? integer the last step to every item

-- What the other version calls a field that each names in its own way.
local other_name = {}
for _, object in pairs(shape.objects) do
   for _, field in ipairs(object) do
      if field.v1beta1 then
         other_name[field.name], other_name[field.v1beta1] = field.v1beta1, field.name
      end
   end
end

-- The step behind a '[', and where it ends; or what should have stood there.
local function read_bracket(text, at)
   local number, after = text:match("^(%-?%d+)()", at)
   if number then
      local index = tonumber(number)
      return index ~= 0 and { index = index }, after, "a number other than 0"
   end
   after = text:match("^%*()", at)
   if after then
      return { every = true }, after
   end
   local key, value
   key, value, after = text:match("^([^%.%[%]=]+)=([^%]]*)()", at)
   return key and { key = key, value = value }, after, "a number, '*' or 'key=value'"
end

---Reads a path: names separated by dots, each with `[1]`, `[-1]`, `[key=value]` or `[*]` behind it where it
---is a list. Raises on any other, and points at the place.
---@param text string
---@param to string the function that was given it
---@return astro.Steps
function locate.parse(text, to)
   if type(text) ~= "string" then
      misuse.raise(("bad argument 'path' to '%s' (a string expected, got %s)"):format(to, type(text)))
   end
   local steps, at = {}, 1
   local function expect(found, what)
      if not found then
         misuse.raise(("bad path '%s' to '%s' (%s expected at %d)"):format(text, to, what, at))
      end
   end
   repeat
      local name, after = text:match("^([^%.%[%]]+)()", at)
      expect(name, "a name")
      steps[#steps + 1], at = { name = name }, after
      while text:sub(at, at) == "[" do
         at = at + 1
         local step, behind, what = read_bracket(text, at)
         expect(step, what)
         steps[#steps + 1], at = step, behind
         steps.last_star = step.every and #steps or steps.last_star
         expect(text:sub(at, at) == "]", "']'")
         at = at + 1
      end
      local is_over = at > #text
      expect(is_over or text:sub(at, at) == ".", "'.' or '['")
      at = at + 1
   until is_over
   return steps
end

local function field_of(value, name)
   local found = value[name]
   if found == nil and other_name[name] then
      return value[other_name[name]]
   end
   return found
end

-- Whether a value is what a path writes, where numbers and booleans look like strings.
local function is_written(value, text)
   if type(value) == "number" then
      return value == tonumber(text)
   end
   return value == text or (type(value) == "boolean" and tostring(value) == text)
end

local function enter(value, step)
   if step.name then
      return field_of(value, step.name)
   elseif step.index then
      return value[step.index < 0 and #value + 1 + step.index or step.index]
   end
   for _, item in ipairs(value) do
      if type(item) == "table" and is_written(field_of(item, step.key), step.value) then
         return item
      end
   end
end

local find

local function find_in_every(list, steps, at)
   if not shape.is_list(list) then
      return nil
   end
   local all = {}
   for _, item in ipairs(list) do
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
   local step = steps[at]
   if not step then
      return value
   elseif type(value) ~= "table" then
      return nil
   elseif step.every then
      return find_in_every(value, steps, at)
   end
   return find(enter(value, step), steps, at + 1)
end

---What stands there: with `[*]` a new list of all that was found; nil where the way ends too early or a
---value is not of the kind that the path expects.
---@param steps astro.Steps
function locate.find(value, steps)
   return find(value, steps, 1)
end

---All that stands there, as a list: without `[*]` of one value or none.
---@param steps astro.Steps
---@return any[]
function locate.all(value, steps)
   local found = find(value, steps, 1)
   return steps.last_star and (found or {}) or { found }
end

---The field in which a path into a Deployment ends, if the schema knows it.
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
