local core = require "astro.core"
local enums = require("astro.api.shape").enums
local ink = require "astro.pretty.ink"
local world = require "spec.support.world"

local lines = { { { "a " }, { "HEALTHY", "healthy" } }, {}, { { "c", "nobody's style" } } }
local PLAIN, COLOURED = "a HEALTHY\n\nc", "a \27[32mHEALTHY\27[0m\n\nc"

describe("ink", function()
   it("joins lines, in colour where that is asked for", function()
      assert.equal(PLAIN, ink.join(lines))
      assert.equal(PLAIN, ink.join(lines, false))
      assert.equal(COLOURED, ink.join(lines, true))
   end)

   it("has a style of its own for every status, but those under way, and one for new ones", function()
      local styles = {}
      for _, status in ipairs(enums.status) do
         styles[#styles + 1] = status .. " " .. ink.of_status(status)
      end
      assert.same({
         "CREATING changing",
         "DEPLOYING changing",
         "HEALTHY healthy",
         "UNHEALTHY unhealthy",
         "UNKNOWN unknown",
         "HIBERNATING hibernating",
      }, styles)
      assert.equal("unknown", ink.of_status "SUSPENDED")
      assert.equal("unknown", ink.of_status(nil))
   end)

   describe("by itself", function()
      local real = core.columns
      local friendly = { TERM = "xterm", NO_COLOR = false, NVIM = false }

      local function joined(changes)
         local variables = {}
         for name, value in pairs(friendly) do
            variables[name] = value
         end
         for name, value in pairs(changes or {}) do
            variables[name] = value
         end
         return world.with_environment(variables, function()
            return ink.join(lines, "auto")
         end)
      end

      before_each(function()
         core.columns = function(descriptor)
            return descriptor == 1 and 80 or nil
         end
      end)

      after_each(function()
         core.columns = real
         rawset(_G, "vim", nil)
      end)

      it("is coloured on a terminal", function()
         assert.equal(COLOURED, joined())
         assert.equal(COLOURED, joined({ NO_COLOR = "" }))
      end)

      it("is plain where stdout is none, or a reason speaks against it", function()
         assert.equal(PLAIN, joined({ NO_COLOR = "1" }))
         assert.equal(PLAIN, joined({ TERM = "dumb" }))
         assert.equal(PLAIN, joined({ TERM = false }))
         assert.equal(PLAIN, joined({ NVIM = "/run/nvim.sock" }))
         rawset(_G, "vim", {})
         assert.equal(PLAIN, joined())
         rawset(_G, "vim", nil)
         core.columns = function() end
         assert.equal(PLAIN, joined())
      end)
   end)
end)
