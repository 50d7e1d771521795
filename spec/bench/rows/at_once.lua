--- Calls of many coroutines that share a client, by HTTP/1.1: whether more at once cost more each, and what stays.

local measure = require "spec.bench.measure"
local setting = require "spec.bench.setting"

-- LuaJIT returns no more than 8000 values.
local MOST = rawget(_G, "jit") and 7500 or 10000

local CALLS = 3200 -- in each measurement, at least

local function subject(count)
   return { name = ("%d at once"):format(count), count = count }
end

-- What the program prints: CPU a call, memory after them, memory after the client's end.
local function numbers(loop, count)
   local form = "%s spec/bench/programs/at_once.lua %s/platform/v1beta1 %s %s %s %d %d"
   local times = math.max(math.floor(CALLS / count), 1)
   local server = os.getenv "BENCH_HTTP1"
   return measure.numbers(form:format(setting.lua, server, setting.ca, setting.token, loop, count, times))
end

local function missing(loop)
   local form = [[%s -e 'require "astro.loop.%s" print "yes"' 2>/dev/null]]
   local there = measure.output(form:format(setting.lua, loop))
   return not there and ("no %s here"):format(loop) or nil
end

local function of_cpu(loop, count)
   local few = subject(400)
   return {
      parts = {
         {
            title = ("CPU a call of %d that share a client, by astro.loop.%s"):format(count, loop),
            unit = "µs",
            digits = 1,
            to_reach = { beside = few.name, at_most = 1.2 },
         },
      },
      subjects = { subject(count), few },
      rounds = 5,
      missing = missing(loop),
      figure = function(one)
         return (numbers(loop, one.count) or {})[1]
      end,
   }
end

local function of_memory(loop)
   local few = subject(10)
   local function part(when)
      return {
         title = ("Resident memory %s 3000 calls that share a client, by astro.loop.%s"):format(when, loop),
         unit = "MiB",
         digits = 1,
         to_reach = { beside = few.name, at_most = 2 },
      }
   end
   return {
      parts = { part "after", part "after the client's end, after" },
      subjects = { subject(3000), few },
      rounds = 1,
      missing = missing(loop),
      figure = function(one)
         local found = numbers(loop, one.count)
         if found then
            return found[2] / 1024, found[3] / 1024
         end
      end,
   }
end

return function()
   local sections = {}
   for _, loop in ipairs({ "poll", "cqueues" }) do
      sections[#sections + 1] = of_cpu(loop, 3200)
      sections[#sections + 1] = of_cpu(loop, MOST)
      sections[#sections + 1] = of_memory(loop)
   end
   return sections
end
