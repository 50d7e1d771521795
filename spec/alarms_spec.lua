local alarms = require "astro.api.alarms"

describe("alarms", function()
   it("ring the soonest first, whatever was set and cleared meanwhile", function()
      for _ = 1, 50 do
         local set, times, now = alarms.new(), {}, 0
         for _ = 1, 200 do
            local who, act = math.random(40), math.random(4)
            if act <= 2 then
               times[who] = now + math.random(30)
               set:set(who, times[who])
            elseif act == 3 then
               times[who] = nil
               set:clear(who)
            else
               now = now + math.random(5)
               local rung = set:ring(now)
               while rung do
                  for _, time in pairs(times) do
                     assert.is_true(times[rung] <= time)
                  end
                  assert.is_true(times[rung] <= now)
                  times[rung] = nil
                  rung = set:ring(now)
               end
            end
            local soonest
            for _, time in pairs(times) do
               soonest = math.min(soonest or time, time)
            end
            assert.equal(soonest, set:soonest())
            assert.equal(times[who], set:time(who))
            assert.is_true(not soonest or soonest > now)
         end
      end
   end)
end)
