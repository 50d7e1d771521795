--- Instructions of the client's process for each further fetch: what CPU is where the machine is quiet.

local measure = require "spec.bench.measure"
local setting = require "spec.bench.setting"

return function()
   return setting.each_version(function(version, speaking)
      return {
         parts = {
            {
               title = "Instructions a warm fetch, " .. version.name,
               unit = "thousand",
               digits = 0,
               to_reach = { beside = setting.floor, at_most = 1.10 },
            },
         },
         -- The others are interpreters of their own, or more than one process.
         subjects = { speaking[1], speaking[2], speaking[3], speaking[4] },
         rounds = 2,
         missing = setting.missing "valgrind",
         figure = function(peer)
            local fetches = setting.fetches(peer, version.server)
            local count = measure.instructions_a_turn(fetches, 20, 120, peer.setting)
            return count and count / 1000
         end,
      }
   end)
end
