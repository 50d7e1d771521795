--- CPU of the client's process for each further fetch.

local measure = require "spec.bench.measure"
local setting = require "spec.bench.setting"

return function()
   return setting.each_version(function(version, speaking)
      return {
         parts = {
            {
               title = "CPU a warm fetch, " .. version.name,
               unit = "µs",
               digits = 1,
               to_reach = { beside = setting.floor, at_most = 1.10 },
            },
         },
         subjects = speaking,
         rounds = 5,
         figure = function(peer)
            local fetches = setting.fetches(peer, version.server)
            local seconds = measure.cpu(fetches, peer.many / 10, peer.many, peer.setting)
            return seconds and seconds * 1e6
         end,
      }
   end)
end
