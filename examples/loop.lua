-- A loop of one's own, here around LuaSocket's select: fetches Deployments side by side, prints each as it comes.
--   lua5.4 examples/loop.lua DEPLOYMENT_ID...     with ASTRO_API_TOKEN and ASTRO_ORGANIZATION_ID set
--
-- A client with a loop never blocks. Where a call has to wait, it calls the loop's wait(pollable) from its
-- coroutine, which has to come back (coroutine.yield) when one of these is true, and may come back sooner:
--   * the descriptor pollable:pollfd() is readable (nil: there is none to be had, the timeout tells all),
--   * pollable:timeout() seconds are over (nil: for ever); ask again each time, it changes.
-- Several coroutines may wait for the same pollable: wake them all together, each looks whether its own answer
-- is there; or, for thousands, call pollable:turn() and wake those that it gives. Nothing else is asked of a loop; its
-- run and sleep are for its users.

local socket = require "socket"

local loop = {}
local threads, awaited = {}, {} -- in the order of starting; thread -> pollable

function loop.wait(pollable)
   awaited[coroutine.running()] = pollable
   coroutine.yield()
end

-- What LuaSocket's select takes in place of a socket.
local function selectable(pollable)
   local descriptor = pollable:pollfd()
   return {
      getfd = function()
         return descriptor
      end,
      dirty = function()
         return false
      end,
   }
end

-- What one raises passes, and ends the others.
local function resume(thread)
   awaited[thread] = nil
   local ok, raised = coroutine.resume(thread)
   if not ok then
      threads, awaited = {}, {}
      error(raised, 0)
   end
end

function loop.run(...)
   for _, f in ipairs({ ... }) do
      threads[#threads + 1] = coroutine.create(f)
      resume(threads[#threads])
   end
   while next(awaited) do
      local list, seconds = {}, math.huge
      for _, pollable in pairs(awaited) do
         list[#list + 1] = selectable(pollable)
         seconds = math.min(seconds, pollable:timeout() or math.huge)
      end
      socket.select(list, nil, seconds < math.huge and seconds or nil)
      for _, thread in ipairs(threads) do
         if awaited[thread] then
            resume(thread)
         end
      end
   end
end

-- The program.

package.path = package.path .. ";" .. (arg[0]:match "^.*/" or "./") .. "?.lua"
local program = require "cli.program"
local astro = require "astro"

local function main(ids)
   local client, tasks, status = astro.client({ loop = loop }), {}, 0
   for i, id in ipairs(ids) do
      tasks[i] = function()
         local deployment, message = client:get_deployment(id)
         if deployment then
            program.print(("%s  %s"):format(id, deployment.status))
         else
            program.say(message)
            status = 1
         end
      end
   end
   loop.run((table.unpack or unpack)(tasks))
   client:close()
   return status
end

program.main({
   arguments = "DEPLOYMENT_ID...",
   run = main,
   help = "Prints the statuses of Deployments, fetched side by side, as they come.",
})
