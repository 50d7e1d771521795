--- Whether a process that goes on fetching grows.

local measure = require "spec.bench.measure"
local setting = require "spec.bench.setting"

-- KiB that malloc and the kernel's counting leave in doubt: a byte and a bit for each of 100 000 fetches.
local NONE = 128

local function section(title, count, kind)
   return {
      parts = {
         { title = "Memory growth over " .. title, unit = "KiB", digits = 0, to_reach = { at_most = NONE } },
      },
      subjects = { { name = "astro" } },
      rounds = 1,
      figure = function()
         local form = "%s spec/bench/programs/steady.lua %s%s %s %s %d %s"
         local command =
            form:format(setting.lua, setting.http2, setting.path, setting.ca, setting.token, count, kind)
         local numbers = measure.numbers(command)
         return numbers and numbers[1]
      end,
   }
end

return function()
   return {
      section("100 000 warm fetches (the first tenth is not counted)", 100000, "well"),
      section("10 000 failing fetches (the first tenth is not counted)", 10000, "failing"),
   }
end
