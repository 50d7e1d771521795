--- The query of a URL, and the Deployments that one asks for.

local filter = require "astro.filter"

local query = {}

local DEFAULT_LIMIT, LIMIT = 20, 1000

local function decoded(text)
   return (text:gsub("%%(%x%x)", function(digits)
      return string.char(tonumber(digits, 16))
   end))
end

---@param text string such as "limit=2&names=a&names=b"
---@return table<string, string[]> values by names
function query.read(text)
   local values = {}
   for key, value in text:gmatch "([^&=]+)=([^&]*)" do
      local name = decoded(key)
      values[name] = values[name] or {}
      table.insert(values[name], decoded(value))
   end
   return values
end

-- By a query's key: the field that it looks at.
local FIELDS = { deploymentIds = "id", names = "name", workspaceIds = "workspaceId" }

local function is_wanted(deployment, wanted)
   for key, field in pairs(FIELDS) do
      local is_among = wanted[key] == nil
      for _, value in ipairs(wanted[key] or {}) do
         is_among = is_among or deployment[field] == value
      end
      if not is_among then
         return false
      end
   end
   return true
end

---@param rows astro.testing.Row[]
---@param organization string
---@param wanted table<string, string[]>
---@return astro.testing.Row[] page
---@return astro.DeploymentsPaginated numbers without the Deployments
function query.page(rows, organization, wanted)
   local chosen, row_of, page = {}, {}, {}
   for _, row in ipairs(rows) do
      local given = row.given
      if (given.organizationId or organization) == organization and is_wanted(given, wanted) then
         chosen[#chosen + 1], row_of[given] = given, row
      end
   end
   chosen = wanted.sorts and filter.sort_by(chosen, wanted.sorts) or chosen
   local limit = tonumber((wanted.limit or {})[1]) or DEFAULT_LIMIT
   local offset = tonumber((wanted.offset or {})[1]) or 0
   limit = math.min(limit > 0 and limit or DEFAULT_LIMIT, LIMIT)
   for place = offset + 1, math.min(offset + limit, #chosen) do
      page[#page + 1] = row_of[chosen[place]]
   end
   return page, { limit = limit, offset = offset, totalCount = #chosen }
end

return query
