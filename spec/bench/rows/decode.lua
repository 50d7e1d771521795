--- A text decoded, with all that ours does beside lua-cjson: integers, nulls, checks.

local measure = require "spec.bench.measure"
local setting = require "spec.bench.setting"

local subjects =
   { { name = "astro.core.decode", whose = "astro" }, { name = "cjson.decode", whose = "cjson" } }

local function decoding(subject)
   return function(count)
      return ("%s spec/bench/programs/decode.lua %s %d"):format(setting.lua, subject.whose, count)
   end
end

local function section(title, unit, rounds, missing, figure)
   local to_reach = { beside = "cjson.decode", at_most = 1.10 }
   return {
      parts = { { title = "Decode alone, " .. title, unit = unit, digits = 1, to_reach = to_reach } },
      subjects = subjects,
      rounds = rounds,
      missing = missing,
      figure = figure,
   }
end

return function()
   local has_decode = measure.output(setting.lua .. [[ -e 'print(require("astro.core").decode or "")']])
      ~= "\n"
   local missing = not has_decode and "astro.core has no decode" or nil
   return {
      section("CPU", "µs", 7, missing, function(subject)
         local seconds = measure.cpu(decoding(subject), 1000, 21000)
         return seconds and seconds * 1e6
      end),
      section("instructions", "thousand", 1, missing or setting.missing "valgrind", function(subject)
         local count = measure.instructions_a_turn(decoding(subject), 20, 220)
         return count and count / 1000
      end),
   }
end
