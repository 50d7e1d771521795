--- What changed between two Deployments, path by path.

local json = require "astro.pretty.json"
local masked = require "astro.pretty.masked"
local pairing = require "astro.pretty.pairing"
local phrase = require "astro.pretty.phrase"
local renamed = require "astro.api.renamed"
local safe = require "astro.pretty.safe"
local shape = require "astro.api.shape"
local tree = require "astro.pretty.tree"
local width = require "astro.pretty.width"

local diff = {}

-- The field by which a path names an item.
local NAMES = { WorkerQueue = "name", DeploymentEnvironmentVariable = "key" }

-- Fields whose changes come last: they are no news if anything else changed.
local NOISE = { updatedAt = true, updatedBy = true }

local ABSENT = "(absent)"

---One place, and what stands there before and after.
---@class astro.Place
---@field path string
---@field old any nil: absent
---@field new any likewise
---@field field? astro.Field
---@field is_hidden? boolean neither is told
---@field is_noise? boolean comes last

local function words(value, field)
   if value == nil then
      return ABSENT
   end
   return phrase.any(value, field)
end

---A walk through two Deployments, and the changes that it met.
---@class astro.Walk
---@field show astro.Show
---@field news table[]
---@field noise table[]
local Walk = {}
Walk.__index = Walk

-- The words for what was and what is. If they are the same, as of "1" and 1, JSON tells the two apart.
function Walk:words(place)
   local field = place.field
   if place.is_hidden then
      return place.old == nil and ABSENT or masked.MASK, place.new == nil and ABSENT or masked.MASK
   end
   local old, new = masked.part(place.old, field, self.show), masked.part(place.new, field, self.show)
   local before, after = words(old, field), words(new, field)
   if before == after then
      return safe.text(json.line(old, field)), safe.text(json.line(new, field))
   end
   return before, after
end

function Walk:note(place)
   local before, after = self:words(place)
   local into = place.is_noise and self.noise or self.news
   into[#into + 1] = {
      path = safe.text(place.path),
      before = before,
      after = after,
      note = before == after and " (changed)" or "",
   }
end

local function path_of(path, pair, name)
   local item = pair[1] or pair[2]
   local called = type(item) == "table" and name and item[name]
   if type(called) == "string" and called ~= "" then
      return path .. "[" .. name .. "=" .. called .. "]" -- %s of Lua 5.1 would end it at a zero byte
   end
   return ("%s[%d]"):format(path, pair.place)
end

function Walk:list(place)
   local kind = place.field.type
   for _, pair in ipairs(pairing(place.old, place.new, kind)) do
      self:compare({
         path = path_of(place.path, pair, NAMES[kind]),
         old = pair[1],
         new = pair[2],
         field = { type = kind },
         is_noise = place.is_noise,
      })
   end
end

-- Whether to look inside: both are of the kind that the schema says. What is absent on one side is one change.
local function is_inside(place)
   local field = place.field
   if not field or not shape.objects[field.type] then
      return false
   end
   for _, value in ipairs({ place.old or false, place.new or false }) do
      if type(value) ~= "table" or (field.is_list and not tree.is_list(value, true)) then
         return false
      end
   end
   return true
end

function Walk:compare(place)
   if tree.is_equal(place.old, place.new) then
      return
   elseif place.is_hidden or not is_inside(place) then
      self:note(place)
   elseif place.field.is_list then
      self:list(place)
   else
      self:object(place)
   end
end

function Walk:hides(field, owner)
   return field and masked.is_hidden(field, owner, self.show)
end

function Walk:object(place)
   local old, new, object = place.old, place.new, shape.objects[place.field.type]
   local prefix, done = place.path == "" and "" or place.path .. ".", {}
   for _, key in ipairs(tree.keys(old, object, new)) do
      local field = masked.field(object, key)
      local name = field and field.name or key
      if not done[name] then
         done[name] = true
         self:compare({
            path = prefix .. tostring(name),
            old = renamed.get(old, key),
            new = renamed.get(new, key),
            field = field,
            is_hidden = self:hides(field, old) or self:hides(field, new),
            is_noise = place.is_noise or NOISE[name],
         })
      end
   end
end

---The changes as lines.
---@param before table
---@param after table
---@param show astro.Show
---@return astro.Line[] lines none if nothing changed
function diff.lines(before, after, show)
   local walk = setmetatable({ show = show, news = {}, noise = {} }, Walk)
   walk:compare({ path = "", old = before, new = after, field = { type = "Deployment" } })
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
