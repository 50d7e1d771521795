--- libuv: Neovim's vim.uv or vim.loop, or the module luv. In Neovim coroutines go on where the editor's API may
--- be called, and what they raise is shown.

local misuse = require "astro.api.misuse"

local vim = rawget(_G, "vim")
local uv = vim and (vim.uv or vim.loop) or require "luv"

local loop = {}

local in_turn = vim and vim.schedule or function(f)
   f()
end

local function resume(thread)
   if coroutine.status(thread) ~= "suspended" then
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

---Starts a function as a coroutine, and goes on. What it raises ends nothing else that runs, and goes to `on_done`.
---Without one Neovim shows it by `vim.notify`, and its status stays 0, under `nvim -l` too; elsewhere what is raised
---before the first wait passes, and after it luv ends the process with status 255, whatever pcall is around uv.run.
---@param f fun()
---@param on_done? fun(ok: boolean, ...) is called with what pcall gives: `true` and what f gave, or `false` and what
---it raised
function loop.run(f, on_done)
   misuse.expect(f, "function", "f", "run")
   if on_done ~= nil then
      misuse.expect(on_done, "function", "on_done", "run")
   end
   resume(coroutine.create(on_done and function()
      on_done(pcall(f))
   end or f))
end

-- What waits for a client, as long as somebody does: by pollable.
local watches = {}

local function handles(watch, method)
   for _, handle in ipairs({ watch.timer, watch.poll }) do
      handle[method](handle)
   end
end

local function resume_all(pollable, watch)
   local threads = watch.threads
   watch.threads = {}
   for _, thread in ipairs(threads) do
      resume(thread)
   end
   if #watch.threads == 0 and watches[pollable] == watch then
      watches[pollable] = nil
      handles(watch, "close")
   end
end

local function new_watch(pollable)
   local watch = { threads = {}, timer = uv.new_timer() }
   watch.wake = function()
      handles(watch, "stop")
      in_turn(function()
         resume_all(pollable, watch)
      end)
   end
   return watch
end

---@param pollable astro.Pollable
function loop.wait(pollable)
   local watch = watches[pollable] or new_watch(pollable)
   watches[pollable] = watch
   watch.threads[#watch.threads + 1] = coroutine.running()
   local descriptor = not watch.poll and pollable:pollfd() -- there may have been none left until now
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
   coroutine.yield()
end

---@param seconds number
function loop.sleep(seconds)
   misuse.expect(seconds, "number", "seconds", "sleep")
   local thread, is_main = coroutine.running()
   if not thread or is_main then
      misuse.raise "sleep: only a coroutine may wait, such as run makes"
   end
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
