--- Sorts by one key or several.

local list = require "astro.api.list"
local locate = require "astro.paths.locate"
local misuse = require "astro.api.misuse"
local order = require "astro.filter.order"
local Paths = require "astro.paths.given"

-- How to compare by one key: the function that gives the value, whether downwards, the field of the value.
local function read_key(key, direction, paths)
   if type(key) == "function" then
      return { value_of = key, is_down = direction == "desc" }
   end
   local path, own = key, nil
   if type(key) == "string" then
      path, own = key:match "^(.*):([A-Za-z]+)$"
      path = path or key
      if own and own ~= "asc" and own ~= "desc" then
         misuse.raise(("bad key '%s' to 'sort_by' (':asc' or ':desc' expected behind the path)"):format(key))
      end
   end
   local steps = paths:read(path)
   local function value_of(item)
      return locate.find(item, steps)
   end
   return { value_of = value_of, is_down = (own or direction) == "desc", field = locate.field(steps) }
end

local function read_keys(by, direction, paths)
   if direction ~= nil and direction ~= "asc" and direction ~= "desc" then
      misuse.raise "bad argument 'direction' to 'sort_by' (\"asc\", \"desc\" or nothing expected)"
   elseif type(by) ~= "table" then
      return { read_key(by, direction, paths) }
   elseif (list.count(by) or 0) == 0 then
      misuse.raise "bad argument 'by' to 'sort_by' (a path, a function, or a list of them without holes, expected)"
   end
   local keys = {}
   for i, key in ipairs(by) do
      keys[i] = read_key(key, direction, paths)
   end
   return keys
end

-- -1 if a comes before b, 1 if it comes after b, 0 if the key does not tell. Absent values are last.
local function compare(a, b, is_down)
   if a == nil or b == nil then
      return a == b and 0 or (a == nil and 1 or -1)
   elseif order.is_before(a, b) then
      return is_down and 1 or -1
   end
   return order.is_before(b, a) and (is_down and -1 or 1) or 0
end

---The items in order, as `filter.sort_by` says. Raises on keys that are none.
---@param next_item fun(): table?
---@param by string|function|(string|function)[]
---@param direction? "asc"|"desc"
---@return table[]
local function sort(next_item, by, direction)
   local paths = Paths.new "sort_by"
   local keys, entries = read_keys(by, direction, paths), {}
   for item in next_item do
      paths:meet(item)
      local entry = { item = item, place = #entries + 1 }
      for i, key in ipairs(keys) do
         local value = key.value_of(item)
         entry[i] = value ~= nil and order.key(value, key.field) or nil
      end
      entries[#entries + 1] = entry
   end
   paths:finish()
   table.sort(entries, function(a, b)
      for i, key in ipairs(keys) do
         local side = compare(a[i], b[i], key.is_down)
         if side ~= 0 then
            return side < 0
         end
      end
      return a.place < b.place -- table.sort is not stable
   end)
   for i, entry in ipairs(entries) do
      entries[i] = entry.item
   end
   return entries
end

return sort
