--- What changed between two Deployments, path by path.

local json = require "astro.pretty.json"
local masked = require "astro.pretty.masked"
local phrase = require "astro.pretty.phrase"
local safe = require "astro.pretty.safe"
local shape = require "astro.api.shape"
local tree = require "astro.pretty.tree"
local width = require "astro.pretty.width"

local diff = {}

--- What tells one item of a list from another, whatever its place; the first that agrees.
local MARKS = {
   WorkerQueue = { "id", "name" },
   DeploymentEnvironmentVariable = { "key" },
}

--- By what an item is called in a path.
local NAMES = { WorkerQueue = "name", DeploymentEnvironmentVariable = "key" }

--- Changes of these are no news where anything else changed: they come last.
local NOISE = { updatedAt = true, updatedBy = true }

local ABSENT = "(absent)"

local function is_equal(a, b)
   if type(a) ~= "table" or type(b) ~= "table" then
      return a == b
   end
   for key, item in pairs(a) do
      if not is_equal(item, b[key]) then
         return false
      end
   end
   for key in pairs(b) do
      if a[key] == nil then
         return false
      end
   end
   return true
end

---@class astro.Walk
---@field show astro.Show
---@field news table[]
---@field noise table[]
local Walk = {}
Walk.__index = Walk

local function words(value, field)
   if value == nil then
      return ABSENT
   end
   return phrase.any(value, field)
end

--- Notes a change. Where the words are the same, as of "1" and 1, JSON tells the two apart.
function Walk:note(path, old, new, field, is_hidden, is_noise)
   if is_hidden then
      old, new = old ~= nil and masked.MASK or nil, new ~= nil and masked.MASK or nil
   else
      old, new = masked.part(old, field, self.show), masked.part(new, field, self.show)
   end
   local before, after = words(old, field), words(new, field)
   if before == after and not is_hidden then
      before, after = safe.text(json.line(old, field)), safe.text(json.line(new, field))
   end
   local into = is_noise and self.noise or self.news
   into[#into + 1] = {
      path = safe.text(path),
      before = before,
      after = after,
      note = before == after and " (changed)" or "",
   }
end

--- The items of two lists in pairs: those that a mark says are the same; what is left has no partner.
local function pairs_of(old, new, marks)
   local partner, is_taken = {}, {}
   for _, mark in ipairs(marks) do
      for i, item in ipairs(old) do
         for j, other in ipairs(new) do
            local value = type(item) == "table" and item[mark]
            local is_same = value and type(other) == "table" and other[mark] == value
            if is_same and not partner[i] and not is_taken[j] then
               partner[i], is_taken[j] = j, true
            end
         end
      end
   end
   local found = {}
   for i, item in ipairs(old) do
      found[i] = { item, new[partner[i]], place = i }
   end
   for j, other in ipairs(new) do
      if not is_taken[j] then
         found[#found + 1] = { nil, other, place = j }
      end
   end
   return found
end

--- The items of two lists in pairs by their place.
local function pairs_by_place(old, new)
   local found = {}
   for i = 1, math.max(#old, #new) do
      found[i] = { old[i], new[i], place = i }
   end
   return found
end

local function path_of(path, pair, name)
   local item = pair[1] or pair[2]
   local called = type(item) == "table" and name and item[name]
   if type(called) == "string" and called ~= "" then
      return ("%s[%s=%s]"):format(path, name, called)
   end
   return ("%s[%d]"):format(path, pair.place)
end

function Walk:list(old, new, field, path, is_noise)
   local marks = MARKS[field.type]
   for _, pair in ipairs((marks and pairs_of or pairs_by_place)(old, new, marks)) do
      local here = path_of(path, pair, NAMES[field.type])
      self:value(pair[1], pair[2], { type = field.type }, here, is_noise)
   end
end

--- Whether to look inside: both are of the kind that the schema says, or one is and the other absent.
local function is_inside(old, new, field)
   local has_items = false
   if not field or not shape.objects[field.type] then
      return false
   end
   for _, value in pairs({ old = old, new = new }) do
      if type(value) ~= "table" or (field.is_list and not tree.is_list(value, true)) then
         return false
      end
      has_items = has_items or next(value) ~= nil
   end
   return has_items
end

function Walk:value(old, new, field, path, is_noise)
   if is_equal(old, new) then
      return
   elseif not is_inside(old, new, field) then
      self:note(path, old, new, field, false, is_noise)
   elseif field.is_list then
      self:list(old or {}, new or {}, field, path, is_noise)
   else
      self:object(old or {}, new or {}, shape.objects[field.type], path .. ".", is_noise)
   end
end

--- Of an object that is absent nothing is hidden.
function Walk:hides(field, owner)
   return field and next(owner) ~= nil and masked.is_hidden(field, owner, self.show)
end

--- A field under the name that either version has for it.
local function value_of(owner, key, field)
   if owner[key] == nil and field and field.v1beta1 then
      return owner[key == field.name and field.v1beta1 or field.name]
   end
   return owner[key]
end

function Walk:object(old, new, object, prefix, is_noise)
   local done = {}
   for _, key in ipairs(tree.keys(old, object, new)) do
      local field = object.by_name[key]
      local name = field and field.name or key
      if not done[name] then
         done[name] = true
         local before, after = value_of(old, key, field), value_of(new, key, field)
         local path, is_last = prefix .. tostring(name), is_noise or NOISE[name]
         if not (self:hides(field, old) or self:hides(field, new)) then
            self:value(before, after, field, path, is_last)
         elseif not is_equal(before, after) then
            self:note(path, before, after, field, true, is_last)
         end
      end
   end
end

---@param before table
---@param after table
---@param show astro.Show
---@return astro.Line[] lines none where nothing changed
function diff.lines(before, after, show)
   local walk = setmetatable({ show = show, news = {}, noise = {} }, Walk)
   walk:object(before, after, shape.objects.Deployment, "", false)
   local changes, widest = walk.news, 0
   for _, change in ipairs(walk.noise) do
      changes[#changes + 1] = change
   end
   for _, change in ipairs(changes) do
      widest = math.max(widest, width.of(change.path))
   end
   local lines = {}
   for i, change in ipairs(changes) do
      lines[i] = {
         { change.path, "label" },
         { width.blanks(change.path, widest) .. "  " },
         { change.before, "old" },
         { " → " },
         { change.after, "new" },
         { change.note, "quiet" },
      }
   end
   return lines
end

return diff
