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

   it("keeps few of the loops that it was given", function()
      local output = world.run [[
         local astro, kept = require "astro", setmetatable({}, { __mode = "k" })
         for _ = 1, 100 do
            local loop = { wait = print }
            kept[loop] = true
            pcall(astro.get_deployment, "org", "id", "token", { loop = loop })
         end
         collectgarbage()
         collectgarbage()
         local count = 0
         for _ in pairs(kept) do
            count = count + 1
         end
         print(count <= 10)
      ]]
      assert.equal("true\n", output)
   end)

   it("loads a helper when it is touched first", function()
      local output, status = world.run [[
         local astro = require "astro"
         local function loaded()
            local names = {}
            for name in pairs(package.loaded) do
               names[#names + 1] = name:match "^astro%.(.*)"
            end
            table.sort(names)
            return table.concat(names, " ")
         end
         print(loaded())
         print(astro.nosuch, astro.fields, loaded())
         print(astro.enums.status.HEALTHY, rawget(astro, "enums") == astro.enums, loaded())
         print(#astro.check({}) > 0, astro.filter.get({ a = 1 }, "a"))
      ]]
      assert.equal(
         "core\nnil\tnil\tcore\nHEALTHY\ttrue\tapi.bytewise api.fields api.misuse api.shape core enums\ntrue\t1\n",
         output
      )
      assert.equal(0, status)
   end)
end)
