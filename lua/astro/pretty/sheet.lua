--- A Deployment from which a card takes value after value. What was not taken can be asked for, so that nothing is
--- lost.

local core = require "astro.core"
local json = require "astro.pretty.json"
local masked = require "astro.pretty.masked"
local phrase = require "astro.pretty.phrase"
local safe = require "astro.pretty.safe"
local shape = require "astro.api.shape"
local tree = require "astro.pretty.tree"

---@class astro.Sheet
---@field deployment table what is left of it
---@field now number
local Sheet = {}
Sheet.__index = Sheet

---@param deployment table masked; the sheet's own, as it is taken to pieces
---@param now number
function Sheet.new(deployment, now)
   return setmetatable({ deployment = deployment, now = now }, Sheet)
end

---An object of the sheet: the Deployment, or one in it.
---@class astro.Part
---@field sheet astro.Sheet
---@field owner table the object itself, without what was taken
---@field object astro.Object what the schema says of it
local Part = {}
Part.__index = Part

---@param owner table
---@param object astro.Object
---@return astro.Part
function Sheet:part(owner, object)
   return setmetatable({ sheet = self, owner = owner, object = object }, Part)
end

---@return astro.Part
function Sheet:root()
   return self:part(self.deployment, shape.objects.Deployment)
end

-- A person in words, "Jane Doe (USER, clm8...)": the best name first, then all else that is told.
function Part:person()
   local texts = {}
   for _, field in ipairs(self.object) do
      local value = self.owner[field.name]
      if value ~= nil and type(value) ~= "table" then
         self.owner[field.name] = nil
         texts[field.name] = value ~= masked.MASK and phrase.plain(value) or nil
      end
   end
   local best = texts.fullName and "fullName" or texts.apiTokenName and "apiTokenName" or "username"
   best = texts[best] and best or "id"
   local others = {}
   for _, field in ipairs(self.object) do
      if field.name ~= best then
         others[#others + 1] = texts[field.name]
      end
   end
   local inner = table.concat(others, ", ")
   return texts[best] and (inner == "" and texts[best] or ("%s (%s)"):format(texts[best], inner))
end

---Takes a field's value as words; nil if there is nothing to say.
---@param name string
---@param is_short? boolean a time without how far away it is
---@return string? text
---@return any value
function Part:text(name, is_short)
   local owner, field = self.owner, self.object.by_name[name]
   local key = field.name
   local value = owner[key]
   if value == nil and field.v1beta1 then
      key = field.v1beta1
      value = owner[key]
   end
   if value == nil then
      return nil
   elseif field.type == "BasicSubjectProfile" and type(value) == "table" then
      return self.sheet:part(value, field.object):person()
   elseif field.type == "time" and type(value) == "string" then
      owner[key] = nil
      return phrase.time(value, not is_short and self.sheet.now or nil), value
   end
   -- Most values are texts that are shown as they are.
   local text = value ~= "" and core.is_safe(value) and value or phrase.plain(value)
   if text then
      owner[key] = nil
   end
   return text, value
end

---The object that one leads to by the names of fields.
---@param ... string
---@return astro.Part? part nil: there is none
function Part:part(...)
   local part = self
   for _, name in ipairs({ ... }) do
      local value = part.owner[name]
      if type(value) ~= "table" then
         return nil
      end
      part = part.sheet:part(value, part.object.by_name[name].object)
   end
   return part
end

---The objects of a list.
---@param name string the list's field
---@return astro.Part[] items what is no object is left out
function Part:items(name)
   local items, object, list = {}, self.object.by_name[name].object, self.owner[name]
   for _, item in ipairs(type(list) == "table" and list or {}) do
      items[#items + 1] = type(item) == "table" and self.sheet:part(item, object) or nil
   end
   return items
end

local NOTHING = {}

-- The field that an item of a list is.
local function item_of(field)
   return { type = field.type, object = field.object }
end

local has_left

-- What of an object says something, or is none of the schema's.
local function left_of(value, object)
   local left = {}
   for key, item in pairs(value) do
      local field = object.by_name[key]
      if not field or (not tree.is_empty(item) and has_left(item, field)) then
         left[key] = item
      end
   end
   return left
end

-- Whether there is something left of a value.
function has_left(value, field)
   if type(value) ~= "table" or not field.object then
      return true
   elseif not field.is_list then
      return next(left_of(value, field.object)) ~= nil
   end
   local of_item = item_of(field)
   for _, item in pairs(value) do
      if has_left(item, of_item) then
         return true
      end
   end
   return false
end

-- Adds what is left of a value, whose path is what stands before its last part, and that.
local function collect(value, field, before, last, found)
   local object = type(value) == "table" and field and field.object
   if object and field.is_list then
      local of_item = item_of(field)
      for _, i in ipairs(tree.keys(value)) do
         collect(value[i], of_item, before .. last, ("[%s]"):format(i), found)
      end
   elseif object then
      local path, left = before .. last, left_of(value, object)
      path = path == "" and "" or path .. "."
      for _, key in ipairs(next(left) ~= nil and tree.keys(left, object) or NOTHING) do
         collect(left[key], object.by_name[key], path, tostring(key), found)
      end
   else
      found[#found + 1] = { safe.text(before .. last), safe.text(json.line(value, field)) }
   end
end

---All that was not taken, as { path, JSON } pairs. Fields of the schema that say nothing are left out.
---@return { [1]: string, [2]: string }[]
function Sheet:rest()
   local found = {}
   collect(self.deployment, { object = shape.objects.Deployment }, "", "", found)
   return found
end

return Sheet
