--- Fields of the API's other objects that are secrets, or hold some: they are known by their names, wherever they stand.

local brief = require "astro.api.brief"
local objects = require "astro.api.objects"

local secrets = {}

---@type table<string, astro.Field>
local fields -- made when they are first asked for

-- The secrets of an object that is found by the name of the field it stands in are looked for there; others have names
-- that are theirs alone.
local function read()
   fields = {}
   local holders, alone = {}, {}
   for name, text in pairs(objects) do
      if text:find("!", 1, true) then
         holders[name] = brief.read(text)
      end
   end
   for _, text in pairs(objects) do
      for _, field in ipairs(brief.read(text)) do
         if holders[field.type] and not field.is_list then
            field.object, alone[field.type] = holders[field.type], false
            fields[field.name] = field
         end
      end
   end
   for name, object in pairs(holders) do
      for _, field in ipairs(alone[name] == nil and object or {}) do
         fields[field.name] = field.is_secret and field or fields[field.name]
      end
   end
end

---The field of a name, if it is a secret or holds some.
---@param key any
---@return astro.Field? field with its `object`, where it holds some
function secrets.field(key)
   if not fields then
      read()
   end
   return fields[key]
end

return secrets
