--- Endpoints that have no method of their own.

local exchange = require "astro.client.exchange"
local later = require "astro.api.later"
local misuse = require "astro.api.misuse"
local opener = require "astro.client.opener"
local organization = require "astro.client.organization"
local pages = require "astro.client.pages"
local path = require "astro.client.path"
local schema = require "astro.api.schema"

---@class astro.Client
local Client = {}

-- The path of any endpoint.
local function path_of(call, template, params)
   local needs = type(template) == "string" and template:find("{organizationId}", 1, true)
   return path.fill(template, params, { organizationId = needs and organization.known(call) }, call.name)
end

---Any endpoint of either version, those included that have no method of their own.
---Source: the API's reference.
---@param method "GET"|"POST"|"PUT"|"PATCH"|"DELETE" only a GET is tried again if it may have been processed
---@param template string below the version's path; braces are filled from `params`, then by the organization
---@param given? astro.CallOptions.request
---@return any value decoded JSON; true for an empty answer
---@return integer|string status the HTTP status; the message if value is nil
---@return astro.Error err
function Client:request(method, template, given)
   local call, own = opener.begin(self, "request", given)
   if not schema.request_methods[method] then
      misuse.raise "bad argument 'method' to 'request' (GET, POST, PUT, PATCH or DELETE expected)"
   end
   local filled = path_of(call, template, own.params)
   local body = own.body
   if body and method == "GET" then
      misuse.raise "bad option 'body' to 'request' (a GET has none)"
   elseif type(body) == "table" then
      body = later("astro.pretty").body(body, "option 'body'", "request")
   end
   local job = exchange.one(call, {
      method = method,
      path = filled .. path.query(own.query),
      target = filled,
      body = body,
      any = true,
   })
   if job.outcome.err then
      return exchange.result(job)
   end
   return job.outcome.value, job.outcome.status
end

---An iterator over every item of any endpoint's pages, each once. It raises the error table of a page that cannot be
---had.
---Source: the API's reference.
---@param template string as `request` takes it
---@param key string the answer's key that has the items
---@param query? table<string, any> `limit` is the size of a page, 100 by default
---@param given? astro.CallOptions.each
---@return fun(): table?
function Client:each(template, key, query, given)
   local call, own = opener.begin(self, "each", given)
   local filled = path_of(call, template, own.params)
   misuse.expect(key, "string", "key", "each")
   return pages.each(call, pages.source(filled, key), pages.any_query(query, "each"), function()
      opener.open(self, "each")
   end)
end

return Client
