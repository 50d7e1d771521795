--- libuv: Neovim's vim.uv or vim.loop, or the module luv. In Neovim coroutines go on where the editor's API may be
--- called, and what they raise is shown.

local misuse = require "astro.api.misuse"
local values_of = require "astro.loop.values"

local vim = rawget(_G, "vim")
local uv = vim and (vim.uv or vim.loop) or require "luv"

---@class astro.loop.luv: astro.Loop
local loop = {}

local in_turn = vim and vim.schedule or function(f)
   f()
end

-- Threads of a run that is over: they are not resumed.
local ended = setmetatable({}, { __mode = "k" })

local function resume(thread)
   if ended[thread] or coroutine.status(thread) ~= "suspended" then
      return
   end
   local ok, message = coroutine.resume(thread)
   if not ok then
      message = debug.traceback(thread, tostring(message))
      in_turn(function()
         if not vim then
            error(message, 0)
         end
         vim.notify(message, vim.log.levels.ERROR)
      end)
   end
end

---Starts a function as a coroutine and returns: for an editor, or if others run libuv's loop. Raises on what is no
---function.
---
---What f raises ends nothing else, and goes to `on_done`. Without `on_done` Neovim shows it by `vim.notify`, and
---its exit status stays 0, also under `nvim -l`; elsewhere it passes until the first wait, and ends the process
---with status 255 after it, whatever pcall is around uv.run.
---@param f fun(): ...any
---@param on_done? fun(ok: boolean, ...: any) gets what pcall gives: `true` and what f returned, or `false` and what it
---raised
function loop.start(f, on_done)
   misuse.expect(f, "function", "f", "start")
   if on_done ~= nil then
      misuse.expect(on_done, "function", "on_done", "start")
   end
   resume(coroutine.create(on_done and function()
      on_done(pcall(f))
   end or f))
end

-- By pollable: the threads that wait for a client, and the handles by which libuv wakes them. There as long as any
-- does.
local watches = {}

local function handles(watch, method)
   for _, handle in ipairs({ watch.timer, watch.poll }) do
      handle[method](handle)
   end
end

-- Lets libuv wake those that wait, until it does.
local function arm(pollable, watch)
   local descriptor = not watch.poll and pollable:pollfd() -- there may have been none to be had until now
   if descriptor then
      watch.poll = uv.new_poll(descriptor)
   end
   if watch.poll then
      watch.poll:start("r", watch.wake)
   end
   local seconds = pollable:timeout()
   if seconds then
      watch.timer:start(math.ceil(seconds * 1000), 0, watch.wake)
   end
end

local function close_unless_awaited(pollable, watch)
   if next(watch.threads) == nil and watches[pollable] == watch then
      watches[pollable] = nil
      handles(watch, "close")
   end
end

local function resume_due(pollable, watch)
   for _, thread in ipairs(pollable:turn()) do
      if watch.threads[thread] then
         watch.threads[thread] = nil
         resume(thread)
      end
   end
   close_unless_awaited(pollable, watch)
   if watches[pollable] == watch then
      arm(pollable, watch)
   end
end

local function new_watch(pollable)
   local watch = { threads = {}, timer = uv.new_timer() }
   watch.wake = function()
      handles(watch, "stop")
      in_turn(function()
         resume_due(pollable, watch)
      end)
   end
   return watch
end

---Waits as `astro.Loop` says.
---@param pollable astro.Pollable
function loop.wait(pollable)
   local watch = watches[pollable] or new_watch(pollable)
   watches[pollable] = watch
   watch.threads[coroutine.running()] = true
   arm(pollable, watch)
   coroutine.yield()
end

local sleeping = {} -- timers, by thread

---Raises outside of a coroutine, and on what is no number.
---@param seconds number
function loop.sleep(seconds)
   misuse.expect(seconds, "number", "seconds", "sleep")
   local thread, is_main = coroutine.running()
   if not thread or is_main then
      misuse.raise "sleep: only a coroutine may wait, such as run makes"
   end
   local timer = uv.new_timer()
   sleeping[thread] = timer
   timer:start(math.ceil(seconds * 1000), 0, function()
      sleeping[thread] = nil
      timer:close()
      in_turn(function()
         resume(thread)
      end)
   end)
   coroutine.yield()
end

-- Lets libuv's loop turn until is_over gives true. Gives why it cannot.
local function turn_until(is_over)
   if not vim then
      while not is_over() do
         if not uv.run "once" and not is_over() then
            return "run: nobody is left to go on with what has not ended"
         end
      end
   elseif not is_over() then
      local LONGEST_MS, LOOK_MS = 2147483647, 20
      return not vim.wait(LONGEST_MS, is_over, LOOK_MS) and "run: interrupted" or nil
   end
end

local function expect_to_run()
   if vim and vim.in_fast_event() then
      misuse.raise "run: not in a fast event; there, start goes on without waiting"
   elseif not vim and uv.loop_mode() then
      misuse.raise "run: the loop runs already; there, start goes on without waiting"
   end
end

local function end_thread(thread)
   ended[thread] = true
   if sleeping[thread] then
      sleeping[thread]:close()
      sleeping[thread] = nil
   end
   for pollable, watch in pairs(watches) do
      watch.threads[thread] = nil
      close_unless_awaited(pollable, watch)
   end
end

---Runs functions side by side until each has ended, and libuv's loop with them; in Neovim the editor waits. What
---one of them raises passes, and ends the others. Raises in a fast event of Neovim, and if libuv's loop runs
---already.
---@param ... fun(): ...any
---@return any ... values what `f(), g()` would give: the first value of each, all of the last
function loop.run(...)
   local functions, values, close = values_of(...)
   expect_to_run()
   local threads, left, failure = {}, #functions, nil
   local function end_all()
      for _, thread in ipairs(threads) do
         end_thread(thread)
      end
   end
   for i, f in ipairs(functions) do
      threads[i] = coroutine.create(function()
         local ok, raised = pcall(f)
         left = left - 1
         if not ok and not failure then
            failure = { raised }
            end_all() -- at once: others may be due in the same turn
         end
      end)
   end
   for _, thread in ipairs(threads) do
      resume(thread)
   end
   local problem = turn_until(function()
      return left == 0 or failure ~= nil
   end)
   end_all()
   close()
   if not vim then
      uv.run "nowait" -- luv crashes at the program's end if a handle is not closed yet
   end
   if failure then
      error(failure[1], 0)
   elseif problem then
      misuse.raise(problem)
   end
   return values()
end

return loop
