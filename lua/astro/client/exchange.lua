--- Brings requests to their answers.

local attempt = require "astro.client.attempt"
local core = require "astro.core"
local log = require "astro.client.log"
local run = require "astro.client.run"

local exchange = {}

---The request for one Deployment.
---@param organization string
---@param id string
---@return table
function exchange.request(organization, id)
   return {
      method = "GET",
      path = ("/organizations/%s/deployments/%s"):format(organization, id),
      target = "deployment " .. id,
   }
end

---Runs jobs to their ends.
---@param call astro.Call
---@param jobs astro.Job[]
---@param on_done? fun(run: astro.Run, job: astro.Job) is told of each that ended; may add jobs to the run, or
---abandon the rest
---@param ends_at? number on core.clock, for all of them
function exchange.run(call, jobs, on_done, ends_at)
   call.pollable:check(call)
   run.new(call, jobs, on_done, ends_at):finish()
end

---Runs one request to its end.
---@return astro.Job job with its outcome
function exchange.one(call, request)
   local job = attempt.job(request)
   exchange.run(call, { job })
   return job
end

---What a job came to, as a function returns it.
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

---One Deployment. A call that neither yields nor is logged makes its first attempt, which mostly is all there
---is, without a run's tables.
---@param call astro.Call
---@param credentials? string|fun(): string goes before the client's token
---@return astro.Deployment? deployment
---@return string? message
---@return astro.Error? err
function exchange.deployment(call, organization, id, credentials)
   local pollable = call.pollable
   pollable:check(call)
   local now, token, words = core.clock(), attempt.token(call, credentials)
   if not token then
      local job = attempt.job(exchange.request(organization, id), credentials)
      job.outcome = { err = attempt.failure(job, "unauthorized", words) }
      return exchange.result(job)
   end
   local bucket, outcome = attempt.bucket(call, token, now), nil
   local is_plain = not pollable.loop and not pollable.is_closed and not log.is_on(call.log, "debug")
   if is_plain and attempt.is_free(call, bucket, now) then
      local value, _, err = pollable.session:get_deployment(organization, id, token, call.transport)
      if value then
         return value
      end
      outcome = { err = err }
   end
   local job = attempt.job(exchange.request(organization, id), credentials)
   job.bucket = bucket
   if outcome then
      job.sent, job.started, job.deadline, job.outcome = token, now, now + call.timeout, outcome
      local rest = run.new(call, {})
      rest:follow(job, core.clock())
      rest:finish()
   else
      job.token = token
      run.new(call, { job }):finish()
   end
   return exchange.result(job)
end

return exchange
