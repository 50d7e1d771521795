--- The service as a transport: Deployments from tables, one by one and by pages, what befalls them, and failures.

local core = require "astro.core"
local failures = require "astro.testing.failures"
local misuse = require "astro.api.misuse"
local pretty = require "astro.pretty"
local query = require "astro.testing.query"
local store = require "astro.testing.store"
local time = require "astro.testing.time"

local service = {}

local function json(value)
   return pretty.json(value, { indent = 0 })
end

local function answer(status, value)
   local body = type(value) == "table" and json(value) or value
   return status, { ["Content-Type"] = "application/json" }, body
end

-- What the service says by itself.
local MESSAGES = {
   [400] = "Invalid request",
   [401] = "token expired",
   [403] = "Insufficient permissions",
   [404] = "not found",
   [409] = "conflict",
   [500] = "Internal server error",
}

---@class astro.testing.Service
---@field store astro.testing.Store
---@field planned astro.PlannedFailure[]
---@field requests integer how many there were
local Service = {}
Service.__index = Service

function Service:refuse(status, message)
   return answer(status, {
      message = message or MESSAGES[status] or "refused",
      requestId = ("testing-%d"):format(self.requests),
      statusCode = status,
   })
end

function Service:fail(failure, request)
   if failure.kind == "timeout" then
      time.sleep(request.timeout)
   end
   if failure.kind then
      return nil, failure.message or "as planned", failure.kind
   end
   local status, headers, body = self:refuse(failure.status, failure.message)
   if failure.body then
      body = type(failure.body) == "table" and json(failure.body) or failure.body
   end
   headers["Retry-After"] = failure.retry_after and ("%d"):format(failure.retry_after)
   return status, headers, body
end

local function list_deployments(found)
   local rows, page = query.page(found.rows, found.organization, query.read(found.query))
   page.deployments = {}
   for i, row in ipairs(rows) do
      page.deployments[i] = store.look(row)
   end
   return answer(200, page)
end

local function get_deployment(found)
   return answer(200, store.look(found.row))
end

local function override(found, request)
   local asked = core.decode(request.body or "") or {}
   found.row.override = {
      isActive = true,
      isHibernating = asked.isHibernating == true,
      overrideUntil = asked.overrideUntil,
   }
   return answer(200, found.row.override)
end

local function end_override(found)
   found.row.override = false
   return answer(204, "")
end

-- By the method and what stands behind the organization.
local ANSWERS = {
   ["GET /deployments"] = list_deployments,
   ["GET /deployments/{id}"] = get_deployment,
   ["POST /deployments/{id}/hibernation-override"] = override,
   ["DELETE /deployments/{id}/hibernation-override"] = end_override,
}

-- What a request is for.
local function find(request)
   local place, text = request.url:match "^%a+://[^/]+([^?]*)%??(.*)$"
   local organization, rest = place:match "/organizations/([^/]+)(.*)$"
   local found =
      { organization = organization, query = text, id = (rest or ""):match "^/deployments/([^/]+)" }
   local endpoint = (rest or place):gsub("^(/deployments/)[^/]+", "%1{id}")
   found.name = ("%s %s"):format(request.method, endpoint)
   return found
end

function Service:exchange(request)
   local found = find(request)
   self.requests = self.requests + 1
   local failure = failures.take(self.planned, request.method, found.id)
   if failure then
      return self:fail(failure, request)
   elseif not ANSWERS[found.name] then
      misuse.raise(
         ("the testing service has no answer to '%s'; a transport before it may"):format(found.name)
      )
   end
   found.rows = self.store.rows
   found.row = found.id and self.store:find(found.id, found.organization)
   if found.id and not found.row then
      return self:refuse(404)
   end
   return ANSWERS[found.name](found, request)
end

---@param given { deployments?: astro.Deployment[], failures?: table, steps?: table } read
---@param to string the function that was given them
---@return astro.Transport
function service.new(given, to)
   local self = setmetatable({
      store = store.new(given.deployments, given.steps, to),
      planned = failures.read(given.failures, to),
      requests = 0,
   }, Service)
   return function(request)
      return self:exchange(request)
   end
end

return service
