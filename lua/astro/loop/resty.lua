--- OpenResty, and any nginx with its Lua module. nginx cannot wait on a foreign descriptor, so one timer a worker
--- steps every client that somebody waits for.

local core = require "astro.core"
local misuse = require "astro.api.misuse"
local semaphore = require "ngx.semaphore"
local values_of = require "astro.loop.values"

local ngx = _G.ngx

---@class astro.loop.resty: astro.Loop
local loop = {}

-- Seconds between two steps. A step that has nothing to do is one system call a client.
local STEP_SECONDS = 0.001

-- Seconds for which the timer is believed to run without a turn, and for which those who wait do not look themselves.
local PATIENCE = 1

local NEVER = -math.huge

-- pollable -> thread -> semaphore, for each call that waits; and those of calls that only let time pass. A call goes where
-- its request is killed.
local waiting, resting = {}, setmetatable({}, { __mode = "k" })

-- The number of the timer in charge, when it was asked for, and when it made its last turn.
local driver, asked_at, turned_at = 0, NEVER, NEVER

local function post(semaphores, threads)
   for _, thread in ipairs(threads) do
      if semaphores[thread] then
         semaphores[thread]:post()
      end
   end
end

local function post_all(semaphores)
   for _, one in pairs(semaphores or {}) do
      one:post()
   end
end

local function step(pollable)
   local due, message = pollable:turn()
   if message then
      ngx.log(ngx.ERR, "astro: ", message)
   end
   if not pollable:is_idle() then
      return post(waiting[pollable], due)
   end
   local semaphores = waiting[pollable]
   waiting[pollable] = nil -- what calls of killed requests had under way has ended, too
   post_all(semaphores)
end

local function drive(_, number)
   while number == driver and next(waiting) do
      turned_at = core.clock()
      for pollable in pairs(waiting) do
         step(pollable)
      end
      ngx.sleep(STEP_SECONDS)
   end
   if number == driver then
      asked_at, turned_at = NEVER, NEVER
   end
end

-- Whether the timer runs; asks for one if not. nginx may refuse it, or drop it later without a word: only its turns
-- tell.
local function is_driven()
   local now = core.clock()
   if now - math.max(asked_at, turned_at) > PATIENCE then
      driver, asked_at = driver + 1, now
      ngx.timer.at(0, drive, driver)
   end
   return now - turned_at <= PATIENCE
end

-- Waits for any thread to end, and takes it out. It is dead then; others that have ended are not yet.
local function wait_for_any(threads)
   local ok, message = ngx.thread.wait(unpack(threads))
   for i = #threads, 1, -1 do
      if coroutine.status(threads[i]) == "dead" then
         table.remove(threads, i)
      end
   end
   return ok, message
end

---Runs functions side by side, as light threads, until each has ended. What one of them raises passes, and ends the
---others.
---@param ... fun(): ...any
---@return any ... values what `f(), g()` would give: the first value of each, all of the last
function loop.run(...)
   local functions, values = values_of(...)
   local threads = {}
   for i, f in ipairs(functions) do
      threads[i] = ngx.thread.spawn(f)
   end
   while threads[1] do
      local ok, message = wait_for_any(threads)
      if not ok then
         for _, thread in ipairs(threads) do
            ngx.thread.kill(thread)
         end
         error(message, 0)
      end
   end
   return values()
end

-- Waits as one of several.
local function wait_among(others, seconds)
   local one, thread = semaphore.new(), coroutine.running()
   others[thread] = one
   local ok, message = one:wait(seconds)
   others[thread] = nil
   if not ok and message ~= "timeout" then
      misuse.raise("astro.loop.resty cannot wait here: " .. message)
   end
end

---Waits as `astro.Loop` says. Without a timer that runs, the wait is short and the caller steps. Raises in phases of
---nginx in which nothing can wait.
---@param pollable astro.Pollable
function loop.wait(pollable)
   if pollable:is_idle() then
      resting[pollable] = resting[pollable] or setmetatable({}, { __mode = "k" })
      local seconds = math.min(pollable:timeout() or PATIENCE, PATIENCE)
      return wait_among(resting[pollable], math.max(seconds, STEP_SECONDS))
   end
   waiting[pollable] = waiting[pollable] or setmetatable({}, { __mode = "k" })
   wait_among(waiting[pollable], is_driven() and PATIENCE or STEP_SECONDS)
end

---Wakes all that wait for a pollable.
---@param pollable astro.Pollable
function loop.wake(pollable)
   post_all(waiting[pollable])
   post_all(resting[pollable])
end

---Raises on what is no number.
---@param seconds number
function loop.sleep(seconds)
   misuse.expect(seconds, "number", "seconds", "sleep")
   ngx.sleep(seconds)
end

return loop
