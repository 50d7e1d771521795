--- The attempts of a client's calls: those under way and, behind them, those that wait for one to end. These have no
--- handle of libcurl's yet.

local alarms = require "astro.api.alarms"
local cancel = require "astro.client.cancel"
local failure = require "astro.client.failure"
local queue = require "astro.client.queue"

-- How many attempts at once by HTTP/2 and by HTTP/1.1, unless the client says.
local MULTIPLEXED, ONE_BY_ONE = 200, 8

---How an attempt ended: by a value, by an error, or by what was raised. The core makes it.
---@class astro.Outcome
---@field value? any
---@field status? integer the HTTP status that came with the value
---@field err? astro.Error
---@field raised? any by a log function when the answer was taken
---@field head? string the final answer's, where somebody asked for it; and then too:
---@field attempts? integer how many requests were sent

---@class astro.AttemptLine
---@field session userdata the core's
---@field clock fun(): number seconds
---@field deliver fun(job: astro.Job, outcome: astro.Outcome) takes a job that has ended to its waiter
---@field running table<integer, astro.Job> attempts under way, by their tickets
---@field queue astro.Queue attempts that wait, and some that left it before their turn
---@field ends astro.Alarms when the time of those that wait is over
local Line = {}
Line.__index = Line

local line = {}

---@param session userdata
---@param clock fun(): number
---@param deliver fun(job: astro.Job, outcome: astro.Outcome)
---@return astro.AttemptLine
function line.new(session, clock, deliver)
   return setmetatable({
      session = session,
      clock = clock,
      deliver = deliver,
      running = {},
      queue = queue.new({}),
      ends = alarms.new(),
   }, Line)
end

---How many attempts may be under way at once.
---@param call astro.Call
---@return integer
function Line:limit(call)
   return call.concurrency or (self.session:multiplexes() == false and ONE_BY_ONE or MULTIPLEXED)
end

-- Raises what the core does.
local function begin(self, job, transport, seconds)
   job.ticket = self.session:submit(job.request, job.token or job.sent, transport, seconds)
   self.running[job.ticket] = job
end

-- Whether the next attempt must wait. The session counts what is under way: in a child of fork that is nothing.
local function is_full(self, call)
   return self.session:load() >= self:limit(call)
end

---Starts a job's attempt, behind those that wait already. Raises what the core does.
---@param job astro.Job with its waiter
---@param transport table the core's options
---@param seconds number after which the attempt ends
function Line:start(job, transport, seconds)
   if not self.queue:peek() and not is_full(self, job.waiter.call) then
      return begin(self, job, transport, seconds)
   end
   job.waits_with = transport
   self.queue:add(job)
   self.ends:set(job, self.clock() + seconds)
end

-- Takes a job that waits out of the line; what is left of it there goes with its turn.
local function leave(self, job)
   self.ends:clear(job)
   job.waits_with = nil
end

-- The first that still waits.
local function first(self)
   local job = self.queue:peek()
   while job and not job.waits_with do
      self.queue:take()
      job = self.queue:peek()
   end
   return job
end

-- Starts a job that waited.
local function start_late(self, job)
   local transport, now = job.waits_with, self.clock()
   local seconds = math.max(self.ends:time(job) - now, 0.001)
   leave(self, job)
   job.started = now
   local ok, raised = pcall(begin, self, job, transport, seconds)
   if not ok then
      self.deliver(job, { raised = raised })
   end
end

-- Starts those whose turn has come.
local function move(self)
   local job = first(self)
   while job do
      local why = cancel.reason(job.waiter.call)
      if why then
         leave(self, job)
         self.deliver(job, cancel.outcome(job, why, 0))
      elseif is_full(self, job.waiter.call) then
         return
      else
         start_late(self, job)
      end
      job = first(self)
   end
end

-- Ends those that waited until their time was over.
local function end_late(self)
   local job = self.ends:ring(self.clock())
   local any = job ~= nil
   while job do
      local method, target = job.request.method, job.request.target
      local text = "%s %s: timeout: as many requests as may be at once were under way all the time"
      leave(self, job)
      self.deliver(job, { err = failure.err("timeout", text:format(method, target), { attempts = 0 }) })
      job = self.ends:ring(self.clock())
   end
   return any
end

---Delivers what has ended, and starts what may start in its place. Tells whether anything ended.
---@return boolean
function Line:collect()
   local session, running, any = self.session, self.running, false
   for ticket, outcome in session.next, session do
      local job = running[ticket]
      running[ticket] = nil
      if job then
         self.deliver(job, outcome)
         any = true
      end
   end
   any = end_late(self) or any
   move(self)
   return any
end

-- Every job under way or waiting, with its ticket if it has one.
local function each(self, f)
   for ticket, job in pairs(self.running) do
      f(job, ticket)
   end
   for _, job in pairs(self.queue.jobs) do
      if job.waits_with then
         f(job)
      end
   end
end

local function drop(self, job, ticket)
   if ticket then
      self.running[ticket] = nil
      self.session:cancel(ticket)
   else
      leave(self, job)
   end
end

---Drops what a waiter has started. No outcome comes.
---@param waiter astro.Waiter
function Line:cancel(waiter)
   each(self, function(job, ticket)
      if job.waiter == waiter then
         drop(self, job, ticket)
      end
   end)
   move(self)
end

---Ends as `cancelled` what must end before its time.
function Line:end_stopped()
   each(self, function(job, ticket)
      local why = cancel.reason(job.waiter.call)
      if why then
         drop(self, job, ticket)
         self.deliver(job, cancel.outcome(job, why, ticket and 1 or 0))
      end
   end)
   move(self)
end

---When the time of the first that waits is over.
---@return number? at on the client's clock
function Line:soonest()
   return self.ends:soonest()
end

---Whether nothing is under way, nor waits.
---@return boolean
function Line:is_empty()
   return next(self.running) == nil and not first(self)
end

return line
