--- The client: options, a token and connections, kept; its methods are the API.

local ascii = require "astro.api.ascii"
local core = require "astro.core"
local exchange = require "astro.client.exchange"
local many = require "astro.client.many"
local misuse = require "astro.api.misuse"
local options = require "astro.api.options"
local pages = require "astro.client.pages"
local path = require "astro.client.path"
local pollable = require "astro.client.pollable"
local rate = require "astro.client.rate"
local schema = require "astro.api.schema"
local wait = require "astro.client.wait"

---@class astro.Client
local Client = {}
Client.__index = Client

-- What a client is made of stands apart from it, so that no picture of a client shows its token.
local states = setmetatable({}, { __mode = "k" })

local DEFAULTS = options.defaults(core.options, schema.options)

local NOTHING = {}

-- A table with what stands in both, the second going before the first.
local function over(base, other)
   if not other or next(other) == nil then
      return base
   end
   local both = {}
   for _, part in ipairs({ base, other }) do
      for name, value in next, part do
         both[name] = value
      end
   end
   return both
end

---What one call of a method runs with. Never changed: calls without options of their own share theirs.
---@class astro.Call
---@field name string the method, for messages
---@field pollable astro.Pollable
---@field organization? string
---@field token? string|fun(): string
---@field rate number|false GETs a second
---@field pauses astro.Pauses the client's
---@field concurrency? integer
---@field blocking? boolean
---@field retries integer
---@field timeout number seconds
---@field log? fun(level: string, text: string, fields: table)
---@field transport table what the core is given

local function has_header(headers, wanted)
   for name in next, headers do
      if ascii.lower(name) == wanted then
         return true
      end
   end
   return false
end

---@return astro.Call
local function new_call(state, name, own, transport)
   own, transport = over(state.own, own), over(state.transport, transport)
   local headers = transport.headers or NOTHING
   if own.api_pin and not has_header(headers, "x-api-version") then
      transport = over(transport, { headers = over(headers, { ["X-API-Version"] = own.api_pin }) })
   end
   return {
      name = name,
      pollable = state.pollable,
      organization = own.organization,
      token = own.token,
      rate = own.rate == nil and DEFAULTS.rate or own.rate,
      pauses = state.pauses,
      concurrency = own.concurrency,
      blocking = own.blocking,
      retries = transport.retries or DEFAULTS.retries,
      timeout = transport.timeout or DEFAULTS.timeout,
      log = transport.log,
      transport = transport,
   }
end

local function state_of(self, name)
   return states[self] or misuse.raise(("bad argument 'self' to '%s' (a client expected)"):format(name))
end

local function pollable_of(self, name)
   return state_of(self, name).pollable
end

local function open(self, name)
   local state = state_of(self, name)
   if state.pollable.is_closed then
      misuse.raise(("%s: the client is closed"):format(name))
   end
   return state
end

-- That of a client was checked when it was made.
local function organization_of(call)
   return call.organization or misuse.check(core.id, nil, call.name, "organization", "ASTRO_ORGANIZATION_ID")
end

-- Opens the client for one call of a method: what it runs with, and the options that are the method's own.
local function begin(self, name, given, set)
   local state = open(self, name)
   if given ~= nil then
      local own, transport = options.read(given, set or options.of_method[name] or options.of_call, name)
      local call = new_call(state, name, own, transport)
      options.check(call.transport, name)
      return call, own
   end
   local call = state.calls[name] or new_call(state, name)
   state.calls[name] = call
   options.check(call.transport, name) -- the environment may have changed
   return call, NOTHING
end

local function check_id(id, name)
   return misuse.check(core.id, id, name, "id")
end

local client = {}

---A client. Its options go before the environment, those of a single call before both.
---@param given? astro.Options
---@return astro.Client
function client.new(given)
   local own, transport = options.read(given, options.of_client, "client")
   if next(transport) ~= nil then -- else a call's may still go before the environment's
      options.check(transport, "client")
   end
   if own.organization then
      misuse.check(core.id, own.organization, "client", "organization")
   end
   if type(own.token) == "string" then
      misuse.check(core.token, own.token, "client")
   end
   local self = setmetatable({}, Client)
   states[self] = {
      own = own,
      transport = transport,
      pollable = pollable.new(own.loop, own.concurrency),
      pauses = rate.pauses(),
      calls = {}, -- those without options of their own, by the method's name
   }
   return self
end

---One Deployment in one call, over a client's connections. `astro.get_deployment` is this.
---@param self astro.Client
---@param given? astro.Options
function client.get_deployment(self, org, id, token, given)
   local call = begin(self, "get_deployment", given, options.of_client)
   check_id(id, "get_deployment")
   if org == nil then
      org = call.organization
   end
   org = misuse.check(core.id, org, "get_deployment", "org", "ASTRO_ORGANIZATION_ID")
   return exchange.deployment(call, org, id, token)
end

---One Deployment: `GET /organizations/{organizationId}/deployments/{deploymentId}`.
---@param id string
---@param given? astro.CallOptions
---@return astro.Deployment? deployment
---@return string? message
---@return astro.Error? err
function Client:get_deployment(id, given)
   local call = begin(self, "get_deployment", given)
   check_id(id, "get_deployment")
   return exchange.deployment(call, organization_of(call), id)
end

---One page: `GET /organizations/{organizationId}/deployments`.
---@param query? astro.Query
---@param given? astro.CallOptions
---@return astro.DeploymentsPaginated? page
---@return string? message
---@return astro.Error? err
function Client:list_deployments(query, given)
   local call = begin(self, "list_deployments", given)
   return pages.page(call, organization_of(call), query)
end

---An iterator over every Deployment of every page. Raises the error table of a page that cannot be had.
---@param query? astro.Query `limit` is the page size, 100 by default
---@param given? astro.CallOptions of each page
---@return fun(): astro.Deployment?
function Client:each_deployment(query, given)
   local call = begin(self, "each_deployment", given)
   return pages.each(call, organization_of(call), query, function()
      open(self, "each_deployment")
   end)
end

---Many Deployments, a hundred a request.
---@param ids string[]
---@param given? astro.CallOptions.get_deployments
---@return table<string, astro.Deployment> found
---@return table<string, astro.Error> failed
function Client:get_deployments(ids, given)
   local call, own = begin(self, "get_deployments", given)
   return many.get(call, organization_of(call), ids, own)
end

---Waits until the Deployment has a status: `"HEALTHY"` by default.
---@param id string
---@param given? astro.CallOptions.wait_for
---@return astro.Deployment? deployment
---@return string? message
---@return astro.Error? err of kind `timeout` with the last `deployment` when time is over
function Client:wait_for(id, given)
   local call, own = begin(self, "wait_for", given)
   check_id(id, "wait_for")
   own = over(options.defaults(schema.methods.wait_for), own)
   -- One look is one attempt, for as long as one may take: the next look is the retry.
   local look = over(call, {
      retries = given and given.retries or 0,
      timeout = call.transport.attempt_timeout or DEFAULTS.attempt_timeout,
   })
   own = over(own, { is_met = wait.test(own.status, call.log) })
   local request = exchange.request(organization_of(call), id)
   return wait.run(id, own, {
      clock = core.clock,
      look = function()
         if call.pollable.is_closed then
            return wait.cancelled(id)
         end
         return exchange.result(exchange.one(look, request))
      end,
      sleep = function(seconds)
         call.pollable:sleep(seconds)
      end,
   })
end

---Any endpoint of either version: value, status; `true, status` for an empty answer.
---@param method string GET, POST, PUT, PATCH or DELETE; GET alone is tried again
---@param template string below the version's path; braces are filled from `params`, then by the organization
---@param given? astro.CallOptions.request
---@return any value
---@return integer|string|nil status the message where value is nil
---@return astro.Error? err
function Client:request(method, template, given)
   local call, own = begin(self, "request", given)
   local organization = call.organization or os.getenv "ASTRO_ORGANIZATION_ID"
   if not schema.request_methods[method] then
      misuse.raise "bad argument 'method' to 'request' (GET, POST, PUT, PATCH or DELETE expected)"
   end
   local filled = path.fill(template, own.params, { organizationId = organization })
   local body = own.body
   if body and method == "GET" then
      misuse.raise "bad option 'body' to 'request' (a GET has none)"
   elseif type(body) == "table" then
      body = require("astro.pretty").body(body)
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

---The descriptor to wait on until `step` has something to do, for a loop of one's own; nil: none to be had.
---Of a client with a `loop`. This and the next three are the protocol of cqueues.
---@return integer?
function Client:pollfd()
   return pollable_of(self, "pollfd"):pollfd()
end

---@return "r"
function Client:events()
   return pollable_of(self, "events"):events()
end

---Seconds after which `step` has something to do in any case; nil: none. Retries and rates are in it.
---@return number?
function Client:timeout()
   return pollable_of(self, "timeout"):timeout()
end

---Does what can be done now, without blocking. Tells whether calls under way may go on.
---@return boolean
function Client:step()
   return pollable_of(self, "step"):step()
end

---Ends calls under way as `cancelled` and closes every connection. May be called again.
function Client:close()
   local state = states[self]
   if state and not state.pollable.is_closed then
      state.pollable:close()
   end
end

Client.__close = Client.close

function Client:__tostring()
   local state = states[self]
   local base = state.transport.base_url or os.getenv "ASTRO_API_URL" or DEFAULTS.base_url
   if not pcall(core.check_options, { base_url = base }, "tostring") then
      base = "no good ASTRO_API_URL" -- it may hold a password
   end
   local organization = state.own.organization or os.getenv "ASTRO_ORGANIZATION_ID" or "no organization"
   return ("astro.client (%s, %s%s)"):format(
      base,
      organization,
      state.pollable.is_closed and ", closed" or ""
   )
end

return client
