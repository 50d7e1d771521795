--- Whether ten times as many Deployments cost ten times as much: listed, filtered and printed.

local measure = require "spec.bench.measure"
local setting = require "spec.bench.setting"

local LISTED = 10000 -- in each measurement, by one list or by many

local function subject(count)
   return { name = count == 1 and "1 Deployment" or ("%d Deployments"):format(count), count = count }
end

local function listing(count, times)
   local form = "%s spec/bench/programs/listed.lua %s/pages/%d %s %s %d %d"
   return form:format(setting.lua, setting.http2, count, setting.ca, setting.token, count, times)
end

local function cpu(one)
   local seconds = measure.cpu(function(times)
      return listing(one.count, times)
   end, 0, LISTED / one.count)
   return seconds and seconds / one.count * 1e6
end

local function instructions(one)
   local without = measure.instructions(listing(one.count, 0))
   local with = without and measure.instructions(listing(one.count, 1))
   return with and (with - without) / one.count / 1000
end

local function memory(one)
   local without, with = measure.run(listing(one.count, 0)), measure.run(listing(one.count, 1))
   return without and with and (with.memory - without.memory) / one.count
end

local function section(what, unit, counts, rounds, at_most, figure)
   local subjects = {}
   for i, count in ipairs(counts) do
      setting.lay(count)
      subjects[i] = subject(count)
   end
   local title = ("%d Deployments listed, filtered and printed, %s for each"):format(counts[1], what)
   local to_reach = { beside = subjects[2].name, at_most = at_most }
   return {
      parts = { { title = title, unit = unit, digits = 1, to_reach = to_reach } },
      subjects = subjects,
      rounds = rounds,
      figure = figure,
   }
end

return function()
   -- What the processor's caches no longer hold costs more, and the collector walks all of it; a step that looks
   -- at each Deployment for each other would be tenfold. Instructions do not know of caches.
   local of_cpu = section("CPU", "µs", { 10000, 1000, 100, 10, 1 }, 3, 1.5, cpu)
   local of_instructions = section("instructions", "thousand", { 1000, 100 }, 1, 1.1, instructions)
   of_instructions.missing = setting.missing "valgrind"
   -- Of fewer, the pages that a process has anyway would be counted.
   return { of_cpu, of_instructions, section("memory", "KiB", { 10000, 1000, 100 }, 1, 1.1, memory) }
end
