--- The event loops, each loaded when it is first touched: `astro.loop.luv`, `resty`, `cqueues`, `poll`.

local core = require "astro.core"
local later = require "astro.api.later"
local misuse = require "astro.api.misuse"

local NAMES = { "cqueues", "luv", "poll", "resty" }

---How an event loop waits. Any table with these functions will do.
---@class astro.Loop
---@field run function starts functions as coroutines of the loop
---@field wait fun(pollable: astro.Pollable) suspends the coroutine until the descriptor is readable or the
---timeout is over; wakes all that wait for the same pollable together, and may wake them for nothing. Or then calls its
---`turn()`, and wakes those that this gives
---@field sleep fun(seconds: number) suspends the coroutine for so long
---@field forget? fun(pollable: astro.Pollable) is told before the descriptor is closed, when nobody waits for it
---@field wake? fun(pollable: astro.Pollable) wakes all that wait for it at once: for a loop that does not look at the
---descriptor

---@class astro.loops
---@field cqueues astro.loop.cqueues
---@field luv astro.loop.luv
---@field poll astro.loop.poll
---@field resty astro.loop.resty
local loops = {}

return setmetatable(loops, {
   __index = function(self, name)
      local nearest = core.nearest(tostring(name), NAMES)
      if nearest ~= name then
         misuse.raise(
            ("bad name '%s' to 'loop' (unknown; did you mean '%s'?)"):format(tostring(name), nearest)
         )
      end
      local loop = later("astro.loop." .. name)
      rawset(self, name, loop)
      return loop
   end,
})
