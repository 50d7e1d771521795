--- Who waits for a client in its loop, and who of them has to look.

local alarms = require "astro.api.alarms"

---@class astro.Waiters
---@field threads table<astro.Waiter, thread> who waits; weak in both: a coroutine may be dropped
---@field alarms astro.Alarms until when each waits
---@field unread table<astro.Waiter, true> who waits and has news; weak likewise
---@field rung table<astro.Waiter, true> who waits, has no news, and whose time is over; weak likewise
---@field count integer how many waited so far
---@field present integer how many wait, with those whose coroutines were dropped
local Waiters = {}
Waiters.__index = Waiters

local waiters = {}

local function new_set()
   return setmetatable({}, { __mode = "k" })
end

local function new_threads()
   return setmetatable({}, { __mode = "kv" })
end

---@return astro.Waiters
function waiters.new()
   return setmetatable({
      threads = new_threads(),
      alarms = alarms.new(),
      unread = new_set(),
      rung = new_set(),
      count = 0,
      present = 0,
   }, Waiters)
end

---Takes in one who waits in the running coroutine.
---@param waiter astro.Waiter
---@param ends_at number on the client's clock; may be infinite
function Waiters:enter(waiter, ends_at)
   self.count = self.count + 1
   waiter.since = self.count
   if not self.threads[waiter] then
      self.present = self.present + 1
   end
   self.threads[waiter] = coroutine.running()
   if ends_at < math.huge then
      self.alarms:set(waiter, ends_at)
   end
end

---@param waiter astro.Waiter
function Waiters:leave(waiter)
   if self.threads[waiter] then
      self.present = self.present - 1
   end
   self.threads[waiter], self.unread[waiter], self.rung[waiter] = nil, nil, nil
   self.alarms:clear(waiter)
   if self.present == 0 then
      self.threads = new_threads() -- a table keeps the memory for all that it ever had
   end
end

---Tells one who may wait that there is news.
---@param waiter astro.Waiter
function Waiters:tell(waiter)
   if self.threads[waiter] then
      self.unread[waiter], self.rung[waiter] = true, nil
   end
end

---Whether anybody has not looked yet after there was news.
---@return boolean
function Waiters:has_unread()
   return next(self.unread) ~= nil
end

---Lets the alarms ring whose time has come: each once, as its waiter may be dead.
---@param now number
---@return boolean any
function Waiters:ring(now)
   local any = false
   local waiter = self.alarms:ring(now)
   while waiter do
      any = true
      self.rung[waiter] = not self.unread[waiter] or nil
      waiter = self.alarms:ring(now)
   end
   return any
end

local function before(one, other)
   return one.since < other.since
end

---The threads of those who have to look, in the order in which they began to wait. Each is given once.
---@return thread[]
function Waiters:due()
   local list, due = {}, {}
   for _, name in ipairs({ "unread", "rung" }) do
      local set = self[name]
      if next(set) ~= nil then
         self[name] = new_set()
      end
      for waiter in pairs(set) do
         list[#list + 1] = waiter
      end
   end
   table.sort(list, before)
   for _, waiter in ipairs(list) do
      due[#due + 1] = self.threads[waiter]
   end
   return due
end

return waiters
