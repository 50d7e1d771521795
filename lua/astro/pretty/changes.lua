--- What changed between two Deployments, place by place.

local pairing = require "astro.pretty.pairing"
local renamed = require "astro.api.renamed"
local shape = require "astro.api.shape"
local masked = require "astro.pretty.masked"
local tree = require "astro.pretty.tree"

-- The field by which a path names an item.
local NAMES = { WorkerQueue = "name", DeploymentEnvironmentVariable = "key" }

-- Fields whose changes are no news if anything else changed.
local NOISE = { updatedAt = true, updatedBy = true }

---One place, and what stands there before and after.
---@class astro.Place
---@field path string
---@field old any nil: absent
---@field new any likewise
---@field field? astro.Field
---@field is_hidden? boolean neither is told
---@field is_noise? boolean who changed it, and when

---A walk through two Deployments, and the changes that it met.
---@class astro.Walk
---@field show? astro.Show nil: nothing is hidden
---@field news astro.Place[]
---@field noise astro.Place[]
local Walk = {}
Walk.__index = Walk

-- A name as `astro.paths.read` takes it behind "=": in quotes where it could not stand without; nil where it cannot.
local function quoted(name)
   if name == "" then
      return nil
   elseif not (name:find "]" or name:find "^[= '\"]" or name:find " $") then
      return name
   end
   local quote = not name:find '"' and '"' or not name:find "'" and "'"
   return quote and quote .. name .. quote
end

local function path_of(path, pair, name)
   local item = pair[1] or pair[2]
   local called = type(item) == "table" and name and item[name]
   local written = type(called) == "string" and quoted(called)
   if written then
      return path .. "[" .. name .. "=" .. written .. "]" -- %s of Lua 5.1 would end it at a zero byte
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
      local into = place.is_noise and self.noise or self.news
      into[#into + 1] = place
   elseif place.field.is_list then
      self:list(place)
   else
      self:object(place)
   end
end

function Walk:hides(field, owner)
   return field and self.show and masked.is_hidden(field, owner, self.show)
end

-- Nobody tells that a secret was set anew but its time.
local function is_noise(name, owner)
   return NOISE[name] and owner.isSecret ~= true
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
            is_noise = place.is_noise or is_noise(name, new),
         })
      end
   end
end

---The places that changed.
---@param before table
---@param after table
---@param show? astro.Show what pictures hide is marked as hidden; without it, nothing is
---@return astro.Place[] news
---@return astro.Place[] noise
local function changes(before, after, show)
   local walk = setmetatable({ show = show, news = {}, noise = {} }, Walk)
   walk:compare({ path = "", old = before, new = after, field = { type = "Deployment" } })
   return walk.news, walk.noise
end

return changes
