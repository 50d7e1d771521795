--- From a request to its answer.

local attempt = require "astro.client.attempt"
local log = require "astro.client.log"
local may_wait = require "astro.client.may_wait"
local run = require "astro.client.run"
local token = require "astro.client.token"

local exchange = {}

---The request for one Deployment.
---@param organization string checked
---@param id string checked
---@return table request as the core takes it
function exchange.request(organization, id)
   return {
      method = "GET",
      path = ("/organizations/%s/deployments/%s"):format(organization, id),
      target = "deployment " .. id,
   }
end

---Runs jobs to their ends. Raises where a call must not wait.
---@param call astro.Call
---@param jobs astro.Job[]
---@param on_done? fun(run: astro.Run, job: astro.Job) is told of each that ended; may add jobs to the run, or
---abandon the rest
---@param ends_at? number on the client's clock, for all of them
function exchange.run(call, jobs, on_done, ends_at)
   may_wait.check(call)
   return run.new(call, jobs, on_done, ends_at):finish()
end

---Runs one request to its end.
---@param call astro.Call
---@param request table as the core takes it
---@param credentials? string|fun(): string as `token.of` takes them
---@return astro.Job job with its outcome
function exchange.one(call, request, credentials)
   local job = attempt.job(request, credentials)
   exchange.run(call, { job })
   return job
end

---What a job came to, as a function returns it; for a Deployment see `exchange.deployment_of`.
---@param job astro.Job with its outcome
---@return any value
---@return string? message
---@return astro.Error? err
function exchange.result(job)
   local err = job.outcome.err
   if err then
      return nil, err.message, err
   end
   return job.outcome.value
end

---The Deployment that a job came to.
---@param call astro.Call
---@param job astro.Job with its outcome
---@return astro.Deployment? deployment
---@return string? message
---@return astro.Error? err
function exchange.deployment_of(call, job)
   local value = job.outcome.value
   if value then
      return setmetatable(value, call.metatable)
   end
   return exchange.result(job)
end

---One Deployment. A plain call that is not logged makes its first attempt without a run's tables; mostly that is all
---there is.
---@param call astro.Call
---@param organization string checked
---@param id string checked
---@param credentials? string|fun(): string as `token.of` takes them
---@return astro.Deployment? deployment
---@return string? message
---@return astro.Error? err
function exchange.deployment(call, organization, id, credentials)
   if not call.is_plain then
      return exchange.deployment_of(call, exchange.one(call, exchange.request(organization, id), credentials))
   end
   may_wait.check(call)
   local pollable = call.pollable
   local now = pollable.clock()
   local text, words = token.of(call, credentials, now)
   if not text then
      local job = attempt.job(exchange.request(organization, id), credentials)
      job.outcome = { err = attempt.failure(job, "unauthorized", words) }
      return exchange.result(job)
   end
   local bucket, outcome = token.bucket(call, text, now), nil
   local is_quiet = not call.share.is_closed and not log.is_on(call.log, "debug")
   if is_quiet and attempt.is_free(call, bucket, now) then
      local value, _, err = pollable.session:get_deployment(organization, id, text, call.transport)
      if value then
         return setmetatable(value, call.metatable)
      end
      outcome = { err = err }
   end
   local job = attempt.job(exchange.request(organization, id), credentials)
   job.bucket = bucket
   if outcome then
      job.sent, job.started, job.deadline, job.outcome = text, now, now + call.timeout, outcome
      local rest = run.new(call, {})
      rest:follow(job, pollable.clock())
      rest:finish()
   else
      job.token = text
      run.new(call, { job }):finish()
   end
   return exchange.deployment_of(call, job)
end

return exchange
