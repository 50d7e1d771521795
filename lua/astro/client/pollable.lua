--- What a client's calls wait on: its session, and the alarms of calls that sleep. A call blocks; if the client has a
--- loop, it yields its coroutine to that.

local cancel = require "astro.client.cancel"
local core = require "astro.core"
local line = require "astro.client.line"
local misuse = require "astro.api.misuse"

---A call that waits for the outcomes of its jobs, or sleeps.
---@class astro.Waiter
---@field call astro.Call
---@field inbox astro.Job[] jobs that came with their outcomes and were not looked at yet
---@field raised? string what broke the client's step while the call waited
---@field since? integer tells who of two began to wait first

---What a loop's `wait` gets: an object with the protocol of cqueues.
---@class astro.Pollable
---@field loop? astro.Loop
---@field clock fun(): number seconds: core.clock, or that of a time of its own
---@field let_pass? fun(seconds: number) of that time
---@field buckets? astro.Buckets likewise
---@field wall fun(): number seconds since the epoch, by this machine's clock
---@field session userdata the core's
---@field line astro.AttemptLine the attempts
---@field waiters? astro.Waiters those that wait; a client that blocks has none
---@field shares table<astro.Share, true> of the clients that are open; weak: a client may be dropped
---@field is_closed boolean
local Pollable = {}
Pollable.__index = Pollable

local pollable = {}

-- Seconds between the steps of a loop if the system has no descriptor to wait on.
local STEP_SECONDS = 0.01

local NEVER = math.huge

-- Takes a job that has ended to its waiter's inbox.
local function deliver(self, job, outcome)
   local waiter = job.waiter
   job.outcome = outcome
   waiter.inbox[#waiter.inbox + 1] = job
   if self.waiters then
      self.waiters:tell(waiter)
   end
end

---Raises in PUC Lua 5.1 if there is a loop.
---@param loop? astro.Loop
---@param connections? integer at the most, if each carries one request at a time
---@param time? astro.Time in place of the real one, where nothing is under way; without a loop
---@return astro.Pollable
function pollable.new(loop, connections, time)
   if loop and _VERSION == "Lua 5.1" and not package.loaded.jit then
      misuse.raise "a loop needs LuaJIT or Lua 5.2: in Lua 5.1 neither pcall nor an iterator can yield"
   end
   local self = setmetatable({
      loop = loop,
      session = core.session(loop ~= nil, connections),
      clock = time and time.clock or core.clock,
      let_pass = time and time.sleep,
      buckets = time and time.buckets,
      wall = time and time.wall or os.time,
      waiters = loop and require("astro.client.waiters").new(),
      shares = setmetatable({}, { __mode = "k" }),
      is_closed = false,
   }, Pollable)
   self.line = line.new(self.session, self.clock, function(job, outcome)
      deliver(self, job, outcome)
   end)
   return self
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
   local waiters = self.waiters
   if self.is_closed or (waiters and waiters:has_unread()) then
      return 0
   end
   local alarm = waiters and waiters.alarms:soonest() or NEVER
   local at = math.min(alarm, self.line:soonest() or NEVER)
   local seconds = math.min(math.max(at - self.clock(), 0), self.session:timeout() or NEVER)
   if waiters and next(waiters.threads) ~= nil and not self.session:fd() then
      seconds = math.min(seconds, STEP_SECONDS)
   end
   return seconds < NEVER and seconds or nil
end

---How many attempts may be under way at once.
---@param call astro.Call
---@return integer
function Pollable:limit(call)
   return self.line:limit(call)
end

---Starts a job's attempt, once no more are under way than may be. The job comes to the waiter's inbox with its
---outcome.
---@param job astro.Job
---@param waiter astro.Waiter
---@param transport table the core's options
---@param seconds number after which the attempt ends
function Pollable:start(job, waiter, transport, seconds)
   job.waiter = waiter
   self.line:start(job, transport, seconds)
end

---Ends what is under way for a waiter. No outcome comes.
---@param waiter astro.Waiter
function Pollable:cancel(waiter)
   self.line:cancel(waiter)
end

---Whether nothing is to come but the alarms of those who sleep.
---@return boolean
function Pollable:is_idle()
   return self.line:is_empty()
end

---Does what can be done now. Never blocks.
---@return boolean is_due those who wait should look
function Pollable:step()
   local has_rung = self.waiters ~= nil and self.waiters:ring(self.clock())
   self.session:step()
   return self.line:collect() or has_rung or self.is_closed
end

-- Lets those who wait look, whatever they wait on.
local function wake(self)
   self.session:wake()
   if self.loop and self.loop.wake then
      self.loop.wake(self)
   end
end

-- For those whose jobs another call took to their inboxes: the descriptor has told all it had.
local function rouse(self)
   if self.waiters:has_unread() then
      wake(self)
   end
end

-- A step breaks if memory ends. Anybody's answer may be lost then, so it is raised in all that wait.
local function step_for_all(self)
   local ok, message = pcall(self.step, self)
   if not ok then
      for waiter in pairs(self.waiters.threads) do
         waiter.raised = waiter.raised or message
         self.waiters:tell(waiter)
      end
      return message
   end
end

---Steps, and gives the threads of those that have to look: for a loop that wakes no more than those.
---@return thread[] due in the order in which they began to wait, each once
---@return string? message what broke the step; it is raised in all that wait
function Pollable:turn()
   local message = step_for_all(self)
   return self.waiters:due(), message
end

local function has_news(self, waiter)
   return #waiter.inbox > 0 or waiter.raised or self.is_closed or cancel.reason(waiter.call)
end

-- A loop may wake for nothing. One that steps by itself does not, and a step more would cost a system call.
local function yield_until(self, waiter, ends_at)
   while not (has_news(self, waiter) or self.clock() >= ends_at) do
      self.waiters:enter(waiter, ends_at)
      rouse(self)
      self.loop.wait(self)
      if not has_news(self, waiter) and self.clock() < ends_at then
         step_for_all(self)
      end
   end
   self.waiters:leave(waiter)
   rouse(self)
   self:let_go()
   if waiter.raised then
      error(waiter.raised, 0)
   end
end

-- So many seconds, or until the time of an attempt that waits for others is over.
local function until_late(self, seconds)
   local at = self.line:soonest()
   return at and math.min(seconds or NEVER, math.max(at - self.clock(), 0)) or seconds
end

---Lets time pass until the waiter has something in the inbox, the seconds are over or its call must end. A blocking
---client, and a call that shows its progress, may come back sooner. Raises what broke a step.
---@param waiter astro.Waiter
---@param seconds? number nil: no limit
function Pollable:pause(waiter, seconds)
   local shown = waiter.call.line
   seconds = shown and shown:tick(seconds) or seconds
   if self.loop then
      return yield_until(self, waiter, seconds and self.clock() + seconds or NEVER)
   elseif #waiter.inbox == 0 and self.let_pass and seconds and self:is_idle() then
      self.let_pass(seconds)
   elseif #waiter.inbox == 0 then
      self.session:wait(until_late(self, seconds))
      self.line:collect()
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
   if self.is_closed and not (self.waiters and next(self.waiters.threads)) then
      if self.loop and self.loop.forget then
         self.loop.forget(self)
      end
      self.session:unwatch()
   end
end

-- Wakes those who wait and must end before their time.
local function wake_stopped(self)
   for waiter in pairs(self.waiters and self.waiters.threads or {}) do
      if cancel.reason(waiter.call) then
         self.waiters:tell(waiter)
      end
   end
   wake(self)
end

---Ends as `cancelled` what must end before its time, and wakes those who wait for it.
function Pollable:end_stopped()
   self.line:end_stopped()
   wake_stopped(self)
end

-- Ends all that is under way as `cancelled`.
local function close(self)
   self.is_closed = true
   self.session:close()
   self.line:collect()
   wake_stopped(self)
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
