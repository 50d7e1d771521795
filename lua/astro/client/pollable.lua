--- What a client's calls wait on: its session, and the alarms of calls that sleep. A call blocks; if the client has a
--- loop, it yields its coroutine to that.

local cancel = require "astro.client.cancel"
local core = require "astro.core"
local misuse = require "astro.api.misuse"

---A call that waits for the outcomes of its jobs, or sleeps.
---@class astro.Waiter
---@field call astro.Call
---@field inbox astro.Job[] jobs that came with their outcomes and were not looked at yet
---@field raised? string what broke the client's step while the call waited

---What a loop's `wait` gets: an object with the protocol of cqueues.
---@class astro.Pollable
---@field loop? astro.Loop
---@field clock fun(): number seconds: core.clock, or that of a time of its own
---@field let_pass? fun(seconds: number) of that time
---@field buckets? astro.Buckets likewise
---@field wall fun(): number seconds since the epoch, by this machine's clock
---@field session userdata the core's
---@field running table<integer, astro.Job> attempts under way, by their tickets
---@field alarms table<astro.Waiter, number> until when each waits; weak: a coroutine may be dropped
---@field unread table<astro.Waiter, true> who waits and has something in the inbox; weak likewise
---@field shares table<astro.Share, true> of the clients that are open; weak: a client may be dropped
---@field is_closed boolean
local Pollable = {}
Pollable.__index = Pollable

local pollable = {}

-- Seconds between the steps of a loop if the system has no descriptor to wait on.
local STEP_SECONDS = 0.01

local NEVER = math.huge

---Raises in PUC Lua 5.1 if there is a loop.
---@param loop? astro.Loop
---@param connections? integer at the most, if each carries one request at a time
---@param time? astro.Time in place of the real one, where nothing is under way; without a loop
---@return astro.Pollable
function pollable.new(loop, connections, time)
   if loop and _VERSION == "Lua 5.1" and not package.loaded.jit then
      misuse.raise "a loop needs LuaJIT or Lua 5.2: in Lua 5.1 neither pcall nor an iterator can yield"
   end
   return setmetatable({
      loop = loop,
      session = core.session(loop ~= nil, connections),
      clock = time and time.clock or core.clock,
      let_pass = time and time.sleep,
      buckets = time and time.buckets,
      wall = time and time.wall or os.time,
      running = {},
      alarms = setmetatable({}, { __mode = "k" }),
      unread = setmetatable({}, { __mode = "k" }),
      shares = setmetatable({}, { __mode = "k" }),
      is_closed = false,
   }, Pollable)
end

---The descriptor that is readable when there is something to do.
---@return integer? descriptor nil: none is to be had
function Pollable:pollfd()
   return self.session:fd()
end

---What to wait for on the descriptor: that it is readable.
---@return "r"
function Pollable:events() -- luacheck: ignore self
   return "r"
end

---When there is something to do although the descriptor says nothing.
---@return number? seconds nil: never
function Pollable:timeout()
   if self.is_closed or next(self.unread) ~= nil then
      return 0
   end
   local soonest = NEVER
   for _, at in pairs(self.alarms) do
      soonest = math.min(soonest, at)
   end
   local seconds = soonest < NEVER and math.max(soonest - self.clock(), 0) or nil
   local timer = self.session:timeout()
   if timer then
      seconds = math.min(seconds or NEVER, timer)
   end
   if next(self.alarms) ~= nil and not self.session:fd() then
      seconds = math.min(seconds or NEVER, STEP_SECONDS)
   end
   return seconds
end

---Starts a job's attempt. The job comes to the waiter's inbox with its outcome.
---@param job astro.Job
---@param waiter astro.Waiter
---@param transport table the core's options
---@param seconds number after which the attempt ends
function Pollable:start(job, waiter, transport, seconds)
   job.ticket = self.session:submit(job.request, job.token, transport, seconds)
   job.waiter = waiter
   self.running[job.ticket] = job
end

---Ends what is under way for a waiter. No outcome comes.
---@param waiter astro.Waiter
function Pollable:cancel(waiter)
   for ticket, job in pairs(self.running) do
      if job.waiter == waiter then
         self.running[ticket] = nil
         self.session:cancel(ticket)
      end
   end
end

---Whether nothing is to come but the alarms of those who sleep.
---@return boolean
function Pollable:is_idle()
   return next(self.running) == nil
end

---How an attempt ended: by a value, by an error, or by what was raised. The core makes it.
---@class astro.Outcome
---@field value? any
---@field status? integer the HTTP status that came with the value
---@field err? astro.Error
---@field raised? any by a log function when the answer was taken

-- Takes a job that has ended to its waiter's inbox.
local function deliver(self, job, outcome)
   local waiter = job.waiter
   self.running[job.ticket] = nil
   job.outcome = outcome
   waiter.inbox[#waiter.inbox + 1] = job
   if self.alarms[waiter] then
      self.unread[waiter] = true
   end
end

-- Takes what has ended to its waiters. Tells whether there was any.
local function collect(self)
   local session, any = self.session, false
   for ticket, outcome in session.next, session do
      local job = self.running[ticket]
      if job then
         deliver(self, job, outcome)
         any = true
      end
   end
   return any
end

---Does what can be done now. Never blocks.
---@return boolean is_due those who wait should look
function Pollable:step()
   local now = self.clock()
   local any = self.is_closed
   for waiter, at in pairs(self.alarms) do
      if at <= now then
         self.alarms[waiter] = NEVER -- rings once: its waiter may be dead
         any = true
      end
   end
   self.session:step()
   return collect(self) or any
end

local function wake_loop(self)
   if self.loop and self.loop.wake then
      self.loop.wake(self)
   end
end

-- Lets those who wait look, whatever they wait on.
local function wake(self)
   self.session:wake()
   wake_loop(self)
end

-- For those whose jobs another call took to their inboxes: the descriptor has told all it had.
local function rouse(self)
   if next(self.unread) ~= nil then
      wake(self)
   end
end

-- A step breaks if memory ends. Anybody's answer may be lost then, so it is raised in all that wait.
local function step_for_all(self)
   local ok, message = pcall(self.step, self)
   if not ok then
      for waiter in pairs(self.alarms) do
         waiter.raised = waiter.raised or message
         self.unread[waiter] = true
      end
   end
end

local function has_news(self, waiter)
   return #waiter.inbox > 0 or waiter.raised or self.is_closed or cancel.reason(waiter.call)
end

local function yield_until(self, waiter, ends_at)
   while not (has_news(self, waiter) or self.clock() >= ends_at) do
      self.alarms[waiter] = ends_at
      rouse(self)
      self.loop.wait(self)
      if #waiter.inbox == 0 and not waiter.raised then
         step_for_all(self)
      end
   end
   self.alarms[waiter], self.unread[waiter] = nil, nil
   rouse(self)
   self:let_go()
end

---Lets time pass until the waiter has something in the inbox, the seconds are over or its call must end. A blocking
---client may come back sooner. Raises what broke a step.
---@param waiter astro.Waiter
---@param seconds? number nil: no limit
function Pollable:pause(waiter, seconds)
   if self.loop then
      yield_until(self, waiter, seconds and self.clock() + seconds or NEVER)
   elseif #waiter.inbox == 0 and self.let_pass and seconds and self:is_idle() then
      self.let_pass(seconds)
   elseif #waiter.inbox == 0 then
      self.session:wait(seconds)
      collect(self)
   end
   if waiter.raised then
      error(waiter.raised, 0)
   end
end

---Lets time pass while other calls go on; until the call must end at the most.
---@param seconds number
---@param call astro.Call
function Pollable:sleep(seconds, call)
   local ends_at = self.clock() + seconds
   local sleeper = { inbox = {}, call = call }
   repeat
      self:pause(sleeper, math.max(ends_at - self.clock(), 0))
   until self.clock() >= ends_at or cancel.reason(call)
end

---Closes the descriptor of a closed client as soon as nobody waits on it.
function Pollable:let_go()
   if self.is_closed and next(self.alarms) == nil then
      if self.loop and self.loop.forget then
         self.loop.forget(self)
      end
      self.session:unwatch()
   end
end

---Ends as `cancelled` what must end before its time, and wakes those who wait for it.
function Pollable:end_stopped()
   for ticket, job in pairs(self.running) do
      local why = cancel.reason(job.waiter.call)
      if why then
         self.session:cancel(ticket)
         deliver(self, job, cancel.outcome(job, why))
      end
   end
   wake(self)
end

-- Ends all that is under way as `cancelled`.
local function close(self)
   self.is_closed = true
   self.session:close()
   collect(self)
   wake_loop(self)
   self:let_go()
end

---One client's part in it, which is open as long as any part is.
---@class astro.Share
---@field is_closed boolean

---@return astro.Share
function Pollable:join()
   local share = { is_closed = false }
   self.shares[share] = true
   return share
end

---Ends what is under way for one client as `cancelled`, and the rest if that client is the last.
---@param share astro.Share
function Pollable:leave(share)
   share.is_closed = true
   self.shares[share] = nil
   if next(self.shares) == nil then
      close(self)
   else
      self:end_stopped()
   end
end

return pollable
