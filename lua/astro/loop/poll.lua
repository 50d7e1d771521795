--- A loop that needs nothing but poll(2): several functions at once in a plain script.

local alarms = require "astro.api.alarms"
local core = require "astro.core"
local misuse = require "astro.api.misuse"
local values_of = require "astro.loop.values"

---@class astro.loop.poll: astro.Loop
local poll = {}

-- Seconds. A signal ends a sleep at once, unless it came just before it.
local LONGEST_SLEEP = 0.05

---The run under way: each of its threads is due, sleeps, or waits for a pollable.
---@class astro.PollRun
---@field due thread[] in the order of their turns
---@field sleepers astro.Alarms
---@field waiting table<astro.Pollable, table<thread, true>>
local run

-- The thread whose turn it is.
local current

-- Seconds until a thread is due or signals are to be looked for, and the descriptors to poll until then.
local function outlook()
   local soonest, descriptors = LONGEST_SLEEP, {}
   local alarm = run.sleepers:soonest()
   if alarm then
      soonest = math.min(soonest, alarm - core.clock())
   end
   for pollable in pairs(run.waiting) do
      soonest = math.min(soonest, pollable:timeout() or math.huge)
      descriptors[#descriptors + 1] = pollable:pollfd()
   end
   return run.due[1] and 0 or math.max(soonest, 0), descriptors
end

local function add_sleepers()
   local now = core.clock()
   local thread = run.sleepers:ring(now)
   while thread do
      run.due[#run.due + 1] = thread
      thread = run.sleepers:ring(now)
   end
end

-- Steps a pollable. Its threads that have to look are due.
local function turn(pollable, threads)
   for _, thread in ipairs(pollable:turn()) do
      if threads[thread] then
         threads[thread] = nil
         run.due[#run.due + 1] = thread
      end
   end
   if next(threads) == nil then
      run.waiting[pollable] = nil
   end
end

local function sleep()
   local seconds, descriptors = outlook()
   local is_readable = core.poll(descriptors, seconds)
   for pollable, threads in pairs(run.waiting) do
      if is_readable or pollable:timeout() == 0 or not pollable:pollfd() then
         turn(pollable, threads)
      end
   end
   add_sleepers()
end

local function resume(thread)
   current = thread
   local ok, message = coroutine.resume(thread)
   if not ok then
      error(message, 0)
   elseif current == thread and coroutine.status(thread) ~= "dead" then
      run.due[#run.due + 1] = thread -- after a coroutine.yield() of the user's own
   end
end

local function to_the_end()
   while run.due[1] or run.sleepers:soonest() or next(run.waiting) ~= nil do
      local due = run.due
      run.due = {}
      for _, thread in ipairs(due) do
         resume(thread)
      end
      if run.due[1] or run.sleepers:soonest() or next(run.waiting) ~= nil then
         sleep()
      end
   end
end

---Runs functions side by side until each has ended. What one of them raises passes, and ends the others.
---@param ... fun(): ...any
---@return any ... values what `f(), g()` would give: the first value of each, all of the last
function poll.run(...)
   if run then
      misuse.raise "run: the loop runs already"
   end
   local functions, values, close = values_of(...)
   local due = {}
   for i, f in ipairs(functions) do
      due[i] = coroutine.create(f)
   end
   run = { due = due, sleepers = alarms.new(), waiting = {} }
   local ok, message = pcall(to_the_end)
   run, current = nil, nil
   if not ok then
      close()
      error(message, 0)
   end
   return values()
end

local function expect_to_run()
   if not current or coroutine.running() ~= current then
      misuse.raise "only a function that astro.loop.poll.run runs may wait"
   end
end

-- Gives the turn away; somebody else sees to it that it comes again.
local function yield()
   current = nil
   return coroutine.yield()
end

---Waits as `astro.Loop` says. Raises outside of a run.
---@param pollable astro.Pollable
function poll.wait(pollable)
   expect_to_run()
   run.waiting[pollable] = run.waiting[pollable] or {}
   run.waiting[pollable][current] = true
   return yield()
end

---Raises outside of a run, and on what is no number.
---@param seconds number
function poll.sleep(seconds)
   misuse.expect(seconds, "number", "seconds", "sleep")
   expect_to_run()
   run.sleepers:set(current, core.clock() + seconds)
   yield()
end

return poll
