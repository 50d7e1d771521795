--- Looks at, picks and orders decoded Deployments. Pure: nothing that is given is changed, and a field that is
--- absent or of another type than expected is no error.
---
--- A path is names separated by dots: `scalingStatus.hibernationStatus.reason`. An item of a list is
--- `workerQueues[1]`, `workerQueues[-1]` (the last), `workerQueues[name=default]` (the first such one);
--- `workerQueues[*].name` is all of them. What v1beta1 and v1 name differently is found by either name.
--- A malformed path raises.

local locate = require "astro.filter.locate"
local misuse = require "astro.api.misuse"
local shape = require "astro.api.shape"
local slip = require "astro.api.slip"

---@class astro.filter
local filter = {}

---What `where` takes for "it is not there", and where `group_by` and `count_by` put what has no value.
filter.absent = setmetatable({}, {
   __tostring = function()
      return "absent"
   end,
})

---@alias astro.Deployments table[]|fun(): table? a list, or an iterator such as that of `each_deployment`

-- A new list of the items.
local function items_of(list, to)
   local items = {}
   if type(list) == "function" then
      for item in list do
         items[#items + 1] = item
      end
   elseif shape.is_list(list) then
      for i, item in ipairs(list) do
         items[i] = item
      end
   else
      local got = type(list) == "table" and "a table that is none" or type(list)
      misuse.raise(("bad argument 'list' to '%s' (a list or an iterator expected, got %s)"):format(to, got))
   end
   return items
end

---The value at a path; `default` where there is none. With `[*]` a list of all that are there, each star
---flattened into it.
---@param value any
---@param path string
---@param default? any
---@return any
function filter.get(value, path, default)
   local found = locate.find(value, locate.parse(path, "get"))
   if found == nil then
      return default
   end
   return found
end

---The values at some paths, by path; absent ones are left out.
---@param value any
---@param paths string[]
---@return table<string, any>
function filter.pick(value, paths)
   if type(paths) ~= "table" then
      misuse.raise(("bad argument 'paths' to 'pick' (a list of paths expected, got %s)"):format(type(paths)))
   end
   local picked = {}
   for _, path in ipairs(paths) do
      picked[path] = locate.find(value, locate.parse(path, "pick"))
   end
   return picked
end

-- What a criterion accepts, as a list.
local function wishes_of(path, wished)
   if type(wished) ~= "table" or wished == filter.absent then
      return { wished }
   elseif not shape.is_list(wished) then
      local text =
         "bad criteria '%s' to 'where' (a value, a list of values or a function expected, got a table)"
      misuse.raise(text:format(path))
   end
   return wished
end

local function refuse_slips(path, wishes, enum)
   for _, wish in ipairs(wishes) do
      local meant = type(wish) == "string" and slip.find(wish, enum)
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
local function test_of(path, wished)
   local steps = locate.parse(path, "where")
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

local function tests_of(criteria)
   if type(criteria) == "function" then
      return { criteria }
   elseif type(criteria) ~= "table" then
      local text = "bad argument 'criteria' to 'where' (a table or a function expected, got %s)"
      misuse.raise(text:format(type(criteria)))
   end
   local tests = {}
   for path, wished in pairs(criteria) do
      tests[#tests + 1] = test_of(path, wished)
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

---The Deployments that meet every criterion: by path a value, a list of values of which any will do, a
---function of the value (nil where it is absent), or `filter.absent`. With `[*]` one value that will do is
---enough. Or a function of the Deployment. A value close to a known one of an enum raises; any other unknown
---one may be new, and is looked for.
---@param list astro.Deployments
---@param criteria table<string, any>|fun(deployment: table): any
---@return table[]
function filter.where(list, criteria)
   local tests, found = tests_of(criteria), {}
   for _, deployment in ipairs(items_of(list, "where")) do
      if passes(deployment, tests) then
         found[#found + 1] = deployment
      end
   end
   return found
end

-- Which comes first where types differ.
local RANKS = { boolean = 1, number = 2, string = 3 }

-- Whether a stands before b.
local function is_before(a, b)
   local rank_a, rank_b = RANKS[type(a)] or 4, RANKS[type(b)] or 4
   if rank_a ~= rank_b then
      return rank_a < rank_b
   elseif rank_a == RANKS.boolean then
      return b and not a
   end
   return rank_a ~= 4 and a < b
end

---A new list in the order of the values at a path: false and true, numbers, strings, what has no order,
---absent ones. Those with equal values keep their order.
---@param list astro.Deployments
---@param path string
---@param order? "desc" the greatest first; absent ones still last
---@return table[]
function filter.sort_by(list, path, order)
   if order ~= nil and order ~= "desc" then
      misuse.raise "bad argument 'order' to 'sort_by' (\"desc\" or nothing expected)"
   end
   local steps = locate.parse(path, "sort_by")
   local entries, absent = {}, {}
   for i, item in ipairs(items_of(list, "sort_by")) do
      local value = locate.find(item, steps)
      local into = value == nil and absent or entries
      into[#into + 1] = { item = item, value = value, place = i }
   end
   -- table.sort is not stable: the place decides between equals.
   table.sort(entries, function(a, b)
      if is_before(a.value, b.value) then
         return not order
      elseif is_before(b.value, a.value) then
         return order
      end
      return a.place < b.place
   end)
   local sorted = {}
   for _, part in ipairs({ entries, absent }) do
      for _, entry in ipairs(part) do
         sorted[#sorted + 1] = entry.item
      end
   end
   return sorted
end

local function group(list, path, to)
   local steps, groups = locate.parse(path, to), {}
   for _, item in ipairs(items_of(list, to)) do
      local values, seen = locate.all(item, steps), {}
      for _, value in ipairs(#values > 0 and values or { filter.absent }) do
         if not seen[value] then
            seen[value] = true
            groups[value] = groups[value] or {}
            table.insert(groups[value], item)
         end
      end
   end
   return groups
end

---Lists of Deployments by the value at a path; without one, under `filter.absent`. With `[*]` a Deployment
---is in the list of each of its values, once.
---@param list astro.Deployments
---@param path string
---@return table<any, table[]>
function filter.group_by(list, path)
   return group(list, path, "group_by")
end

---How many Deployments have each value at a path; as `group_by`.
---@param list astro.Deployments
---@param path string
---@return table<any, integer>
function filter.count_by(list, path)
   local counts = group(list, path, "count_by")
   for value, items in pairs(counts) do
      counts[value] = #items
   end
   return counts
end

return filter
