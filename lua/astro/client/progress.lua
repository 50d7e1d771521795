--- How far a long call has come, as a line on stderr that is drawn over itself and gone when the call ends. It is for
--- calls with `progress`, and for terminals.

local calls = require "astro.client.call"
local guard = require "astro.client.guard"
local later = require "astro.api.later"
local log = require "astro.client.log"

local unpack = table.unpack or unpack -- luacheck: ignore 143

-- Seconds: what takes no longer shows nothing; and the least from one drawing to the next.
local PATIENCE, PERIOD = 0.5, 0.2

---@class astro.Progress
---@field clock fun(): number seconds
---@field describe fun(): string
---@field waited number seconds that the call took before, without those between its parts
---@field since number on the clock, when its part under way began
---@field next_at number on the clock, when the line is due
---@field text? string as it was drawn last
local Progress = {}
Progress.__index = Progress

local progress = {}

-- The one on the terminal. Others wait until it is gone.
local shown

-- In place of the line that is there.
local function put(text)
   local bytes = later("astro.pretty").passing(text)
   if bytes then
      io.stderr:write(bytes)
   end
end

function Progress:draw(text)
   if shown == nil or shown == self and text ~= self.text then
      shown, self.text = self, text
      put(text)
   end
end

function Progress:erase()
   if shown == self then
      shown = nil
      put ""
   end
end

---Draws the line if it is due.
---@param seconds? number
---@return number seconds those given, or fewer: when the line is due again
function Progress:tick(seconds)
   local now = self.clock()
   if now >= self.next_at then
      self.next_at = now + PERIOD
      self:draw(("%d s  %s"):format(math.floor(self.waited + now - self.since), self.describe()))
   end
   return math.min(seconds or math.huge, self.next_at - now)
end

-- Lines of the log are to be read, and the terminal must do what it is told.
local function has_place(call)
   return (call.log or not log.is_on(nil, "error")) and later("astro.pretty").passing "" ~= nil
end

---A function of the caller's, which may print where a line is. What is no function stays as it is.
---@param call astro.Call
---@param f any
---@return any
function progress.aside(call, f)
   if not call.line or type(f) ~= "function" then
      return f
   end
   return function(...)
      if shown then
         shown:erase()
      end
      return f(...)
   end
end

-- The caller's own functions that a call has with it.
local FUNCTIONS = { "token", "on_request", "on_response", "log" }

---The call with a line of its own, or the call itself where nobody is to see one.
---@param call astro.Call
---@param describe fun(): string how far it has come
---@return astro.Call
function progress.begin(call, describe)
   if not call.progress or not has_place(call) then
      return call
   end
   local line = { clock = call.pollable.clock, describe = describe, waited = 0 }
   local watched = calls.over(call, { line = setmetatable(line, Progress) })
   for _, name in ipairs(FUNCTIONS) do
      watched[name] = progress.aside(watched, watched[name])
   end
   watched.transport = calls.over(call.transport, { log = watched.log }) -- the core has warnings
   return watched
end

---Calls a part of the call, which waits. The line is gone when it ends, by what it raises, too.
---@param call astro.Call
---@param f fun(): any ...
---@return any ... what f gave
function progress.during(call, f)
   local line = call.line
   if not line then
      return f()
   end
   line.since = line.clock()
   line.next_at = line.since + PATIENCE - line.waited
   local function over()
      line.waited = line.waited + line.clock() - line.since
      line:erase()
   end
   local results = guard.run(f, over, over).results
   return unpack(results, 1, results.n)
end

return progress
