--- System calls of a fetch inside an event loop, for each further one.

local measure = require "spec.bench.measure"
local setting = require "spec.bench.setting"

return function()
   return setting.each_version(function(version)
      return {
         parts = {
            {
               title = "System calls a warm fetch by astro.loop.poll, " .. version.name,
               unit = "",
               digits = 1,
               to_reach = { at_most = 10 },
            },
         },
         subjects = { { name = "astro" } },
         rounds = 1,
         missing = _VERSION == "Lua 5.1" and not rawget(_G, "jit") and "no loops in Lua 5.1"
            or setting.missing "strace",
         figure = function()
            local form = "%s spec/bench/programs/in_loop.lua %s/platform/v1beta1 '%s' %s %d"
            return measure.system_calls_a_turn(function(count)
               return form:format(setting.lua, version.server, setting.ca, setting.token, count)
            end, 100, 400)
         end,
      }
   end)
end
