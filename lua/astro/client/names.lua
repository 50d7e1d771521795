--- Lets a Deployment be read by both names of a field that the API's versions name differently. What the server sent
--- is all that the table itself has.

local later = require "astro.api.later"

local names = {}

local NOBODY = {} -- in place of a log

-- The metatables, by log. They hold their logs, so they are weak as well.
local metatables = setmetatable({}, { __mode = "kv" })

local renamed -- the data of all fields, which only who reads what is absent needs

-- A field that the Deployment does not have by that name. The name is gone where it was sent by the new one, or
-- where the environment asks for v1: then an absent field, too, would be found by the new one alone.
local function read(deployment, name, to_log)
   renamed = renamed or later "astro.api.renamed"
   local other = renamed.other[name]
   if not other then
      return nil
   end
   local value = rawget(deployment, other)
   if renamed.is_old[name] and (value ~= nil or os.getenv "ASTRO_API_VERSION" == "v1") then
      later("astro.client.old_names").note(name, other, to_log)
   end
   return value
end

---The metatable of the Deployments that a client gives; one for all that have the same log.
---@param to_log? function the client's log
---@return table
function names.metatable(to_log)
   local metatable = metatables[to_log or NOBODY]
   if not metatable then
      metatable = {
         __index = function(deployment, name)
            local value = read(deployment, name, to_log) -- no tail call: the reader's level is counted
            return value
         end,
      }
      metatables[to_log or NOBODY] = metatable
   end
   return metatable
end

return names
