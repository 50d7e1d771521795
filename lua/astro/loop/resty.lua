--- OpenResty, and any nginx with its Lua module. nginx cannot wait on a foreign descriptor: one timer a worker
--- steps every client that somebody waits for.

local semaphore = require "ngx.semaphore"

local ngx = _G.ngx

local loop = {}

--- Between two steps. A step that has nothing to do is one system call a client.
local STEP_SECONDS = 0.001

--- A semaphore cannot wait for ever.
local LONGEST_WAIT = 3600

local waiting = {} -- pollable -> list of semaphores, one for each that waits
local is_driven = false

local function wake(pollable)
   local semaphores = waiting[pollable]
   waiting[pollable] = nil
   for _, one in ipairs(semaphores) do
      one:post()
   end
end

local function step_all()
   local pollables = {}
   for pollable in pairs(waiting) do
      pollables[#pollables + 1] = pollable
   end
   for _, pollable in ipairs(pollables) do
      local ok, is_due = pcall(pollable.step, pollable)
      if not ok then
         ngx.log(ngx.ERR, "astro: ", is_due)
      end
      if is_due or not ok then
         wake(pollable)
      end
   end
end

local function drive()
   while next(waiting) do
      step_all()
      ngx.sleep(STEP_SECONDS)
   end
   is_driven = false
end

---Runs functions side by side as light threads until each has ended. What one raises passes.
---@param ... fun()
function loop.run(...)
   local threads = {}
   for i = 1, select("#", ...) do
      threads[i] = ngx.thread.spawn((select(i, ...)))
   end
   for _, thread in ipairs(threads) do
      local ok, message = ngx.thread.wait(thread)
      if not ok then
         error(message, 0)
      end
   end
end

---@param pollable astro.Pollable
function loop.wait(pollable)
   is_driven = is_driven or ngx.timer.at(0, drive) ~= nil
   if not is_driven then -- the worker exits and takes no timers any more: each request steps for itself
      ngx.sleep(STEP_SECONDS)
      return
   end
   local one = semaphore.new()
   waiting[pollable] = waiting[pollable] or {}
   table.insert(waiting[pollable], one)
   one:wait(LONGEST_WAIT)
end

loop.sleep = ngx.sleep

return loop
