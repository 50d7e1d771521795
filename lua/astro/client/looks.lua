--- What a watch asks of the service: the list, a request a hundred, and what the list lacks.

local core = require "astro.core"
local exchange = require "astro.client.exchange"
local failure = require "astro.client.failure"
local pages = require "astro.client.pages"

local unpack = table.unpack or unpack -- luacheck: ignore 143

local looks = {}

local IDS_A_REQUEST = 100

---Gives a page's rows at each call, false behind the last, or nil and the error.
---@alias astro.NextPage fun(): astro.Deployment[]|false|nil, astro.Error?

---@param call astro.Call
---@param source astro.PageSource
---@param ids string[]
---@return astro.NextPage
function looks.by_ids(call, source, ids)
   local first = 1
   return function()
      if first > #ids then
         return false
      end
      local some = { unpack(ids, first, math.min(first + IDS_A_REQUEST - 1, #ids)) }
      first = first + #some
      local page, _, err = pages.page(call, source, { deploymentIds = some, limit = #some })
      return page and page.deployments, err
   end
end

---@param call astro.Call
---@param source astro.PageSource
---@param query table<string, any> becomes the look's own
---@return astro.NextPage
function looks.by_query(call, source, query)
   local walk = pages.walk(call, source, query)
   return function()
      if walk.is_last then
         return false
      end
      local rows, _, err = walk:fetch(call)
      return rows, err
   end
end

---One Deployment. An answer that is not of that id is an error of kind `decode`.
---@param call astro.Call
---@param organization string checked
---@param id string checked
---@return astro.Deployment? deployment
---@return string? message
---@return astro.Error? err
function looks.one(call, organization, id)
   local job = exchange.one(call, exchange.request(organization, id))
   local value = job.outcome.value
   if value and value.id ~= id then
      local text = ("GET deployment %s: decode: another Deployment"):format(id)
      return failure.new("decode", text, { status = job.outcome.status, attempts = job.attempts })
   end
   return exchange.deployment_of(call, job)
end

---Whether the token still sees a workspace. A Deployment that is there is seen by who sees its workspace: that is what
---tells one that is gone from one that the token may not see any more, which is a 404, too.
---@param call astro.Call
---@param organization string checked
---@param id any as a Deployment had it
---@return boolean
function looks.sees_workspace(call, organization, id)
   if not pcall(core.id, id, call.name, "workspaceId") then
      return false
   end
   local job = exchange.one(call, {
      method = "GET",
      path = ("/organizations/%s/workspaces/%s"):format(organization, id),
      target = "workspace " .. id,
      any = true,
   })
   local value = job.outcome.value
   return type(value) == "table" and value.id == id
end

return looks
