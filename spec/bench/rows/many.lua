--- Many Deployments by single GETs over a slow network, in round trips: first without any connection, then again.
--- Who speaks HTTP/2 does: that is the difference.

local measure = require "spec.bench.measure"
local setting = require "spec.bench.setting"

local SECONDS = 0.05

local function part(title, unit, digits, at_most)
   return {
      title = "200 Deployments by single GETs, 50 ms round trip: " .. title,
      unit = unit,
      digits = digits,
      to_reach = { at_most = at_most },
   }
end

local function figure(peer)
   local form = "%s %s spec/bench/delay.lua %s %g %s %s https://localhost:PORT%s %s %s 200"
   local command = form:format(
      os.getenv "BENCH_FREE",
      setting.lua,
      setting.http2:match "%d+$",
      SECONDS,
      os.getenv "BENCH_PIN",
      peer.many_program,
      setting.deployments,
      setting.ca,
      setting.token
   )
   local numbers = measure.numbers(command)
   if numbers and numbers[3] then
      return numbers[1] / SECONDS, numbers[2] / SECONDS, numbers[3]
   end
end

-- What asks one after the other takes a minute: once is enough.
local function subjects()
   local list = {}
   for i, peer in
      ipairs(setting.peers(function(peer)
         return peer.many_program
      end))
   do
      list[i] = {
         name = peer.name,
         check = peer.check,
         all = peer.all or peer.one_by_one,
         rounds = peer.one_by_one and 1,
         many_program = peer.many_program,
      }
   end
   return list
end

return function()
   local has_luv = measure.output(setting.lua .. [[ -e 'require "luv" print "yes"' 2>/dev/null]])
   return {
      {
         parts = {
            part("cold", "round trips", 1, 3.8),
            part("again, warm", "round trips", 1, 1.8),
            part("connections", "in all", 0, 2),
         },
         subjects = subjects(),
         rounds = 5,
         missing = not has_luv and "no luv here" or nil,
         figure = figure,
      },
   }
end
