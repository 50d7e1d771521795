--- The most memory that a process of fetches has.

local measure = require "spec.bench.measure"
local setting = require "spec.bench.setting"

return function()
   return {
      {
         parts = {
            {
               title = "Peak memory over warm fetches, HTTP/2",
               unit = "MiB",
               digits = 1,
               to_reach = { beside = setting.floor, at_most = 1.05 },
            },
         },
         subjects = setting.peers(function(peer)
            return peer.http2
         end),
         rounds = 3,
         figure = function(peer)
            local took = measure.run(setting.fetches(peer, setting.http2)(peer.many / 4), peer.setting)
            return took and took.memory / 1024
         end,
      },
   }
end
