--- One attempt of a job: what it is sent with, whether it may start, and what follows from how it ended.

local core = require "astro.core"
local failure = require "astro.client.failure"
local log = require "astro.client.log"
local misuse = require "astro.api.misuse"
local rate = require "astro.client.rate"

local attempt = {}

--- The clock's microseconds, shuffled: they differ between processes, which math.random's numbers may not.
local function random()
   return core.clock() * 1e6 * 0.6180339887498949 % 1
end

---What is to be done, in as many attempts as it takes.
---@class astro.Job
---@field request table method, path, target, body, any: goes to the core as it is
---@field credentials? string|fun(): string goes before the client's token
---@field token? string the next attempt's, once it was asked for
---@field bucket? astro.Bucket the one of the last token
---@field attempts integer how many requests were sent
---@field retries integer how many attempts followed the first
---@field started? number when the last attempt did, on core.clock
---@field deadline? number on core.clock; none before the first attempt
---@field ready_at? number when the next attempt is due, on core.clock
---@field ticket? integer the core's name for the attempt under way
---@field waiter? astro.Waiter whose inbox the job comes to after it
---@field outcome? astro.Outcome how the last attempt ended, or the job

---@param request table
---@param credentials? string|fun(): string
---@return astro.Job
function attempt.job(request, credentials)
   return { request = request, credentials = credentials, attempts = 0, retries = 0 }
end

-- The last token that was checked. One string for one token: a bucket is found fast by the same string alone.
local last = {}

---The token, checked, without white space and scheme. A function is asked each time. Raises on what is none.
---@param call astro.Call
---@param credentials? string|fun(): string goes before the client's token and the environment's
---@return string
function attempt.token(call, credentials)
   local token = credentials
   if token == nil then
      token = call.token
   end
   if type(token) == "function" then
      token = token()
      if type(token) ~= "string" then
         local text = "bad argument 'token' to '%s' (the function must return a string)"
         misuse.raise(text:format(call.name))
      end
   end
   local given = token
   if token == nil then
      given = os.getenv "ASTRO_API_TOKEN"
   end
   if given == nil or given ~= last.given then
      last.token, last.given = misuse.check(core.token, token, call.name), given
   end
   return last.token
end

---Whether the job's next attempt may start now; the rate counts it then. Else why not, and for how long.
---@param now number on core.clock
---@return "rate"|"pause"|nil why the client's own rate, or the service's wish
---@return number? seconds
function attempt.hindrance(call, job, now)
   job.token = job.token or attempt.token(call, job.credentials)
   job.bucket = rate.bucket(job.token, now)
   local seconds, why = rate.take(job.bucket, now, job.request.method == "GET" and call.rate)
   if seconds > 0 then
      return why, seconds
   end
end

local function tell(call, job, now)
   if not log.is_on(call.log, "debug") then
      return
   end
   local err = job.outcome.err
   log.attempt(call.log, {
      method = job.request.method,
      path = job.request.path,
      status = err and err.status or job.outcome.status,
      kind = err and err.kind,
      ms = math.floor((now - job.started) * 1000 + 0.5),
      attempt = job.attempts,
      request_id = err and err.request_id,
   })
end

---Books the attempt that ended with the job's outcome: counts it, tells the log, and after a 429 slows every
---call of the token.
---@param left number seconds until the job's deadline
---@return number? seconds until the next attempt; nil: the outcome is the job's
function attempt.book(call, job, now, left)
   local err = job.outcome.err
   job.attempts = job.attempts + (err and err.attempts or 1)
   if err then
      err.attempts = job.attempts
   end
   tell(call, job, now)
   if not err then
      return nil
   end
   local allowed = job.request.method == "GET" and call.retries or 0
   local delay = failure.delay(err, job.retries, allowed, left, random)
   if err.kind == "rate_limited" then
      rate.pause(job.bucket, now, delay or err.retry_after or 1)
   end
   return delay
end

return attempt
