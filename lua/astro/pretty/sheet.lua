--- A Deployment from which a card takes value after value. What was not taken can be asked for, so that nothing is
--- lost.

local json = require "astro.pretty.json"
local masked = require "astro.pretty.masked"
local phrase = require "astro.pretty.phrase"
local safe = require "astro.pretty.safe"
local shape = require "astro.api.shape"
local tree = require "astro.pretty.tree"

---@class astro.Sheet
---@field deployment table masked
---@field now number
---@field taken table<table, table<any, boolean>> by owner and key
local Sheet = {}
Sheet.__index = Sheet

---@param deployment table masked
---@param now number
function Sheet.new(deployment, now)
   return setmetatable({ deployment = deployment, now = now, taken = {} }, Sheet)
end

function Sheet:take(owner, key)
   local taken = self.taken[owner]
   if not taken then
      taken = {}
      self.taken[owner] = taken
   end
   taken[key] = true
end

-- A person in words, "Jane Doe (USER, clm8...)": the best name first, then all else that is told.
function Sheet:person(profile)
   local object, texts = shape.objects.BasicSubjectProfile, {}
   for _, field in ipairs(object) do
      local value = profile[field.name]
      if value ~= nil and type(value) ~= "table" then
         self:take(profile, field.name)
         texts[field.name] = value ~= masked.MASK and phrase.plain(value) or nil
      end
   end
   local best = texts.fullName and "fullName" or texts.apiTokenName and "apiTokenName" or "username"
   best = texts[best] and best or "id"
   local others = {}
   for _, field in ipairs(object) do
      if field.name ~= best then
         others[#others + 1] = texts[field.name]
      end
   end
   local inner = table.concat(others, ", ")
   return texts[best] and (inner == "" and texts[best] or ("%s (%s)"):format(texts[best], inner))
end

---Takes a field's value as words; nil if there is nothing to say.
---@param owner table
---@param object_name string
---@param name string
---@param is_short? boolean a time without how far away it is
---@return string?
function Sheet:text(owner, object_name, name, is_short)
   local field = shape.objects[object_name].by_name[name]
   local key = field.name
   local value = owner[key]
   if value == nil and field.v1beta1 then
      key = field.v1beta1
      value = owner[key]
   end
   if value == nil then
      return nil
   elseif field.type == "BasicSubjectProfile" and type(value) == "table" then
      return self:person(value)
   elseif field.type == "time" and type(value) == "string" then
      self:take(owner, key)
      return phrase.time(value, not is_short and self.now or nil)
   end
   local text = phrase.plain(value)
   if text then
      self:take(owner, key)
   end
   return text
end

---An object of the sheet: the Deployment, or one in it.
---@class astro.Part
---@field sheet astro.Sheet
---@field owner table the object itself
---@field object_name string
local Part = {}
Part.__index = Part

---@return astro.Part
function Sheet:part(owner, object_name)
   return setmetatable({ sheet = self, owner = owner, object_name = object_name }, Part)
end

---Takes a field's value, as `Sheet:text` does.
---@param name string
---@param is_short? boolean
---@return string?
function Part:text(name, is_short)
   return self.sheet:text(self.owner, self.object_name, name, is_short)
end

---The object that one leads to by the names of fields.
---@param ... string
---@return astro.Part? part nil: there is none
function Part:part(...)
   local part = self
   for _, name in ipairs({ ... }) do
      local value, field = part.owner[name], shape.objects[part.object_name].by_name[name]
      if type(value) ~= "table" then
         return nil
      end
      part = self.sheet:part(value, field.type)
   end
   return part
end

---The objects of a list.
---@param name string the list's field
---@return astro.Part[] items what is no object is left out
function Part:items(name)
   local items, list = {}, self:part(name)
   for _, item in ipairs(list and list.owner or {}) do
      items[#items + 1] = type(item) == "table" and self.sheet:part(item, list.object_name) or nil
   end
   return items
end

-- What of an object was not taken and says something, or is none of the schema's.
local function left_of(value, object, taken)
   local left = {}
   for key, item in pairs(value) do
      if not taken[key] and not (object.by_name[key] and tree.is_empty(item)) then
         left[key] = item
      end
   end
   return left
end

local NOTHING = {}

-- Adds what is left of a value, whose path is what stands before its last part, and that.
function Sheet:collect(value, field, before, last, found)
   local object = type(value) == "table" and field and shape.objects[field.type]
   if object and field.is_list then
      for _, i in ipairs(tree.keys(value)) do
         self:collect(value[i], { type = field.type }, before .. last, ("[%s]"):format(i), found)
      end
   elseif object then
      local left = left_of(value, object, self.taken[value] or NOTHING)
      if next(left) == nil then
         return
      end
      local path = before .. last
      path = path == "" and "" or path .. "."
      for _, key in ipairs(tree.keys(left, object)) do
         self:collect(left[key], object.by_name[key], path, tostring(key), found)
      end
   else
      found[#found + 1] = { safe.text(before .. last), safe.text(json.line(value, field)) }
   end
end

---All that was not taken, as { path, JSON } pairs. Fields of the schema that say nothing are left out.
---@return { [1]: string, [2]: string }[]
function Sheet:rest()
   local found = {}
   self:collect(self.deployment, { type = "Deployment" }, "", "", found)
   return found
end

return Sheet
