--- One attempt of a job: whether it may start, and what follows from how it ended.

local failure = require "astro.client.failure"
local hooks = require "astro.client.hooks"
local log = require "astro.client.log"
local rate = require "astro.client.rate"
local token = require "astro.client.token"

local attempt = {}

-- From 0 to 1: the clock's microseconds, shuffled. They differ between processes; math.random's numbers may not.
local function random_by(clock)
   return function()
      return clock() * 1e6 * 0.6180339887498949 % 1
   end
end

---One request, in as many attempts as it takes.
---@class astro.Job
---@field request table method, path, target, body, any, raw, head: goes to the core as it is
---@field credentials? string|fun(): string goes before the client's token
---@field token? string the next attempt's, once it was asked for
---@field sent? string the last attempt's
---@field is_told? boolean the token function was told of a 401
---@field bucket? astro.Bucket the one of the last token
---@field turn? number when the rate lets the next attempt start, on the client's clock
---@field slot? number what came with the turn
---@field attempts integer how many requests were sent
---@field retries integer how many attempts followed the first
---@field started? number when the last attempt did, on the client's clock
---@field deadline? number on the client's clock; none before the first attempt is its run's next
---@field ready_at? number when the next attempt is due, on the client's clock
---@field asked? astro.Attempt the last attempt, where on_request or on_response wants it
---@field waits_with? table the core's options, while it waits for others' attempts to end
---@field ticket? integer the core's name for the attempt under way
---@field waiter? astro.Waiter whose inbox the job comes to after it
---@field outcome? astro.Outcome how the last attempt ended, or the job

---@param request table as the core takes it
---@param credentials? string|fun(): string as `token.of` takes them
---@return astro.Job
function attempt.job(request, credentials)
   return { request = request, credentials = credentials, attempts = 0, retries = 0 }
end

---The error of a job that fails without an attempt.
---@param job astro.Job
---@param kind astro.Kind
---@param text string why, in one line
---@param fields? table further fields; becomes the error table
---@return astro.Error
function attempt.failure(job, kind, text, fields)
   local request = job.request
   fields = fields or {}
   fields.attempts = job.attempts
   return failure.err(kind, ("%s %s: %s: %s"):format(request.method, request.target, kind, text), fields)
end

---Whether a GET may start at once. If so, the rate counts it.
---@param call astro.Call
---@param bucket astro.Bucket
---@param now number on the client's clock
---@return boolean
function attempt.is_free(call, bucket, now)
   return not call.rate or (rate.pause_left(call.pauses, bucket, now) == 0 and bucket:take(now, call.rate))
end

---What keeps the job's next attempt from starting now. If nothing does, the rate counts the attempt.
---@param call astro.Call
---@param job astro.Job
---@param now number on the client's clock
---@return "rate"|"pause"|"token"|nil why the client's own rate, the service's wish, or there is no token
---@return number|string|nil how seconds to wait; of a token, the function's words
function attempt.hindrance(call, job, now)
   if not job.token then
      local text, words = token.of(call, job.credentials, now)
      if not text then
         return "token", words
      end
      job.token, job.bucket = text, token.bucket(call, text, now)
   end
   if not call.rate then
      return nil
   end
   local pause = rate.pause_left(call.pauses, job.bucket, now)
   if pause > 0 then
      attempt.lose_turn(job)
      return "pause", pause
   elseif job.request.method == "GET" then
      if not job.turn then
         job.turn, job.slot = job.bucket:reserve(now, call.rate)
      end
      if job.turn > now then
         return "rate", job.turn - now
      end
   end
end

---Gives the job's turn to the one behind it.
---@param job astro.Job
function attempt.lose_turn(job)
   if job.turn then
      job.bucket:give_back(job.slot)
      job.turn, job.slot = nil, nil
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

-- How often the job may be tried again: a GET always, another method if it was certainly not processed.
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
   local text = token.of(call, credentials, now, err)
   if not text or text == job.sent then
      return false
   end
   job.token, job.bucket = text, token.bucket(call, text, now)
   return true
end

---Books an attempt that has ended: counts it, tells the log and on_response, and after a 429 pauses the client's calls
---with its token.
---@param call astro.Call
---@param job astro.Job with the attempt's outcome
---@param now number on the client's clock
---@param left number seconds until the job's deadline
---@return number? seconds until the next attempt; nil: the job has come to its outcome
function attempt.book(call, job, now, left)
   local err = job.outcome.err
   job.attempts = job.attempts + (err and err.attempts or job.outcome.attempts or 1)
   if err then
      err.attempts = job.attempts
   end
   tell(call, job, now)
   if call.on_response then
      hooks.after(call, job, now)
   end
   if not err then
      return nil
   elseif has_other_token(call, job, err, now) then
      return 0
   end
   local delay = failure.delay(err, job.retries, allowed(call, job), left, random_by(call.pollable.clock))
   if err.kind == "rate_limited" then
      rate.pause(call.pauses, job.bucket, now, delay or err.retry_after or 1)
   end
   return delay
end

return attempt
