--- A loop that needs nothing but poll(2): several functions at once in a plain script.

local core = require "astro.core"
local misuse = require "astro.api.misuse"
local values_of = require "astro.loop.values"

local poll = {}

-- Seconds. A signal ends a sleep at once, unless it came just before it.
local LONGEST_SLEEP = 0.05

-- The threads of the run under way, each with what it awaits: a pollable, or a time on core.clock.
local tasks

-- The thread whose turn it is.
local current

-- Seconds until a thread is due or signals are to be looked for, and the descriptors to poll until then.
local function outlook()
   local soonest, descriptors, seen = LONGEST_SLEEP, {}, {}
   for _, task in ipairs(tasks) do
      local awaited = task.awaited
      if type(awaited) == "number" then
         soonest = math.min(soonest, awaited - core.clock())
      elseif not seen[awaited] then
         seen[awaited] = true
         soonest = math.min(soonest, awaited:timeout() or math.huge)
         descriptors[#descriptors + 1] = awaited:pollfd()
      end
   end
   return math.max(soonest, 0), descriptors
end

-- All that wait for a pollable look again: waking one for nothing costs little.
local function is_due(task)
   return type(task.awaited) ~= "number" or task.awaited <= core.clock()
end

local function resume(task)
   current = task.thread
   local ok, awaited = coroutine.resume(task.thread)
   if not ok then
      error(awaited, 0)
   end
   task.awaited = awaited or 0 -- after a coroutine.yield() of the user's own: at once
end

local function to_the_end()
   while #tasks > 0 do
      local rest = {}
      for _, task in ipairs(tasks) do
         if is_due(task) then
            resume(task)
         end
         if coroutine.status(task.thread) ~= "dead" then
            rest[#rest + 1] = task
         end
      end
      tasks = rest
      local seconds, descriptors = outlook()
      if #tasks > 0 then
         core.poll(descriptors, seconds)
      end
   end
end

---Runs functions side by side until each has ended. What one of them raises passes, and ends the others.
---@param ... fun(): any ...
---@return any ... values what `f(), g()` would give: the first value of each, all of the last
function poll.run(...)
   if tasks then
      misuse.raise "run: the loop runs already"
   end
   local functions, values = values_of(...)
   local all = {}
   for i, f in ipairs(functions) do
      all[i] = { thread = coroutine.create(f), awaited = 0 }
   end
   tasks = all
   local ok, message = pcall(to_the_end)
   tasks, current = nil, nil
   if not ok then
      error(message, 0)
   end
   return values()
end

local function yield(awaited)
   if not current or coroutine.running() ~= current then
      misuse.raise "only a function that astro.loop.poll.run runs may wait"
   end
   coroutine.yield(awaited)
end

---Waits as `astro.Loop` says. Raises outside of a run.
---@param pollable astro.Pollable
function poll.wait(pollable)
   yield(pollable)
end

---Raises outside of a run, and on what is no number.
---@param seconds number
function poll.sleep(seconds)
   misuse.expect(seconds, "number", "seconds", "sleep")
   yield(core.clock() + seconds)
end

return poll
