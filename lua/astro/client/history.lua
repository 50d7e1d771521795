--- A Deployment's deploys, and which of them runs.

local core = require "astro.core"
local misuse = require "astro.api.misuse"
local opener = require "astro.client.opener"
local time = require "astro.time"

local function seconds_of(text)
   local seconds, fraction = time.parse(type(text) == "string" and text or nil)
   return seconds and seconds + fraction
end

local function newest_first(deploys)
   local order, place, at = {}, {}, {}
   for i, deploy in ipairs(deploys) do
      order[i], place[deploy], at[deploy] = deploy, i, seconds_of(deploy.createdAt) or -math.huge
   end
   table.sort(order, function(a, b)
      if at[a] ~= at[b] then
         return at[a] > at[b]
      end
      return place[a] < place[b]
   end)
   return order
end

local function image_of(deploy)
   local repository, tag = deploy.imageRepository or "", deploy.imageTag or ""
   return repository ~= "" and tag ~= "" and repository .. ":" .. tag or nil
end

local function took(deploy)
   local began, ended = seconds_of(deploy.createdAt), seconds_of(deploy.updatedAt)
   return deploy.status == "DEPLOYED" and began and ended and ended >= began and ended - began or nil
end

-- Whether a Deployment has what a deploy brought. One that names no bundle of DAGs brought none.
local function is_of(deploy, deployment)
   local tag, dags = deploy.imageTag or "", deploy.dagTarballVersion or ""
   return deploy.status == "DEPLOYED"
      and tag ~= ""
      and (tag == deployment.imageVersion or tag == deployment.imageTag)
      and (dags == "" or dags == deployment.dagTarballVersion)
end

---A deploy as the service gives it, and what follows from it.
---@class astro.HistoryRow: astro.Deploy
---@field image? string its image: repository and tag
---@field took? number seconds from its making to its last change, where it is `DEPLOYED`: so long it took at the most,
---for whoever changes its description changes it
---@field runs? true it is what the Deployment runs

---@class astro.Client
local Client = {}

---A Deployment's deploys, the newest first, each with its image, how long it took and whether it runs. A row has what
---`rollback_deploy(row.deploymentId, row.id, {})` takes.
---
---What runs is the newest `DEPLOYED` one whose image tag the Deployment has, and whose bundle of DAGs, if it names one.
---No deploy runs where none fits, as while one is under way, or where the token may not see this; where several have the
---same tag and bundle, as a deploy and its rollback, it is the newest. The service itself does not say which.
---Source: the API's pages "List Deploys" and "Get a Deployment".
---@param id string
---@param given? astro.CallOptions for each request
---@return astro.HistoryRow[]? rows
---@return string message
---@return astro.Error err
function Client:history(id, given)
   opener.begin(self, "history", given)
   misuse.check(core.id, id, "history", "id")
   local deploys, message, err = self:all_deploys(id, nil, given)
   if not deploys then
      return nil, message, err
   end
   local deployment
   deployment, message, err = self:get_deployment(id, given) -- after them: it cannot have what they do not tell of
   if not deployment then
      return nil, message, err
   end
   local rows, is_found = newest_first(deploys), false
   for _, row in ipairs(rows) do
      row.image, row.took = image_of(row), took(row)
      row.runs = not is_found and is_of(row, deployment) or nil
      is_found = is_found or row.runs ~= nil
   end
   return rows
end

return Client
