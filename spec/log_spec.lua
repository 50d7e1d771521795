local world = require "spec.support.world"

local SCRIPT = [[
   local core = require "astro.core"
   local function fetch(log)
      return core.get_deployment(nil, arg[1], nil, { base_url = arg[2], log = log })
   end
]]

local function run(program)
   local arguments = world.full .. " " .. world.host "gone410.localhost"
   return (world.run(SCRIPT .. program, { arguments = arguments }))
end

describe("log", function()
   it("may call back into the library", function()
      local output = run [[
         local inner
         local outer = fetch(function() inner = fetch() end)
         print(inner.name, outer.name)
      ]]
      assert.equal("Hourly Orders\tHourly Orders\n", output)
   end)

   it("may raise, which changes no result", function()
      local output = run [[
         print(pcall(fetch, function() error("enough\n of\27[2J it", 0) end))
         print(fetch().name)
      ]]
      assert.matches("true\t.*Hourly Orders\n$", output)
      assert.matches("astro: the log function raised: enough of [2J it\n", output, 1, true)
   end)
end)
