--- Bodies of operations: a caller's table as JSON, with nothing added and nothing left out. The JSON's writer refuses
--- cycles.

local body_names = require "astro.api.body"
local later = require "astro.api.later"
local misuse = require "astro.api.misuse"

local body = {}

---The JSON of what an operation takes. Raises on a name that is misspelt.
---@param value table|string a string is sent as it is
---@param object_name string what it is to be
---@param to string the method, for messages
---@return string
function body.text(value, object_name, to)
   if type(value) == "string" then
      return value
   end
   misuse.expect(value, "table", "body", to)
   body_names.check(value, object_name, "body", to)
   return later("astro.pretty").body(value, "argument 'body'", to)
end

return body
