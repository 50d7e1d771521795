--- What a client's calls wait on: its session, and the alarms of calls that sleep. A call blocks or, where the
--- client has a loop, yields its coroutine to that.

local core = require "astro.core"
local misuse = require "astro.misuse"

---The protocol of cqueues: `wait` of a loop gets one of these.
---@class astro.Pollable
local Pollable = {}
Pollable.__index = Pollable

local pollable = {}

-- The phase of a request, where this is nginx's Lua and not that of a worker thread.
local get_phase = type(_G.ngx) == "table" and _G.ngx.get_phase

local MAY_BLOCK = { init = true, init_worker = true }

--- Where the system has no descriptor to wait on, how often a loop steps.
local STEP_SECONDS = 0.01

local NEVER = math.huge

---How an event loop waits. Any table with these functions will do.
---@class astro.Loop
---@field run function starts functions as coroutines of the loop
---@field wait fun(pollable: astro.Pollable) suspends the coroutine until the descriptor is readable or the
---timeout is over; wakes all that wait for the same pollable together, and may wake them for nothing
---@field sleep fun(seconds: number) suspends the coroutine for so long
---@field forget? fun(pollable: astro.Pollable) is told before the descriptor is closed, when nobody waits for it

---@param loop? astro.Loop
---@return astro.Pollable
function pollable.new(loop)
   if loop and _VERSION == "Lua 5.1" and not jit then
      misuse.raise "a loop needs LuaJIT or Lua 5.2: in Lua 5.1 neither pcall nor an iterator can yield"
   end
   return setmetatable({
      loop = loop,
      session = core.session(loop ~= nil),
      running = {}, -- ticket -> job
      alarms = setmetatable({}, { __mode = "k" }), -- who waits -> until when; weak: coroutines may be dropped
      unseen = setmetatable({}, { __mode = "k" }), -- for whom there is something -> who stepped since
      is_closed = false,
   }, Pollable)
end

local function is_yieldable()
   if coroutine.isyieldable then
      return coroutine.isyieldable()
   end
   local thread, is_main = coroutine.running()
   return thread ~= nil and not is_main
end

---Raises where a call would wait in a way that it must not.
---@param call { name: string, blocking?: boolean }
function Pollable:check(call)
   if self.loop then
      if not is_yieldable() then
         misuse.raise(call.name .. ": a client with a loop is for coroutines, such as its loop's run makes")
      end
   elseif get_phase and not call.blocking and not MAY_BLOCK[get_phase()] then
      local text = "%s: this would block the nginx worker: give the client loop = require 'astro.loop.resty'"
      misuse.raise((text .. " (or blocking = true)"):format(call.name))
   end
end

---The descriptor that is readable when there is something to do; nil: none to be had.
---@return integer?
function Pollable:pollfd()
   return self.session:fd()
end

---@return "r"
function Pollable:events() -- luacheck: ignore self
   return "r"
end

---Seconds after which there is something to do although the descriptor says nothing; nil: for ever.
---@return number?
function Pollable:timeout()
   if self.is_closed then
      return 0
   end
   local soonest = NEVER
   for _, at in pairs(self.alarms) do
      soonest = math.min(soonest, at)
   end
   local seconds = soonest < NEVER and math.max(soonest - core.clock(), 0) or nil
   local timer = self.session:timeout()
   if timer or next(self.alarms) and not self.session:fd() then
      seconds = math.min(seconds or NEVER, timer or NEVER, STEP_SECONDS)
   end
   return seconds
end

-- Takes what has ended to the inboxes of those who asked; tells whether anything had.
local function collect(self)
   local session, running = self.session, self.running
   local any = false
   local ticket, value, message, err = session:next()
   while ticket do
      local job = running[ticket]
      if job then
         running[ticket] = nil
         job.value, job.message, job.err, job.status = value, message, err, nil
         if value ~= nil then
            job.message, job.status = nil, message
         end
         local inbox = job.run.inbox
         inbox[#inbox + 1] = job
         self.unseen[job.run] = {}
         any = true
      end
      ticket, value, message, err = session:next()
   end
   return any
end

-- Makes the descriptor readable again while there is something for those who looked before it came. Who steps
-- a second time without their having looked finds them dead: each wake is everybody's.
local function wake_others(self, waiter)
   local stepper, is_any = waiter or self, false
   for one, steppers in pairs(self.unseen) do
      if one == waiter or steppers[stepper] then
         self.unseen[one] = nil
      else
         steppers[stepper] = true
         is_any = true
      end
   end
   if is_any then
      self.session:wake()
   end
end

---Does what can be done now; never blocks. Tells whether those who wait should look.
---@param waiter? table who steps, where it is one of them
---@return boolean
function Pollable:step(waiter)
   local now = core.clock()
   local any = self.is_closed
   for one, at in pairs(self.alarms) do
      if at <= now then
         self.alarms[one] = NEVER -- rings once: who waited may be dead
         self.unseen[one] = {}
         any = true
      end
   end
   self.session:step()
   any = collect(self) or any
   wake_others(self, waiter)
   return any
end

local function yield_until(self, waiter, ends_at)
   while not (#waiter.inbox > 0 or self.is_closed or core.clock() >= ends_at) do
      self.alarms[waiter] = ends_at
      self.loop.wait(self)
      self.unseen[waiter] = nil
      if #waiter.inbox == 0 then
         self:step(waiter)
      end
   end
   self.alarms[waiter] = nil
   self:let_go()
end

---Lets time pass until the waiter has something in its inbox, so many seconds are over or the client is
---closed. A blocking client may come back sooner.
---@param waiter { inbox: table[] }
---@param seconds? number nil: no limit
function Pollable:pause(waiter, seconds)
   if self.loop then
      yield_until(self, waiter, seconds and core.clock() + seconds or NEVER)
   else
      self.session:wait(seconds)
      collect(self)
   end
end

---Closes the descriptor of a closed client, once nobody waits on it.
function Pollable:let_go()
   if self.is_closed and next(self.alarms) == nil then
      if self.loop and self.loop.forget then
         self.loop.forget(self)
      end
      self.session:unwatch()
   end
end

function Pollable:close()
   self.is_closed = true
   self.session:close()
   collect(self)
   self:let_go()
end

return pollable
