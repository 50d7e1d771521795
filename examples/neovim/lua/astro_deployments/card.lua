--- A window with one Deployment, and its keys.

local browse = require "astro_deployments.browse"
local clients = require "astro_deployments.clients"
local complain = require "astro_deployments.complain"
local window = require "astro_deployments.window"

local card = {}

-- By the client's method: what is asked before, and what is said meanwhile.
local CHANGES = {
   wake = {
      question = "Wake %s? It is awake until further notice, whatever its schedules say.",
      note = "waking …",
   },
   hibernate = {
      question = "Hibernate %s? It runs nothing until further notice, whatever its schedules say.",
      note = "hibernating …",
   },
}

---A window with one Deployment. A result that comes after it was closed is dropped.
---@class astro_deployments.View
---@field id string
---@field organization? string
---@field buffer integer
---@field deployment? table what it shows
---@field is_loading boolean
local View = {}
View.__index = View

function View:show(deployment)
   if deployment and window.is_open(self.buffer) then
      self.deployment = deployment
      window.draw(self.buffer, require("astro.pretty.card").lines(deployment))
   end
end

-- Calls f with a client; on_done gets what it gives.
function View:load(note, f, on_done)
   self.is_loading = true
   window.note(self.buffer, note)
   clients.start(self.organization, f, function(...)
      self.is_loading = false
      window.note(self.buffer, nil)
      on_done(...)
   end)
end

function View:refresh()
   if self.is_loading then
      return
   end
   self:load("loading …", function(client)
      return client:get_deployment(self.id)
   end, function(deployment, message)
      if not deployment and window.is_open(self.buffer) then
         complain(message)
      end
      self:show(deployment)
   end)
end

-- Changes the Deployment. What comes of that is told where the window was closed, too.
function View:change(method)
   if self.is_loading then
      return complain "nothing was changed: the Deployment is being loaded"
   end
   self:load(CHANGES[method].note, function(client)
      return client[method](client, self.id)
   end, function(deployment, changed)
      if not deployment then
         complain(changed)
      elseif not changed then
         vim.notify "astro: nothing was changed: it was so already"
      end
      self:show(deployment)
   end)
end

-- Changes the Deployment if the answer is yes.
function View:ask(method)
   if not self.deployment then
      return complain "no Deployment is shown yet"
   end
   local name = require("astro.pretty.safe").text(tostring(self.deployment.name or self.id))
   local question = CHANGES[method].question:format(name)
   vim.ui.select({ "Yes", "No" }, { prompt = question }, function(answer)
      if answer == "Yes" then
         self:change(method)
      end
   end)
end

-- The link in the cursor's line, else the Deployment's page: Astro's, or Airflow's where there is none.
function View:browse()
   local here = vim.api.nvim_get_current_line():match "https?://%S+"
   local links = self.deployment and require("astro").urls(self.deployment) or {}
   local problem = browse(here or links.astro or links.airflow)
   if problem then
      complain(problem)
   end
end

local KEYS = {
   r = View.refresh,
   gx = View.browse,
   w = function(view)
      view:ask "wake"
   end,
   h = function(view)
      view:ask "hibernate"
   end,
   q = function(view)
      vim.api.nvim_buf_delete(view.buffer, { force = true })
   end,
}

---Opens a window with a Deployment's card.
---@param id string
---@param organization? string nil: ASTRO_ORGANIZATION_ID
function card.open(id, organization)
   local view = setmetatable({ id = id, organization = organization, is_loading = false }, View)
   view.buffer = window.open({ { { id, "name" } } })
   for key, act in pairs(KEYS) do
      vim.keymap.set("n", key, function()
         act(view)
      end, { buffer = view.buffer, nowait = true })
   end
   view:refresh()
end

return card
