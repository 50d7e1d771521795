--- The objects of the API, read once from `astro.api.fields` into the form that is looked up.

local fields = require "astro.api.fields"

---@class astro.Field
---@field name string as API version v1 has it
---@field type string "string", "integer", "boolean", "time" or an object's name
---@field is_list boolean an array of that type
---@field object? astro.Object where the type is one's name
---@field is_required boolean
---@field text string what it means
---@field enum? string[] the values known
---@field v1beta1? string|false the name in that version; false where it has none
---@field null? string the version in which it may be null
---@field is_secret? boolean its value is never shown
---@field is_identity boolean it tells who somebody or something is
---@field may_hide boolean whether there are values of it that pictures hide
---@field secret_if? string the field beside it that says whether it is a secret
---@field order? "version"|"quantity"|"time"|"enum" what its values are ordered as, if not as text

---An object: its fields in order, and by any of their names.
---@class astro.Object
---@field [integer] astro.Field
---@field by_name table<string, astro.Field>
---@field names string[] all of them, in order; an older one behind the newer

local shape = {
   ---@type table<string, astro.Object>
   objects = {},
   ---@type table<string, string[]> the known values, by the name of the field that has them
   enums = {},
   ---@type table<string, true> whether any object has a field of that name
   is_name = {},
}

local function read(row)
   local name, kind, presence, text = row[1], row[2], row[3], row[4]
   return {
      name = name,
      type = kind:match "^%w+",
      is_list = kind:sub(-2) == "[]",
      is_required = presence == "required",
      text = text,
      enum = row.enum,
      v1beta1 = row.v1beta1,
      null = row.null,
      is_identity = row.identity == true,
      secret_if = row.secret_if,
      may_hide = row.identity == true or row.secret_if ~= nil,
      order = row.order or (kind == "time" and "time" or nil),
   }
end

local function add_name(object, name, field)
   object.by_name[name] = field
   object.names[#object.names + 1] = name
   shape.is_name[name] = true
end

for object_name, rows in pairs(fields) do
   local object = { by_name = {}, names = {} }
   for i, row in ipairs(rows) do
      local field = read(row)
      object[i] = field
      add_name(object, field.name, field)
      if field.v1beta1 then
         add_name(object, field.v1beta1, field)
      end
      shape.enums[field.name] = field.enum or shape.enums[field.name]
   end
   shape.objects[object_name] = object
end

for _, object in pairs(shape.objects) do
   for _, field in ipairs(object) do
      field.object = shape.objects[field.type]
   end
end

return shape
