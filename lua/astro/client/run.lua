--- One run over many jobs, from their first attempts to their ends: how many at once, retries, deadlines.

local attempt = require "astro.client.attempt"
local core = require "astro.core"
local failure = require "astro.client.failure"
local queue = require "astro.client.queue"

--- How many at once, where the client does not say: by HTTP/2 and by HTTP/1.1.
local MULTIPLEXED, ONE_BY_ONE = 200, 8

--- Until the first answer: what is started while connections are made arrives all at once, and the rate
--- counts where it arrives.
local FIRST = 4

---One run over many jobs. Jobs whose attempts have ended reach its inbox, whoever of the session's users takes
---them from there.
---@class astro.Run: astro.Waiter
---@field queue astro.Queue jobs that may start
---@field later astro.Job[] jobs whose next attempt is not due yet
---@field active integer how many attempts are under way
local Run = {}
Run.__index = Run

local run = {}

local function do_nothing() end

---@param call astro.Call
---@param jobs astro.Job[] become the run's own
---@param on_done? fun(run: astro.Run, job: astro.Job) is told of each job that has its outcome
---@param ends_at? number on core.clock, for all of them
---@return astro.Run
function run.new(call, jobs, on_done, ends_at)
   return setmetatable({
      call = call,
      queue = queue.new(jobs),
      later = {},
      inbox = {},
      active = 0,
      on_done = on_done or do_nothing,
      ends_at = ends_at or math.huge,
   }, Run)
end

---@param job astro.Job
function Run:add(job)
   self.queue:add(job)
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

-- Starts the job's next attempt; or gives why it has to wait, and for how many seconds.
function Run:start(job, now)
   local call = self.call
   local why, seconds = attempt.hindrance(call, job, now)
   if why then
      return why, seconds
   end
   job.started = now
   job.deadline = job.deadline or now + call.timeout
   call.pollable:start(job, self, call.transport, math.max(self:time_left(job, now), 0.001))
   job.token = nil
   self.active = self.active + 1
end

-- Moves what is due from later to the queue, ahead of what was not yet tried: its time runs. Gives when the
-- next of the rest is due.
function Run:wake(now)
   local soonest
   for i = #self.later, 1, -1 do
      local job = self.later[i]
      if job.ready_at <= now then
         table.remove(self.later, i)
         self.queue:put_first(job)
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
   return failure.err(kind, message, fields)
end

-- Whether the job would have to wait for longer than it may. The client's own rate bounds no first attempt.
function Run:is_hopeless(job, why, seconds, now)
   return (why == "pause" or job.deadline) and seconds > self:time_left(job, now)
end

-- Ends a job that is hopeless: by the service's wish, or by how it failed last.
function Run:give_up(job, why, seconds)
   if why == "pause" then
      seconds = math.ceil(seconds)
      local text = ("the service asked to wait another %d s"):format(seconds)
      job.outcome = { err = fail(job, "rate_limited", text, { retry_after = seconds }) }
   end
   self:on_done(job)
end

-- Starts what may start; gives how long nothing more will, nil for no limit.
function Run:start_due(now)
   local soonest = self:wake(now)
   local wait = soonest and soonest - now
   local limit = self:limit()
   local job = self.queue:peek()
   while job and self.active < limit do
      local why, seconds = self:start(job, now)
      if why and not self:is_hopeless(job, why, seconds, now) then
         return math.min(seconds, wait or seconds)
      end
      self.queue:take()
      if why then
         self:give_up(job, why, seconds)
      end
      job = self.queue:peek()
   end
   return wait
end

function Run:is_over()
   return not self.queue:peek() and self.active == 0 and #self.later == 0
end

---Ends every job that is not under way.
---@param reason fun(job: astro.Job): astro.Error
function Run:abandon(reason)
   local rest = self.later
   self.later = {}
   for job in self.queue.take, self.queue do
      rest[#rest + 1] = job
   end
   for _, job in ipairs(rest) do
      job.outcome = { err = reason(job) }
      self:on_done(job)
   end
end

local function cancelled(job)
   return fail(job, "cancelled", "the client was closed", {})
end

local function past_deadline(job)
   return fail(job, "timeout", "the deadline has passed", {})
end

---Takes a job whose attempt has ended, in this run or outside of any: it gets another one later, or is done.
---@param now number on core.clock
function Run:follow(job, now)
   local outcome = job.outcome
   if outcome.value == nil and not outcome.err then
      error(outcome.raised, 0)
   end
   local delay = attempt.book(self.call, job, now, self:time_left(job, now))
   if delay then
      job.retries = job.retries + 1
      job.ready_at = now + delay
      self.later[#self.later + 1] = job
   else
      self:on_done(job)
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
      self:follow(job, now)
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
   while not self:is_over() do
      self:turn()
   end
end

---Brings every job to its end. Whatever is raised meanwhile passes, and what was under way is forgotten.
function Run:finish()
   local ok, message = pcall(to_the_end, self)
   if not ok then
      self.call.pollable:cancel(self)
      error(message, 0)
   end
end

return run
