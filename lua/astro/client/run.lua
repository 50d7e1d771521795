--- One run over many jobs, from their first attempts to their ends: rate, attempts, retries, deadlines, how
--- many at once.

local core = require "astro.core"
local failure = require "astro.client.failure"
local log = require "astro.client.log"
local rate = require "astro.client.rate"
local retry = require "astro.client.retry"
local tokens = require "astro.client.tokens"

--- How many at once, where the client does not say: by HTTP/2 and by HTTP/1.1.
local MULTIPLEXED, ONE_BY_ONE = 200, 8

--- Until the first answer: what is started while connections are made arrives all at once, and the rate
--- counts where it arrives.
local FIRST = 4

--- The clock's microseconds, shuffled: they differ between processes, which math.random's numbers may not.
local function random()
   return core.clock() * 1e6 * 0.6180339887498949 % 1
end

---What a call asks for. `request` goes to the core as it is.
---@class astro.Job
---@field request table method, path, target, body, any
---@field credentials? string|fun(): string goes before the client's token
---@field token? string the one for the attempt that is next

---One run over many jobs. Its jobs' answers reach its inbox, whoever of the session's users takes them.
---@class astro.Run
local Run = {}
Run.__index = Run

local run = {}

---@param jobs astro.Job[]
---@param on_done fun(run: astro.Run, job: astro.Job, value: any, message?: string, err?: astro.Error)
---@param ends_at? number on core.clock, for all of them
function run.new(call, jobs, on_done, ends_at)
   return setmetatable({
      call = call,
      queue = jobs,
      first = 1,
      later = {},
      inbox = {},
      active = 0,
      raised = false, -- what broke the client's step while this waited
      on_done = on_done,
      ends_at = ends_at or math.huge,
   }, Run)
end

function Run:limit()
   local call = self.call
   local multiplexes = call.pollable.session:multiplexes()
   if multiplexes == nil and call.rate then
      return math.min(call.concurrency or FIRST, FIRST)
   end
   return call.concurrency or (multiplexes == false and ONE_BY_ONE or MULTIPLEXED)
end

-- Seconds that the job still has; a first attempt has all of them, whenever it starts.
function Run:time_left(job, now)
   return math.min(job.deadline or now + self.call.timeout, self.ends_at) - now
end

-- Starts one attempt, or gives the seconds that it has to wait, and whether the service asked for that.
function Run:start(job, now)
   local call = self.call
   job.token = job.token or tokens.of(call, job.credentials)
   local bucket = rate.bucket(job.token, now)
   local wait, is_paused = rate.take(bucket, now, job.request.method == "GET" and call.rate)
   if wait > 0 then
      return wait, is_paused
   end
   job.bucket = bucket
   job.started = now
   job.deadline = job.deadline or now + call.timeout
   local left = math.max(self:time_left(job, now), 0.001)
   local ticket = call.pollable.session:submit(job.request, job.token, call.transport, left)
   job.token = nil
   job.run = self
   call.pollable.running[ticket] = job
   self.active = self.active + 1
   return 0
end

-- Moves what is due from later to the queue, ahead of what was not yet tried: its time runs. Gives when the
-- next of the rest is due.
function Run:wake(now)
   local soonest
   for i = #self.later, 1, -1 do
      local job = self.later[i]
      if job.ready_at <= now then
         table.remove(self.later, i)
         self:put_first(job)
      elseif not soonest or job.ready_at < soonest then
         soonest = job.ready_at
      end
   end
   return soonest
end

function Run:put_first(job)
   if self.first > 1 then
      self.first = self.first - 1
      self.queue[self.first] = job
   else
      table.insert(self.queue, 1, job)
   end
end

local function fail(job, kind, text, fields)
   local request = job.request
   fields.attempts = job.attempts
   local message = ("%s %s: %s: %s"):format(request.method, request.target, kind, text)
   return failure(kind, message, fields)
end

-- Ends a job that would have to wait for longer than it may: by the service's wish, or by how it failed last.
function Run:give_up(job, wait, is_paused)
   if not is_paused then
      return self.on_done(self, job, nil, job.message, job.err)
   end
   local seconds = math.ceil(wait)
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
      local start_wait, is_paused = self:start(job, now)
      if start_wait > 0 then
         local is_bound = is_paused or job.deadline
         if not (is_bound and start_wait > self:time_left(job, now)) then
            return math.min(start_wait, wait or start_wait)
         end
         self:give_up(job, start_wait, is_paused)
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
   local allowed = job.request.method == "GET" and self.call.retries or 0
   local delay = retry.delay(err, job.retries, allowed, self:time_left(job, now), random)
   if err.kind == "rate_limited" then
      rate.pause(job.bucket, now, delay or err.retry_after or 1)
   end
   return delay
end

function Run:finish(job, now)
   if job.raised then
      error(job.raised[1], 0)
   end
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

-- Lets time pass until there is something to do, `wait` seconds at most.
function Run:wait(wait)
   if self.ends_at < math.huge then
      wait = math.min(wait or math.huge, math.max(self.ends_at - core.clock(), 0))
   end
   self.call.pollable:pause(self, wait)
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
   local wait
   if self.call.pollable.is_closed then
      self:abandon(cancelled)
   elseif now >= self.ends_at then
      self:abandon(past_deadline)
   else
      wait = self:start_due(now)
   end
   if not self:is_over() then
      self:wait(wait)
      self:empty_inbox()
   end
end

function Run:is_past_end()
   return core.clock() >= self.ends_at
end

local function to_the_end(self)
   self:empty_inbox()
   while not self:is_over() do
      self:turn()
   end
end

---Brings every job to its end. Whatever is raised meanwhile passes, and what was under way is forgotten.
function Run:finish_all()
   local ok, message = pcall(to_the_end, self)
   if ok then
      return
   end
   local running, session = self.call.pollable.running, self.call.pollable.session
   for ticket, job in pairs(running) do
      if job.run == self then
         running[ticket] = nil
         session:cancel(ticket)
      end
   end
   error(message, 0)
end

return run
