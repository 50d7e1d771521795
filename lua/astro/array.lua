--- Lists that stay lists in JSON though they be empty: Lua's `{}` is either.

local core = require "astro.core"
local lists = require "astro.api.list"

---Marks a list. What is decoded has its empty ones marked.
---@param list any[]
---@return any[] list the same one
local function array(list)
   lists.expect(list, "argument 'list'", "a list", "array")
   return setmetatable(list, core.array)
end

return array
