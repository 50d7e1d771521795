--- The organization of a call: that of the options, the environment's, or the one that the token is for.

local core = require "astro.core"
local misuse = require "astro.api.misuse"
local token = require "astro.client.token"

local organization = {}

-- What no option says.
local function find(call, argument, credentials)
   local ok, found = pcall(core.id, nil, call.name, argument, "ASTRO_ORGANIZATION_ID")
   if ok then
      return found
   end
   local is_set = (os.getenv "ASTRO_ORGANIZATION_ID" or "") ~= ""
   return not is_set and token.organization(call, credentials) or nil, found
end

---The organization's id, checked. Raises where there is none.
---@param call astro.Call its organization was checked already
---@param argument? string what a message calls it: "organization" by default
---@param credentials? string|fun(err?: astro.Error): string?, string? go before the client's token
---@return string id
function organization.of(call, argument, credentials)
   local id, problem = call.organization, nil
   if not id then
      id, problem = find(call, argument or "organization", credentials)
   end
   return id or misuse.raise(tostring(problem))
end

---The same, of which nothing is raised.
---@param call astro.Call
---@return string? id
function organization.known(call)
   return call.organization or (find(call, "organization"))
end

return organization
