--- A thousand Deployments as the API allows.

local measure = require "spec.bench.measure"
local setting = require "spec.bench.setting"

return function()
   setting.lay(1000)
   return {
      {
         parts = {
            {
               title = "1000 Deployments at 25 GETs a second (by single GETs 40 s, by arithmetic)",
               unit = "s",
               digits = 2,
               to_reach = { at_most = 1 },
            },
         },
         subjects = { { name = "astro, get_deployments" } },
         rounds = 3,
         figure = function()
            -- A token each, so that no run pays for the one before.
            local token = ("bench-%d"):format(math.random(1e9))
            local form = "%s spec/bench/programs/by_rate.lua %s/limited/1000 %s %s 1000"
            local numbers = measure.numbers(form:format(setting.lua, setting.http2, setting.ca, token))
            return numbers and numbers[1]
         end,
      },
   }
end
