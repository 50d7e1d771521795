--- Lists that stay lists in JSON even if they are empty: Lua's `{}` may be either.

local core = require "astro.core"
local lists = require "astro.api.list"

---Marks a list. Empty lists of decoded answers are marked already. Raises on what is no list.
---@param list any[]
---@return any[] list the same one
local function array(list)
   lists.expect(list, "argument 'list'", "a list", "array")
   return setmetatable(list, core.array)
end

return array
