--- Deployments of Astro in windows.

local card = require "astro_deployments.card"
local follow = require "astro_deployments.follow"
local known = require "astro_deployments.known"
local picker = require "astro_deployments.picker"

local deployments = {}

---Opens a window with a Deployment's card, and a line of its keys.
---@param id string its id, or its name as <Tab> completes it
---@param organization? string nil: ASTRO_ORGANIZATION_ID
function deployments.open(id, organization)
   card.open(id, organization)
end

---Asks which Deployment to open, by vim.ui.select.
function deployments.pick()
   picker.ask(function(deployment)
      deployments.open(deployment.id)
   end)
end

-- Lines of what an iterator gives.
local function drawn(next_one, line_of)
   return function()
      local one = next_one()
      return one and line_of(one)
   end
end

---Opens a buffer that follows a Deployment's log.
---@param id string or its name
---@param given? astro.CallOptions.each_log
function deployments.log(id, given)
   follow.open("log/" .. known.id(id), function(client, cancel)
      local options = vim.tbl_extend("keep", { cancel = cancel }, given or {}, { follow = true })
      return drawn(client:each_log(known.find(client, id), options), require "astro.pretty.log_line")
   end)
end

---Opens a buffer that follows Deployments: first each as it is, then what becomes of them.
---@param ids? string[] or names; nil: all
---@param given? astro.CallOptions.watch
function deployments.watch(ids, given)
   follow.open("watch", function(client, cancel)
      local found = ids and vim.tbl_map(function(id)
         return known.find(client, id)
      end, ids)
      local options = vim.tbl_extend("keep", { cancel = cancel }, given or {}, { initial = true })
      return drawn(client:watch(found, options), require "astro_deployments.event")
   end)
end

return deployments
