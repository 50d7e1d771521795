--- Many jobs, from their first attempts to their ends: how many at once, retries, deadlines.

local attempt = require "astro.client.attempt"
local cancel = require "astro.client.cancel"
local carry = require "astro.client.carry"
local hooks = require "astro.client.hooks"
local queue = require "astro.client.queue"

-- How many of one run before the first answer. Requests that wait for a connection arrive all at once, and the service
-- counts them as they arrive.
local FIRST = 4

---One run over many jobs. A job whose attempt has ended comes to the inbox, whichever of the client's calls
---stepped the session.
---@class astro.Run: astro.Waiter
---@field ends_at number for all of them, on the client's clock
---@field queue astro.Queue jobs that may start
---@field later astro.Job[] jobs whose next attempt is not due yet
---@field active integer how many attempts are under way
---@field done astro.Job[] jobs with their outcomes that `on_done` was not told of yet
local Run = {}
Run.__index = Run

local run = {}

local function do_nothing() end

-- Calls f(x). From Lua 5.4 on the guard is closed after it, also if it raises; pcall would do that in every Lua, but
-- would take f's own frames from the traceback.
local can_load, guarded = pcall(load, "local guard, f, x = ... local _ <close> = guard return f(x)")
if not can_load or not guarded then
   function guarded(_, f, x)
      return f(x)
   end
end

---@param call astro.Call
---@param jobs astro.Job[] become the run's own
---@param on_done? fun(run: astro.Run, job: astro.Job) is told of each job that has its outcome. What it raises passes
---with its own frames, and ends what is under way; before Lua 5.4 that ends by itself
---@param ends_at? number on the client's clock, for all of them
---@return astro.Run
function run.new(call, jobs, on_done, ends_at)
   return setmetatable({
      call = call,
      queue = queue.new(jobs),
      later = {},
      inbox = {},
      active = 0,
      done = {},
      on_done = on_done or do_nothing,
      ends_at = ends_at or math.huge,
   }, Run)
end

---Adds a job, behind all others.
---@param job astro.Job
function Run:add(job)
   self.queue:add(job)
end

-- How many attempts the run may have at once, those that wait for other runs' to end included. A transport of the
-- caller's own has this coroutine to itself.
function Run:limit()
   local call = self.call
   local limit = call.carry and 1 or call.pollable:limit(call)
   return call.rate and call.pollable.session:multiplexes() == nil and math.min(limit, FIRST) or limit
end

-- Seconds that the job still has.
function Run:time_left(job, now)
   return math.min(job.deadline, self.ends_at) - now
end

-- Starts the job's next attempt, or gives why not and how long not, as `attempt.hindrance` does. The job's time
-- runs from when it is the next in the queue.
function Run:start(job, now)
   local call = self.call
   job.deadline = job.deadline or now + call.timeout
   local why, how = attempt.hindrance(call, job, now)
   if cancel.reason(call) then -- by the token function, or meanwhile
      return "cancelled", 0
   elseif why then
      return why, how
   end
   local transport = hooks.before(call, job)
   if cancel.reason(call) then
      return "cancelled", 0
   end
   job.started, job.sent = call.on_request and call.pollable.clock() or now, job.token
   local seconds = math.max(self:time_left(job, job.started), 0.001)
   if call.carry then
      carry.start(job, self, call, transport, seconds)
   else
      call.pollable:start(job, self, transport, seconds)
   end
   job.token, job.turn = nil, nil
   self.active = self.active + 1
end

-- Moves what is due from `later` to the front of the queue: its time runs already. Gives when the next is due.
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

-- Ends a job: by the error, else by the outcome of its last attempt.
function Run:settle(job, err)
   attempt.lose_turn(job)
   job.outcome = err and { err = err } or job.outcome
   self.done[#self.done + 1] = job
end

-- Ends a job that would have to wait for longer than it may; tells whether it did. The last failure says more than
-- that the next turn comes too late.
function Run:gives_up(job, why, how, now)
   if why == "token" then
      self:settle(job, attempt.failure(job, "unauthorized", how))
      return true
   elseif how <= self:time_left(job, now) then
      return false
   end
   local seconds, err = math.ceil(how), nil
   if why == "pause" then
      local text = ("the service asked to wait another %d s"):format(seconds)
      err = attempt.failure(job, "rate_limited", text, { retry_after = seconds })
   elseif not job.outcome then
      local text = ("its turn by the client's own rate would come in %d s"):format(seconds)
      err = attempt.failure(job, "timeout", text)
   end
   self:settle(job, err)
   return true
end

-- Starts what may start. Gives the seconds until more may; nil: not by time alone.
function Run:start_due(now)
   local soonest = self:wake(now)
   local wait = soonest and soonest - now
   local limit = self:limit()
   local job = self.queue:peek()
   while job and self.active < limit do
      local why, how = self:start(job, now)
      if why and not self:gives_up(job, why, how, now) then
         return math.min(how, wait or how)
      end
      self.queue:take()
      job = self.queue:peek()
   end
   return wait
end

function Run:is_over()
   return not self.queue:peek() and self.active == 0 and #self.later == 0 and #self.done == 0
end

---Ends every job that is not under way.
---@param reason fun(job: astro.Job): astro.Error by what
function Run:abandon(reason)
   local rest = self.later
   self.later = {}
   for job in self.queue.take, self.queue do
      rest[#rest + 1] = job
   end
   for _, job in ipairs(rest) do
      self:settle(job, reason(job))
   end
end

local function past_deadline(job)
   return attempt.failure(job, "timeout", "the deadline has passed")
end

---Takes a job whose attempt has ended, in this run or outside of any: it is tried again later, or is done.
---@param job astro.Job
---@param now number on the client's clock
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
      self:settle(job)
   end
end

-- Lets time pass until there is something to do; `wait` seconds at most.
function Run:wait(wait)
   if self.ends_at < math.huge then
      wait = math.min(wait or math.huge, math.max(self.ends_at - self.call.pollable.clock(), 0))
   end
   return self.call.pollable:pause(self, wait)
end

function Run:empty_inbox()
   local inbox = self.inbox
   if #inbox == 0 then
      return
   end
   self.inbox = {}
   local now = self.call.pollable.clock()
   for _, job in ipairs(inbox) do
      self.active = self.active - 1
      self:follow(job, now)
   end
end

function Run:turn()
   local now, why = self.call.pollable.clock(), cancel.reason(self.call)
   local wait
   if why then
      self:abandon(function(job)
         return attempt.failure(job, "cancelled", why)
      end)
   elseif now >= self.ends_at then
      self:abandon(past_deadline)
   else
      wait = self:start_due(now)
   end
   if #self.done == 0 and not self:is_over() then -- what is done is told first; nothing else may be to come
      self:wait(wait)
      self:empty_inbox()
   end
end

---Whether the time for all jobs is over.
---@return boolean
function Run:is_past_end()
   return self.call.pollable.clock() >= self.ends_at
end

local function tell_all(self)
   while #self.done > 0 do
      local done = self.done
      self.done = {}
      for _, job in ipairs(done) do
         self:on_done(job)
      end
   end
   self.is_telling = false
end

-- The run is the guard of its telling: if that did not come to its end, nobody waits for what is under way.
function Run:__close()
   if self.is_telling then
      self.call.pollable:cancel(self)
   end
end

-- Tells `on_done` of what is done. That may add jobs, or abandon the rest.
function Run:tell()
   if #self.done > 0 then
      self.is_telling = true
      guarded(self, tell_all, self)
   end
end

---Brings every job to its end. What is raised meanwhile passes, and nothing stays under way.
function Run:finish()
   self:tell()
   while not self:is_over() do
      local ok, message = pcall(self.turn, self)
      if not ok then
         self.call.pollable:cancel(self)
         error(message, 0)
      end
      self:tell()
   end
end

return run
