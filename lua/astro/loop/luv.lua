--- libuv: Neovim's vim.uv or vim.loop, or the module luv. In Neovim coroutines go on where the editor's API may
--- be called, and what they raise is shown.

local vim = _G.vim
local uv = vim and (vim.uv or vim.loop) or require "luv"

local loop = {}

local function show(message)
   vim.notify(tostring(message), vim.log.levels.ERROR)
end

local in_turn = vim and vim.schedule or function(f)
   f()
end

-- An error that nobody takes: libuv has no caller to give it to.
local function uncaught(message)
   if vim then
      in_turn(function()
         show(message)
      end)
   else
      error(message, 0)
   end
end

local function resume(thread, ...)
   if coroutine.status(thread) ~= "suspended" then
      return
   end
   local ok, message = coroutine.resume(thread, ...)
   if not ok then
      uncaught(debug.traceback(thread, tostring(message)))
   end
end

---Starts a function as a coroutine.
---@param f fun()
---@param on_done? fun(ok: boolean, ...) what it gave or raised; without one, an error is shown
function loop.run(f, on_done)
   resume(coroutine.create(function()
      if on_done then
         on_done(pcall(f))
      else
         f()
      end
   end))
end

-- What waits for a client, as long as somebody does: by pollable.
local watches = {}

local function on_ready(pollable, watch)
   watch.timer:stop()
   if watch.poll then
      watch.poll:stop()
   end
   in_turn(function()
      local threads = watch.threads
      watch.threads = {}
      for _, thread in ipairs(threads) do
         resume(thread)
      end
      if #watch.threads == 0 and watches[pollable] == watch then
         watches[pollable] = nil
         watch.timer:close()
         if watch.poll then
            watch.poll:close()
         end
      end
   end)
end

local function new_watch(pollable)
   local watch = { threads = {}, timer = uv.new_timer() }
   local descriptor = pollable:pollfd()
   watch.poll = descriptor and uv.new_poll(descriptor)
   watch.wake = function()
      on_ready(pollable, watch)
   end
   return watch
end

---@param pollable astro.Pollable
function loop.wait(pollable)
   local watch = watches[pollable] or new_watch(pollable)
   watches[pollable] = watch
   watch.threads[#watch.threads + 1] = coroutine.running()
   if watch.poll then
      watch.poll:start("r", watch.wake)
   end
   local seconds = pollable:timeout()
   if seconds then
      watch.timer:start(math.ceil(seconds * 1000), 0, watch.wake)
   else
      watch.timer:stop()
   end
   coroutine.yield()
end

---@param seconds number
function loop.sleep(seconds)
   local thread = coroutine.running()
   local timer = uv.new_timer()
   timer:start(math.ceil(seconds * 1000), 0, function()
      timer:close()
      in_turn(function()
         resume(thread)
      end)
   end)
   coroutine.yield()
end

return loop
