--- Deployments of Astro in floating windows.

local browse = require "astro_deployments.browse"
local window = require "astro_deployments.window"

local deployments = {}

local clients = {} -- by organization; "": the one that ASTRO_ORGANIZATION_ID names

-- Calls f with a client, as a coroutine of the editor's loop; on_done gets what f gives, or nil and a message.
local function with_client(organization, f, on_done)
   local is_there, loop = pcall(require, "astro.loop.luv")
   if not is_there then
      return on_done(nil, loop)
   end
   loop.start(function()
      local name = organization or ""
      clients[name] = clients[name] or require("astro").client({ loop = loop, organization = organization })
      return f(clients[name])
   end, function(ok, value, message)
      if ok then
         on_done(value, message)
      else
         on_done(nil, value)
      end
   end)
end

---Shows what failed, in one line.
---@param problem any a message or an error; the position that misuse is raised with is left out
function deployments.complain(problem)
   local line = tostring(problem):match("^[^\n]*"):gsub("^%S+:%d+: ", "")
   vim.notify("astro: " .. line, vim.log.levels.ERROR)
end

---A window with one Deployment. A result that comes after it was closed is dropped.
---@class astro_deployments.View
---@field id string
---@field organization? string
---@field buffer integer
---@field deployment? table what it shows
---@field is_loading boolean
local View = {}
View.__index = View

function View:show(deployment, message)
   self.is_loading = false
   if not window.is_open(self.buffer) then
      return
   end
   window.note(self.buffer, nil)
   if not deployment then
      return deployments.complain(message)
   end
   self.deployment = deployment
   window.draw(self.buffer, require("astro.pretty.card").lines(deployment))
end

function View:refresh()
   if self.is_loading then
      return
   end
   self.is_loading = true
   window.note(self.buffer, "loading …")
   with_client(self.organization, function(client)
      return client:get_deployment(self.id)
   end, function(deployment, message)
      self:show(deployment, message)
   end)
end

-- The link in the cursor's line, else the Deployment's page: Astro's, or Airflow's where there is none.
function View:browse()
   local here = vim.api.nvim_get_current_line():match "https?://%S+"
   local links = self.deployment and require("astro").urls(self.deployment) or {}
   local problem = browse(here or links.astro or links.airflow)
   if problem then
      deployments.complain(problem)
   end
end

local KEYS = {
   r = View.refresh,
   gx = View.browse,
   q = function(view)
      vim.api.nvim_buf_delete(view.buffer, { force = true })
   end,
}

---Opens a window with a Deployment's card: r refreshes, q closes, gx opens the link.
---@param id string
---@param organization? string nil: ASTRO_ORGANIZATION_ID
function deployments.open(id, organization)
   local view = setmetatable({ id = id, organization = organization, is_loading = false }, View)
   view.buffer = window.open({ { { id, "name" } } })
   for key, act in pairs(KEYS) do
      vim.keymap.set("n", key, function()
         act(view)
      end, { buffer = view.buffer, nowait = true })
   end
   view:refresh()
end

local function label(deployment)
   local text = ("%s  %s  %s"):format(deployment.name, deployment.status, deployment.id)
   return require("astro.pretty.safe").text(text)
end

---Asks which Deployment to open, by vim.ui.select.
function deployments.pick()
   vim.notify "astro: loading Deployments …"
   with_client(nil, function(client)
      local found = {}
      for deployment in client:each_deployment() do
         found[#found + 1] = deployment
      end
      return found
   end, function(found, message)
      if not found then
         return deployments.complain(message)
      end
      vim.ui.select(found, { prompt = "Deployment:", format_item = label }, function(chosen)
         if chosen then
            deployments.open(chosen.id)
         end
      end)
   end)
end

return deployments
