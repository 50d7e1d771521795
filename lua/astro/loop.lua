--- The event loops, each loaded when it is first touched: `astro.loop.luv`, `resty`, `cqueues`, `poll`.

local core = require "astro.core"
local misuse = require "astro.api.misuse"

local NAMES = { "cqueues", "luv", "poll", "resty" }

---@class astro.loops
---@field cqueues table
---@field luv table
---@field poll table
---@field resty table
local loops = {}

return setmetatable(loops, {
   __index = function(self, name)
      local nearest = core.nearest(tostring(name), NAMES)
      if nearest ~= name then
         misuse.raise(
            ("bad name '%s' to 'loop' (unknown; did you mean '%s'?)"):format(tostring(name), nearest)
         )
      end
      local loop = require("astro.loop." .. name)
      rawset(self, name, loop)
      return loop
   end,
})
