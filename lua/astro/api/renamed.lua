--- Fields that the API's versions name differently, by either name.

local shape = require "astro.api.shape"

local renamed = {
   ---@type table<string, string> by either name the other one
   other = {},
   ---@type table<string, boolean> the names that v1 has no more
   is_old = {},
}

for _, object in pairs(shape.objects) do
   for _, field in ipairs(object) do
      if field.v1beta1 then
         renamed.other[field.name], renamed.other[field.v1beta1] = field.v1beta1, field.name
         renamed.is_old[field.v1beta1] = true
      end
   end
end

---What an object has in a field, under whichever name it was sent; the name asked for goes first. Passes by the
---metatable that a Deployment has for its reader, who is told of old names.
---@param owner table
---@param name string
---@return any
function renamed.get(owner, name)
   local other = renamed.other[name]
   if not other then
      return owner[name]
   end
   local value = rawget(owner, name)
   if value == nil then
      value = rawget(owner, other)
   end
   return value
end

return renamed
