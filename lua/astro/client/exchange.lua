--- Brings requests to their answers.

local core = require "astro.core"
local log = require "astro.client.log"
local rate = require "astro.client.rate"
local run = require "astro.client.run"
local tokens = require "astro.client.tokens"

local exchange = {}

---A job for `exchange.run`.
---@return astro.Job
function exchange.job(call, request)
   return { call = call, request = request, attempts = 0, retries = 0 }
end

---The request for one Deployment.
function exchange.request(organization, id)
   return {
      method = "GET",
      path = ("/organizations/%s/deployments/%s"):format(organization, id),
      target = "deployment " .. id,
   }
end

---Runs jobs to their ends. `on_done(run, job, value, message, err)` may add jobs to `run.queue` or
---abandon the rest.
---@param ends_at? number on core.clock, for all of them
function exchange.run(call, jobs, on_done, ends_at)
   call.pollable:check(call)
   run.new(call, jobs, on_done, ends_at):finish_all()
end

local function keep_result(_, job, value, message, err)
   job.value, job.message, job.err = value, message, err
end

---Sleeps, while whatever else the client has goes on; not longer than until it is closed.
function exchange.sleep(call, seconds)
   local ends_at = core.clock() + seconds
   local sleeper = { inbox = {}, raised = false }
   repeat
      call.pollable:pause(sleeper, math.max(ends_at - core.clock(), 0))
   until core.clock() >= ends_at or call.pollable.is_closed
end

---Runs one: value, nil, nil, status, attempts, or nil, message, err.
function exchange.one(call, request)
   local job = exchange.job(call, request)
   exchange.run(call, { job }, keep_result)
   return job.value, job.message, job.err, job.status, job.attempts
end

-- The first attempt was made outside of any run, and failed: what follows is a run's business.
local function after_first(job, bucket, started, message, err)
   local call = job.call
   local rest = run.new(call, {}, keep_result)
   job.run, job.bucket, job.started, job.deadline = rest, bucket, started, started + call.timeout
   job.message, job.err = message, err
   rest.inbox[1] = job
   rest.active = 1
   rest:finish_all()
   return job.value, job.message, job.err
end

---One Deployment: value, or nil, message, err. The first attempt, which mostly is all there is, makes
---none of a run's tables.
---@param credentials? string|fun(): string goes before the client's token
function exchange.deployment(call, organization, id, credentials)
   local loop = call.pollable.loop
   call.pollable:check(call)
   local now = core.clock()
   local token = tokens.of(call, credentials)
   local bucket = rate.bucket(token, now)
   local is_first = not loop and not log.is_on(call.log, "debug") and rate.take(bucket, now, call.rate) == 0
   local value, message, err
   if is_first then
      value, message, err = call.pollable.session:get_deployment(organization, id, token, call.transport)
      if value then
         return value
      end
   end
   local job = exchange.job(call, exchange.request(organization, id))
   job.credentials = credentials
   if is_first then
      return after_first(job, bucket, now, message, err)
   end
   job.token = token
   exchange.run(call, { job }, keep_result)
   return job.value, job.message, job.err
end

return exchange
