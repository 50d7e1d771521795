--- One attempt of a job: what it is sent with, whether it may start, and what follows from how it ended.

local core = require "astro.core"
local failure = require "astro.client.failure"
local log = require "astro.client.log"
local misuse = require "astro.api.misuse"
local options = require "astro.api.options"
local rate = require "astro.client.rate"

local attempt = {}

-- The clock's microseconds, shuffled: they differ between processes, which math.random's numbers may not.
local function random()
   return core.clock() * 1e6 * 0.6180339887498949 % 1
end

---What is to be done, in as many attempts as it takes.
---@class astro.Job
---@field request table method, path, target, body, any: goes to the core as it is
---@field credentials? string|fun(): string goes before the client's token
---@field token? string the next attempt's, once it was asked for
---@field sent? string the last attempt's
---@field is_told? boolean the token function was told of a 401
---@field bucket? astro.Bucket the one of the last token
---@field turn? number when the rate lets the next attempt start, on core.clock
---@field attempts integer how many requests were sent
---@field retries integer how many attempts followed the first
---@field started? number when the last attempt did, on core.clock
---@field deadline? number on core.clock; none before the first attempt is its run's next
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

---What a job fails by that no attempt tells.
---@param text string
---@param fields? table
---@return astro.Error
function attempt.failure(job, kind, text, fields)
   local request = job.request
   fields = fields or {}
   fields.attempts = job.attempts
   return failure.err(kind, ("%s %s: %s: %s"):format(request.method, request.target, kind, text), fields)
end

-- The last token that was checked. One string for one token: a bucket is found fast by the same string alone.
local last = {}

---The token, checked, without white space and scheme. A function is asked each time; what it cannot give is no
---mistake of its caller. Raises on what is none.
---@param call astro.Call
---@param credentials? string|fun(err?: astro.Error): string?, string? goes before the client's token and the
---environment's
---@param err? astro.Error the 401 that the last one came to
---@return string? token
---@return string? why there is none, in the function's own words
function attempt.token(call, credentials, err)
   local token = credentials
   if token == nil then
      token = call.token
   end
   if type(token) == "function" then
      local why
      token, why = token(err)
      if token == nil and type(why) == "string" then
         return nil, core.one_line(why)
      elseif type(token) ~= "string" then
         local text = "bad argument 'token' to '%s' (the function must return a string, or nil and why not)"
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

local DEFAULT_BASE = options.defaults(core.options).base_url

-- The last base URL that was looked at, and its host.
local known = {}

---The bucket of a token at the call's host.
---@return astro.Bucket
function attempt.bucket(call, token, now)
   local base = call.transport.base_url or os.getenv "ASTRO_API_URL" or DEFAULT_BASE
   if base ~= known.base then
      known.base, known.host = base, base:match "^[^/]*//([^/]*)" or base
   end
   return rate.bucket(token, known.host, now)
end

---Whether a GET may start at once. The rate counts it then.
---@return boolean
function attempt.is_free(call, bucket, now)
   return not call.rate
      or (rate.pause_left(call.pauses, bucket, now) == 0 and rate.take(bucket, now, call.rate))
end

---Whether the job's next attempt may start now; the rate counts it then. Else why not, and for how long, or in
---which words.
---@param now number on core.clock
---@return "rate"|"pause"|"token"|nil why the client's own rate, the service's wish, or the token function's
---@return number|string|nil seconds or words
function attempt.hindrance(call, job, now)
   if not job.token then
      local token, words = attempt.token(call, job.credentials)
      if not token then
         return "token", words
      end
      job.token, job.bucket = token, attempt.bucket(call, token, now)
   end
   if not call.rate then
      return nil
   end
   local pause = rate.pause_left(call.pauses, job.bucket, now)
   if pause > 0 then
      attempt.lose_turn(job)
      return "pause", pause
   elseif job.request.method == "GET" then
      job.turn = job.turn or rate.reserve(job.bucket, now, call.rate)
      if job.turn > now then
         return "rate", job.turn - now
      end
   end
end

---Lets whoever comes next have the job's turn.
function attempt.lose_turn(job)
   if job.turn then
      rate.give_back(job.bucket)
      job.turn = nil
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

-- How often the job may be tried again. A request that was not processed for certain may always be; else only
-- a GET.
local function allowed(call, job)
   local is_safe = job.request.method == "GET" or failure.is_unprocessed(job.outcome.err)
   return is_safe and call.retries or 0
end

-- Whether a token function, told of the 401, has another token than the one that was refused.
local function has_other_token(call, job, err, now)
   local credentials = job.credentials or call.token
   if err.kind ~= "unauthorized" or job.is_told or type(credentials) ~= "function" then
      return false
   end
   job.is_told = true
   local token = attempt.token(call, credentials, err)
   if not token or token == job.sent then
      return false
   end
   job.token, job.bucket = token, attempt.bucket(call, token, now)
   return true
end

---Books the attempt that ended with the job's outcome: counts it, tells the log, and after a 429 slows every
---call of the client's with that token.
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
   elseif has_other_token(call, job, err, now) then
      return 0
   end
   local delay = failure.delay(err, job.retries, allowed(call, job), left, random)
   if err.kind == "rate_limited" then
      rate.pause(call.pauses, job.bucket, now, delay or err.retry_after or 1)
   end
   return delay
end

return attempt
