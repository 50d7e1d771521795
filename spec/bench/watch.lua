-- What it costs to watch 1000 Deployments of some 5 kB, and how long after it came a change is told:
--   make && eval "$(make -s env)"; spec/support/with-faults spec/support/with-stand-in lua5.4 spec/bench/watch.lua

local astro = require "astro"
local core = require "astro.core"

local COUNT, INTERVAL, PERIOD, CHANGES = 1000, 5, 7.3, 6

-- Seconds since the epoch, by which the stand-in changes the first Deployment.
local function now()
   local pipe = assert(io.popen "date +%s.%N")
   local text = pipe:read "*l"
   pipe:close()
   return tonumber(text)
end

local function resident()
   local file = assert(io.open "/proc/self/status")
   local text = file:read "*a"
   file:close()
   return tonumber(text:match "VmRSS:%s*(%d+)") / 1024, tonumber(text:match "VmHWM:%s*(%d+)") / 1024
end

local start = now() + 10
local client = astro.client({
   base_url = ("%s/changing/%d/since-%f-%f"):format(os.getenv "ASTRO_API_URL", COUNT, start, PERIOD),
   timeout = 60,
   attempt_timeout = 60,
})
local requests, looks, seconds, first_at = 0, 0, 0, nil
local function on_request()
   requests = requests + 1
   if requests % 10 == 1 then -- a look's first page
      first_at = core.clock()
   end
end
local function on_response()
   if requests % 10 == 0 then
      looks, seconds = looks + 1, seconds + core.clock() - first_at
   end
end

local told, worst, cpu = 0, 0, os.clock()
local next_event = client:watch(nil, {
   interval = INTERVAL,
   on_request = on_request,
   on_response = on_response,
})
while told < CHANGES do
   local event = next_event()
   assert(event.kind == "changed", event.err)
   worst = math.max(worst, now() - start - told * PERIOD)
   told = told + 1
end
cpu = os.clock() - cpu
collectgarbage()
collectgarbage()
print(("looks                          %d, by %d requests"):format(looks, requests))
print(("a look                         %.2f s, %.0f ms of CPU"):format(seconds / looks, cpu / looks * 1000))
print(("CPU at an interval of 30 s     %.2f %%"):format(cpu / looks / 30 * 100))
print(("a change is told after         %.2f s at most (interval %d s)"):format(worst, INTERVAL))
print(("Lua's memory                   %.1f MB"):format(collectgarbage "count" / 1024))
print(("the process, now and at most   %.1f MB, %.1f MB"):format(resident()))
client:close()
assert(not next_event())
