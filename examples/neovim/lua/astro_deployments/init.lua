--- Deployments of Astro in windows.

local card = require "astro_deployments.card"
local clients = require "astro_deployments.clients"
local complain = require "astro_deployments.complain"
local follow = require "astro_deployments.follow"

local deployments = {}

---Opens a window with a Deployment's card: r refreshes, q closes, gx opens the link, w wakes, h hibernates.
---@param id string
---@param organization? string nil: ASTRO_ORGANIZATION_ID
function deployments.open(id, organization)
   card.open(id, organization)
end

local function label(deployment)
   local text = ("%s  %s  %s"):format(deployment.name, deployment.status, deployment.id)
   return require("astro.pretty.safe").text(text)
end

---Asks which Deployment to open, by vim.ui.select.
function deployments.pick()
   vim.notify "astro: loading Deployments …"
   clients.start(nil, function(client)
      local found = {}
      for deployment in client:each_deployment() do
         found[#found + 1] = deployment
      end
      return found
   end, function(found, message)
      if not found then
         return complain(message)
      end
      vim.ui.select(found, { prompt = "Deployment:", format_item = label }, function(chosen)
         if chosen then
            deployments.open(chosen.id)
         end
      end)
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
---@param id string
---@param given? astro.CallOptions.each_log
function deployments.log(id, given)
   follow.open("log/" .. id, function(client, cancel)
      local options = vim.tbl_extend("keep", { cancel = cancel }, given or {}, { follow = true })
      return drawn(client:each_log(id, options), require "astro.pretty.log_line")
   end)
end

---Opens a buffer that follows Deployments: first each as it is, then what becomes of them.
---@param ids? string[] nil: all
---@param given? astro.CallOptions.watch
function deployments.watch(ids, given)
   follow.open("watch", function(client, cancel)
      local options = vim.tbl_extend("keep", { cancel = cancel }, given or {}, { initial = true })
      return drawn(client:watch(ids, options), require "astro_deployments.event")
   end)
end

return deployments
