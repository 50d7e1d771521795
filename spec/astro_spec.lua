local world = require "spec.support.world"
local astro = require "astro"
local core = require "astro.core"

describe("astro", function()
   it("offers the core's function and version", function()
      assert.equal("Hourly Orders", assert(astro.get_deployment(nil, world.full, world.token())).name)
      assert.equal(core._VERSION, astro._VERSION)
      assert.matches("^%d+%.%d+%.%d+$", astro._VERSION)
   end)

   it("says where its caller stands when it raises", function()
      local ok, message = pcall(function()
         astro.get_deployment("org", 1)
      end)
      assert.is_false(ok)
      assert.matches("astro_spec.lua:%d+: bad argument 'id' to 'get_deployment'", message)
   end)

   it("documents every error kind", function()
      local alias = world.read("lua/astro.lua"):match "%-%-%-@alias astro.Kind\n(.-)\n\n"
      local lines = {}
      for _, kind in ipairs(core.kinds) do
         lines[#lines + 1] = ('---| "%s" # %s'):format(kind.name, kind.when)
      end
      assert.equal(table.concat(lines, "\n"), alias)
   end)
end)
