--- Reads objects that are written in brief, as those of `astro.api.objects` and `astro.api.bodies`.

local brief = {}

-- "kind*! {A B}[]": name, marks, type, and whether it is a list.
local function read_field(text)
   local name, marks, kind = text:match "^%s*(%a[%w]*)([*!]*) (.-)%s*$"
   local values = kind:match "^{(.*)}"
   local field = {
      name = name,
      type = values and "string" or kind:match "^%w+",
      is_list = kind:sub(-2) == "[]",
      is_required = marks:find("*", 1, true) ~= nil,
      is_secret = marks:find("!", 1, true) ~= nil,
   }
   field.may_hide = field.is_secret
   if values then
      field.enum = {}
      for value in values:gmatch "%S+" do
         field.enum[#field.enum + 1] = value
      end
   end
   return field
end

---An object's fields, in order and by name.
---@param text string such as "id* string, roles ApiTokenRole[]"
---@return astro.Object
function brief.read(text)
   local object = { by_name = {} }
   for part in text:gmatch "[^,]+" do
      local field = read_field(part)
      object[#object + 1] = field
      object.by_name[field.name] = field
   end
   return object
end

return brief
