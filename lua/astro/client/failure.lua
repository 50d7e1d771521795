--- Error tables of the same form as the core's, for what only Lua can know.

local core = require "astro.core"

---Gives nil, message, err.
---@param kind astro.Kind
---@param message string one line
---@param fields? table more fields
---@return nil, string, astro.Error
local function failure(kind, message, fields)
   local err = fields or {}
   err.kind, err.message, err.attempts = kind, message, err.attempts or 0
   return nil, message, setmetatable(err, core.error)
end

return failure
