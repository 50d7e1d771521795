--- Methods that take a series of exchanges.

local calls = require "astro.client.call"
local cancel = require "astro.client.cancel"
local core = require "astro.core"
local exchange = require "astro.client.exchange"
local many = require "astro.client.many"
local misuse = require "astro.api.misuse"
local opener = require "astro.client.opener"
local options = require "astro.api.options"
local organization = require "astro.client.organization"
local progress = require "astro.client.progress"
local schema = require "astro.api.schema"
local wait = require "astro.client.wait"

---@class astro.Client
local Client = {}

local DEFAULTS = options.defaults(core.options)

---Many Deployments, a hundred a request. Each id is a key of one of the two tables.
---Source: the API's pages "List Deployments" and "Get a Deployment".
---@param ids string[]
---@param given? astro.CallOptions.get_deployments
---@return table<string, astro.Deployment> found
---@return table<string, astro.Error> failed
function Client:get_deployments(ids, given)
   local call, own = opener.begin(self, "get_deployments", given)
   return many.get(call, organization.of(call), ids, own)
end

---Waits until the Deployment has a status, `"HEALTHY"` by default: one GET an interval.
---Source: the API's page "Get a Deployment".
---@param id string
---@param given? astro.CallOptions.wait_for
---@return astro.Deployment? deployment
---@return string message
---@return astro.Error err of kind `timeout` with the last `deployment` when time is over
function Client:wait_for(id, given)
   local call, own = opener.begin(self, "wait_for", given)
   misuse.check(core.id, id, "wait_for", "id")
   local seen, failed
   call = progress.begin(call, function()
      return wait.told(id, seen, failed)
   end)
   own = calls.over(options.defaults(schema.methods.wait_for), own)
   -- One look is one attempt, for as long as one may take: the next look is the retry.
   local look = calls.over(call, {
      retries = given and given.retries or 0,
      timeout = call.transport.attempt_timeout or DEFAULTS.attempt_timeout,
   })
   own = calls.over(own, {
      is_met = wait.test(progress.aside(call, own.status), call.log),
      on_poll = progress.aside(call, own.on_poll),
   })
   local request = exchange.request(organization.of(call), id)
   return progress.during(call, function()
      return wait.run(id, own, {
         clock = call.pollable.clock,
         look = function()
            local why = cancel.reason(call)
            if why then
               return wait.cancelled(id, why)
            end
            local deployment, message, err = exchange.deployment_of(look, exchange.one(look, request))
            seen, failed = deployment or seen, err
            return deployment, message, err
         end,
         sleep = function(seconds)
            call.pollable:sleep(seconds, call)
         end,
      })
   end)
end

return Client
