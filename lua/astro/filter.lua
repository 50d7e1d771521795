--- Looks at, picks and orders decoded Deployments. Pure: nothing given is changed. A field that is absent or of
--- another type than expected is no error.
---
--- A path is names separated by dots: `scalingStatus.hibernationStatus.reason`. An item of a list is
--- `workerQueues[1]`, `workerQueues[-1]` (the last) or `workerQueues[name=default]` (the first such one);
--- `workerQueues[*].name` is all of them. A value may stand in quotes: `[name="default"]`. A field that v1beta1 and
--- v1 name differently is found by either name.
---
--- Every function raises on misuse: on a malformed path, on a name that is close to a field's and in none of the
--- items, on a list with holes.

local enums = require "astro.enums"
local items = require "astro.api.items"
local lists = require "astro.api.list"
local locate = require "astro.paths.locate"
local misuse = require "astro.api.misuse"
local Paths = require "astro.paths.given"
local shape = require "astro.api.shape"
local sort = require "astro.filter.sort"

---@class astro.filter
local filter = {}

---Stands for "it is not there" in `where`, and for what has no value in `group_by` and `count_by`.
filter.absent = setmetatable({}, {
   __tostring = function()
      return "absent"
   end,
})

---@alias astro.Deployments table[]|fun(): table? a list, or an iterator such as that of `each_deployment`

---The value at a path. With `[*]` a list of all values there; further stars add to the same list.
---@param value any
---@param path string
---@param default? any what to give if there is none
---@return any
function filter.get(value, path, default)
   local paths = Paths.new "get"
   local steps = paths:read(path)
   paths:meet(value)
   paths:finish()
   local found = locate.find(value, steps)
   if found == nil then
      return default
   end
   return found
end

---The values at some paths.
---@param value any
---@param paths string[]
---@return table<string, any> picked by path; absent ones are left out
function filter.pick(value, paths)
   lists.expect(paths, "argument 'paths'", "a list of paths", "pick")
   local read, picked = Paths.new "pick", {}
   for _, path in ipairs(paths) do
      picked[path] = locate.find(value, read:read(path))
   end
   read:meet(value)
   read:finish()
   return picked
end

-- Enums have names among their keys; else they are lists.
local is_enum = {}
for name in pairs(shape.enums) do
   is_enum[enums[name]] = true
end

-- What a criterion accepts, as a list. An enum accepts all its values.
local function wishes_of(path, wished)
   if type(wished) ~= "table" or wished == filter.absent then
      return { wished }
   elseif is_enum[wished] then
      return wished
   end
   local what, expected = ("criteria '%s'"):format(path), "a value, a list of values or a function"
   lists.expect(wished, what, expected, "where")
   return wished
end

local function refuse_slips(path, wishes, enum)
   for _, wish in ipairs(wishes) do
      local meant = type(wish) == "string" and misuse.meant(wish, enum)
      if meant then
         local text = "bad criteria '%s' to 'where' (unknown value '%s'; did you mean '%s'?)"
         misuse.raise(text:format(path, wish, meant))
      end
   end
end

local function is_wished(value, wishes)
   for _, wish in ipairs(wishes) do
      if type(wish) == "function" then
         if wish(value) then
            return true
         end
      elseif wish == value or (wish == filter.absent and value == nil) then
         return true
      end
   end
   return false
end

-- A test of a Deployment for one criterion.
local function test_of(path, wished, paths)
   local steps = paths:read(path)
   local wishes = wishes_of(path, wished)
   local field = locate.field(steps)
   if field and field.enum then
      refuse_slips(path, wishes, field.enum)
   end
   return function(deployment)
      local values = locate.all(deployment, steps)
      for _, value in ipairs(values) do
         if is_wished(value, wishes) then
            return true
         end
      end
      return #values == 0 and is_wished(nil, wishes)
   end
end

local function tests_of(criteria, paths)
   if type(criteria) == "function" then
      return { criteria }
   elseif type(criteria) ~= "table" then
      local text = "bad argument 'criteria' to 'where' (a table or a function expected, got %s)"
      misuse.raise(text:format(type(criteria)))
   end
   local tests = {}
   for path, wished in pairs(criteria) do
      tests[#tests + 1] = test_of(path, wished, paths)
   end
   return tests
end

local function passes(deployment, tests)
   for _, test in ipairs(tests) do
      if not test(deployment) then
         return false
      end
   end
   return true
end

---The Deployments that meet every criterion. A criterion is a path and what will do there: a value, a list of
---values, a function of the value (nil if it is absent), or `filter.absent`; with `[*]` one value that will do is
---enough. A value close to a known one of an enum raises; another unknown one may be new, and is looked for.
---@param list astro.Deployments
---@param criteria table<string, any>|fun(deployment: astro.Deployment): any by path; or one function of the
---Deployment
---@return astro.Deployment[]
function filter.where(list, criteria)
   local next_item, paths, found = items(list, "list", "where"), Paths.new "where", {}
   local tests = tests_of(criteria, paths)
   for deployment in next_item do
      paths:meet(deployment)
      if passes(deployment, tests) then
         found[#found + 1] = deployment
      end
   end
   paths:finish()
   return found
end

---A new list, in order: false and true, numbers, versions (`12.9.0`, `12.10.0`) and quantities (`500Mi`, `2Gi`) of
---fields that the schema knows as such, strings by their bytes, what has no order, absent ones. Equal ones keep
---their order.
---@param list astro.Deployments
---@param by string|function|(string|function)[] paths, or functions of the Deployment; the next decides between
---equals. A path may end in `:asc` or `:desc`, as in a query's `sorts`
---@param direction? "asc"|"desc" for what does not say; "desc": the greatest first, absent ones still last
---@return astro.Deployment[]
function filter.sort_by(list, by, direction)
   return sort(items(list, "list", "sort_by"), by, direction)
end

local function group(list, path, to)
   local next_item, paths, groups = items(list, "list", to), Paths.new(to), {}
   local steps = paths:read(path)
   for item in next_item do
      paths:meet(item)
      local values, seen = locate.all(item, steps), {}
      for _, value in ipairs(#values > 0 and values or { filter.absent }) do
         if not seen[value] then
            seen[value] = true
            groups[value] = groups[value] or {}
            table.insert(groups[value], item)
         end
      end
   end
   paths:finish()
   return groups
end

---Lists of Deployments by the value at a path. Those without one are under `filter.absent`; with `[*]` a Deployment
---is in the list of each of its values, once.
---@param list astro.Deployments
---@param path string
---@return table<any, astro.Deployment[]>
function filter.group_by(list, path)
   return group(list, path, "group_by")
end

---How many Deployments have each value at a path: the lengths of `group_by`'s lists.
---@param list astro.Deployments
---@param path string
---@return table<any, integer>
function filter.count_by(list, path)
   local counts = group(list, path, "count_by")
   for value, found in pairs(counts) do
      counts[value] = #found
   end
   return counts
end

return filter
