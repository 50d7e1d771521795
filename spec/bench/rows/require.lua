--- What `require "astro"` adds to the modules in C below it.

local measure = require "spec.bench.measure"
local setting = require "spec.bench.setting"

local BOTH = "astro.core + cjson.safe"

local subjects = {
   { name = "astro", command = setting.lua .. [[ -e 'require "astro"']] },
   { name = BOTH, command = setting.lua .. [[ -e 'require "astro.core" require "cjson.safe"']] },
   { name = "nothing", command = setting.lua .. " -e ''" },
}

local function section(title, unit, rounds, figure)
   local to_reach = { beside = BOTH, at_most = 1.15 }
   return {
      parts = {
         { title = "A process that requires, " .. title, unit = unit, digits = 1, to_reach = to_reach },
      },
      subjects = subjects,
      rounds = rounds,
      figure = figure,
   }
end

return function()
   local cpu = section("CPU", "ms", 15, function(subject)
      local took = measure.run(subject.command)
      return took and took.cpu * 1000
   end)
   local instructions = section("instructions", "million", 1, function(subject)
      local count = measure.instructions(subject.command)
      return count and count / 1e6
   end)
   instructions.missing = setting.missing "valgrind"
   return { cpu, instructions }
end
