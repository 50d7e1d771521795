--- Brings requests to their answers: rate, attempts, retries, deadlines, many at once.

local core = require "astro.core"
local failure = require "astro.failure"
local log = require "astro.log"
local misuse = require "astro.misuse"
local rate = require "astro.rate"
local retry = require "astro.retry"

local exchange = {}

--- How many at once, where the client does not say: by HTTP/2 and by HTTP/1.1.
local MULTIPLEXED, ONE_BY_ONE = 200, 8

--- Until the first answer: what is started while connections are made arrives all at once, and the rate
--- counts where it arrives.
local FIRST = 4

--- Below a microsecond the clock's digits are as good as thrown dice, and differ between processes.
local function random()
   return core.clock() * 1e6 % 1
end

---What a call asks for. `request` goes to the core as it is.
---@class astro.Job
---@field request table method, path, target, body, any
---@field credentials? string|fun(): string goes before the client's token
---@field token? string the one for the attempt that is next

---A job for `exchange.run`.
function exchange.job(call, request)
   return { call = call, request = request, attempts = 0, retries = 0 }
end

-- The last token that was checked. One string for one token: looking up the bucket of a long one is cheap
-- only where it is the same string.
local last = {}

-- The token for one attempt: a function is asked each time.
local function token_of(call, token)
   if token == nil then
      token = call.token
   end
   if type(token) == "function" then
      token = token()
      if type(token) ~= "string" then
         misuse.raise "bad argument 'token' (the function must return a string)"
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

---One run over many jobs. Its jobs' answers reach its inbox, whoever of the session's users takes them.
---@class astro.Run
local Run = {}
Run.__index = Run

local function new_run(call, jobs, on_done, ends_at)
   return setmetatable({
      call = call,
      queue = jobs,
      first = 1,
      later = {},
      inbox = {},
      active = 0,
      on_done = on_done,
      ends_at = ends_at or math.huge,
   }, Run)
end

function Run:limit()
   local call = self.call
   local multiplexes = call.session:multiplexes()
   if multiplexes == nil and call.rate then
      return math.min(call.concurrency or FIRST, FIRST)
   end
   return call.concurrency or (multiplexes == false and ONE_BY_ONE or MULTIPLEXED)
end

-- Starts one attempt, or gives the seconds that the rate makes it wait.
function Run:start(job, now)
   local call = self.call
   job.token = job.token or token_of(call, job.credentials)
   local bucket = rate.bucket(job.token, now)
   if job.request.method == "GET" then
      local wait = rate.take(bucket, now, call.rate)
      if wait > 0 then
         return wait
      end
   end
   job.bucket = bucket
   job.started = now
   job.deadline = job.deadline or now + call.timeout
   local left = math.max(math.min(job.deadline, self.ends_at) - now, 0.001)
   local ticket = call.session:submit(job.request, job.token, call.transport, left)
   job.token = nil
   job.run = self
   call.running[ticket] = job
   self.active = self.active + 1
   return 0
end

-- Moves what is due from later to the queue; gives when the next of the rest is.
function Run:wake(now)
   local soonest
   for i = #self.later, 1, -1 do
      local job = self.later[i]
      if job.ready_at <= now then
         table.remove(self.later, i)
         self.queue[#self.queue + 1] = job
      elseif not soonest or job.ready_at < soonest then
         soonest = job.ready_at
      end
   end
   return soonest
end

local function fail(job, kind, text, fields)
   local request = job.request
   fields.attempts = job.attempts
   local message = ("%s %s: %s: %s"):format(request.method, request.target, kind, text)
   return failure(kind, message, fields)
end

-- The service asked for a longer pause than the caller would wait.
function Run:refuse(job, seconds)
   seconds = math.ceil(seconds)
   local text = ("the service asked to wait another %d s"):format(seconds)
   self.on_done(self, job, fail(job, "rate_limited", text, { retry_after = seconds }))
end

-- Starts what may start; gives how long nothing more will, nil for no limit.
function Run:start_due(now)
   local soonest = self:wake(now)
   local wait = soonest and soonest - now
   local limit = self:limit()
   while self.first <= #self.queue and self.active < limit do
      local job = self.queue[self.first]
      local rate_wait = self:start(job, now)
      if rate_wait > self.call.timeout then
         self:refuse(job, rate_wait)
      elseif rate_wait > 0 then
         return math.min(rate_wait, wait or rate_wait)
      end
      self.queue[self.first] = false
      self.first = self.first + 1
   end
   return wait
end

function Run:is_over()
   return self.first > #self.queue and self.active == 0 and #self.later == 0
end

---Ends every job that is not under way, by what `reason(job)` gives: nil, message, err.
function Run:abandon(reason)
   local rest = self.later
   for i = self.first, #self.queue do
      rest[#rest + 1] = self.queue[i]
   end
   self.queue, self.first, self.later = {}, 1, {}
   for _, job in ipairs(rest) do
      self.on_done(self, job, reason(job))
   end
end

local function cancelled(job)
   return fail(job, "cancelled", "the client was closed", {})
end

local function past_deadline(job)
   return fail(job, "timeout", "the deadline has passed", {})
end

local function log_attempt(call, job, status, err, now)
   if not log.is_on(call.log, "debug") then
      return
   end
   log.attempt(call.log, {
      method = job.request.method,
      path = job.request.path,
      status = err and err.status or status,
      kind = err and err.kind,
      ms = math.floor((now - job.started) * 1000 + 0.5),
      attempt = job.attempts,
      request_id = err and err.request_id,
   })
end

-- Seconds until the next attempt, or nil. A 429 slows every call of its token.
function Run:delay(job, err, now)
   if job.request.method ~= "GET" then
      return nil
   end
   local left = math.min(job.deadline, self.ends_at) - now
   local delay = retry.delay(err, job.retries, self.call.retries, left, random)
   if err.kind == "rate_limited" then
      rate.pause(job.bucket, now, delay or err.retry_after or 1)
   end
   return delay
end

function Run:finish(job, now)
   local value, message, err = job.value, job.message, job.err
   if err then
      job.attempts = job.attempts + err.attempts
      err.attempts = job.attempts
   else
      job.attempts = job.attempts + 1
   end
   log_attempt(self.call, job, job.status, err, now)
   local delay = err and self:delay(job, err, now)
   if delay then
      job.retries = job.retries + 1
      job.ready_at = now + delay
      self.later[#self.later + 1] = job
   else
      self.on_done(self, job, value, message, err)
   end
end

-- Takes what has ended, for whichever run it is.
local function collect(call)
   local ticket, value, message, err = call.session:next()
   while ticket do
      local job = call.running[ticket]
      if job then
         call.running[ticket] = nil
         job.value, job.message, job.err, job.status = value, message, err, nil
         if value ~= nil then
            job.message, job.status = nil, message
         end
         local inbox = job.run.inbox
         inbox[#inbox + 1] = job
      end
      ticket, value, message, err = call.session:next()
   end
end

-- Lets time pass until there is something to do, `wait` seconds at most.
function Run:wait(wait)
   if self.ends_at < math.huge then
      wait = math.min(wait or math.huge, math.max(self.ends_at - core.clock(), 0))
   end
   self.call.session:wait(wait)
   collect(self.call)
end

function Run:empty_inbox()
   local inbox = self.inbox
   if #inbox == 0 then
      return
   end
   self.inbox = {}
   local now = core.clock()
   for _, job in ipairs(inbox) do
      self.active = self.active - 1
      self:finish(job, now)
   end
end

function Run:turn()
   local now = core.clock()
   if self.call.state.closed then
      self:abandon(cancelled)
   elseif now >= self.ends_at then
      self:abandon(past_deadline)
   end
   local wait = self:start_due(now)
   if not self:is_over() then
      self:wait(wait)
      self:empty_inbox()
   end
end

function Run:is_past_end()
   return core.clock() >= self.ends_at
end

local function to_the_end(run)
   run:empty_inbox()
   while not run:is_over() do
      run:turn()
   end
end

-- Whatever is raised passes, and what was under way is forgotten.
local function finish(run)
   local ok, message = pcall(to_the_end, run)
   if ok then
      return
   end
   local call = run.call
   for ticket, job in pairs(call.running) do
      if job.run == run then
         call.running[ticket] = nil
         call.session:cancel(ticket)
      end
   end
   error(message, 0)
end

---Runs jobs to their ends. `on_done(run, job, value, message, err)` may add jobs to `run.queue` or
---abandon the rest.
---@param ends_at? number on core.clock, for all of them
function exchange.run(call, jobs, on_done, ends_at)
   finish(new_run(call, jobs, on_done, ends_at))
end

local function keep_result(_, job, value, message, err)
   job.value, job.message, job.err = value, message, err
end

---Sleeps, while whatever else the session has goes on.
function exchange.sleep(call, seconds)
   local ends_at = core.clock() + seconds
   repeat
      call.session:wait(math.max(ends_at - core.clock(), 0))
      collect(call)
   until core.clock() >= ends_at
end

---Runs one: value, nil, nil, status, or nil, message, err.
function exchange.one(call, request)
   local job = exchange.job(call, request)
   exchange.run(call, { job }, keep_result)
   return job.value, job.message, job.err, job.status
end

-- The first attempt was made outside of any run, and failed: what follows is a run's business.
local function after_first(job, bucket, started, message, err)
   local call = job.call
   local run = new_run(call, {}, keep_result)
   job.run, job.bucket, job.started, job.deadline = run, bucket, started, started + call.timeout
   job.message, job.err = message, err
   run.inbox[1] = job
   run.active = 1
   finish(run)
   return job.value, job.message, job.err
end

---One Deployment: value, or nil, message, err. The first attempt, which mostly is all there is, makes
---none of a run's tables.
---@param request fun(organization: string, id: string): table
---@param credentials? string|fun(): string goes before the client's token
function exchange.deployment(call, request, organization, id, credentials)
   local now = core.clock()
   local token = token_of(call, credentials)
   local bucket = rate.bucket(token, now)
   local is_first = not log.is_on(call.log, "debug") and rate.take(bucket, now, call.rate) == 0
   local value, message, err
   if is_first then
      value, message, err = call.session:get_deployment(organization, id, token, call.transport)
      if value then
         return value
      end
   end
   local job = exchange.job(call, request(organization, id))
   job.credentials = credentials
   if is_first then
      return after_first(job, bucket, now, message, err)
   end
   job.token = token
   exchange.run(call, { job }, keep_result)
   return job.value, job.message, job.err
end

return exchange
