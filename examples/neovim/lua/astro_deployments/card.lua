--- A window with one Deployment, and its keys.

local browse = require "astro_deployments.browse"
local clients = require "astro_deployments.clients"
local Float = require "astro_deployments.float"
local known = require "astro_deployments.known"
local problem = require "astro_deployments.problem"
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
---@field id string its id, a name until it was loaded
---@field organization? string
---@field float astro_deployments.Float
---@field deployment? table what it shows
---@field said? astro.Segment above it: what failed, or was not done
---@field is_loading boolean
local View = {}
View.__index = View

-- What the window shows in so many columns.
function View:lines(width)
   local lines = self.said and window.paragraph(self.said[1], self.said[2], width) or {}
   if self.deployment then
      vim.list_extend(lines, lines[1] and { {} } or {})
      vim.list_extend(lines, require("astro.pretty.card").lines(self.deployment, { width = width }))
   end
   return lines
end

-- Shows it, from its first line on if something is said there.
function View:show()
   self.float:show()
   if self.said then
      self.float:go_to_top()
   end
end

function View:say(text, style)
   self.said = { text, style }
   self:show()
end

-- Calls f with a client; on_done gets what it gives.
function View:load(note, f, on_done)
   self.is_loading, self.said = true, nil
   window.note(self.float.buffer, note)
   clients.start(self.organization, f, function(...)
      self.is_loading = false
      window.note(self.float.buffer, nil)
      on_done(...)
      self:show()
   end)
end

function View:refresh()
   if self.is_loading then
      return
   end
   self:load("loading …", function(client)
      self.id = known.find(client, self.id, self.organization)
      return client:get_deployment(self.id)
   end, function(deployment, raised)
      self.deployment = deployment or self.deployment
      self.said = not deployment and { problem.line(raised), "error" } or nil
   end)
end

-- Changes the Deployment. What failed is told where the window was closed, too.
function View:change(method)
   if self.is_loading then
      return self:say("nothing was changed: the Deployment is being loaded", "error")
   end
   self:load(CHANGES[method].note, function(client)
      return client[method](client, self.id)
   end, function(deployment, changed)
      self.deployment = deployment or self.deployment
      if not deployment then
         self.said = { problem.line(changed), "error" }
      elseif not changed then
         self.said = { "nothing was changed: it was so already", "quiet" }
      end
      if not deployment and not self.float:is_open() then
         problem.notify(changed)
      end
   end)
end

-- Changes the Deployment if the answer is yes.
function View:ask(method)
   if not self.deployment then
      return self:say("no Deployment is shown yet", "error")
   end
   local name = require("astro.pretty.safe").text(tostring(self.deployment.name or self.id))
   local question = CHANGES[method].question:format(name)
   vim.ui.select({ "Yes", "No" }, { prompt = question }, function(answer)
      if answer == "Yes" then
         self:change(method)
      end
   end)
end

-- The link in the cursor's line, whole where the line has a part of it.
function View:link()
   for _, segment in ipairs(self.float:line()) do
      local link = (segment.whole or segment[1]):match "https?://%S+"
      if link then
         return link
      end
   end
end

-- That link, else the Deployment's page: Astro's, or Airflow's where there is none.
function View:browse()
   local here = self:link()
   local links = self.deployment and require("astro").urls(self.deployment) or {}
   local fault = browse.open(here or links.astro or links.airflow)
   if fault then
      self:say(problem.line(fault), "error")
   end
end

function View:keys()
   local function key(lhs, word, method, argument)
      return {
         lhs,
         word,
         function()
            self[method](self, argument)
         end,
      }
   end
   return {
      key("r", "reload", "refresh"),
      key("gx", "open link", "browse"),
      key("w", "wake", "ask", "wake"),
      key("h", "hibernate", "ask", "hibernate"),
   }
end

---Opens a window with a Deployment's card.
---@param text string its id or name
---@param organization? string nil: ASTRO_ORGANIZATION_ID
function card.open(text, organization)
   local view = setmetatable({ id = text, organization = organization, is_loading = false }, View)
   view.float = Float.open("Deployment " .. text, view:keys(), function(width)
      return view:lines(width)
   end)
   view:refresh()
end

return card
