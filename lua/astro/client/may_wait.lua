--- Whether a call may wait where it is made: by yielding to its loop, or by blocking.

local misuse = require "astro.api.misuse"

local may_wait = {}

-- In nginx's Lua. Without a request, as in a worker thread, the phase is "init".
local ngx = package.loaded.ngx
local get_phase = type(ngx) == "table" and ngx.get_phase

local MAY_BLOCK = { init = true, init_worker = true }

---Whether the coroutine that runs may yield. One that is being closed may not.
---@return boolean
function may_wait.is_yieldable()
   if coroutine.isyieldable then
      return coroutine.isyieldable()
   end
   local thread, is_main = coroutine.running()
   return thread ~= nil and not is_main
end

---Raises if a call would wait in a way that it must not.
---@param call astro.Call
function may_wait.check(call)
   if call.pollable.loop then
      if not may_wait.is_yieldable() then
         local text = "%s: a client with a loop is for coroutines, such as its loop's run makes%s"
         local phase = get_phase and (" (nginx has none in the phase %s)"):format(get_phase()) or ""
         misuse.raise(text:format(call.name, phase))
      end
   elseif get_phase and not call.blocking and not MAY_BLOCK[get_phase()] then
      local text = "%s: this would block the nginx worker: give the client loop = require 'astro.loop.resty'"
      misuse.raise((text .. " (or blocking = true)"):format(call.name))
   end
end

return may_wait
