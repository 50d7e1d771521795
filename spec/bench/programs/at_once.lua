-- lua at_once.lua BASE CA TOKEN LOOP COUNT TIMES: so many calls at once that share a client, so often. Prints the
-- microseconds of CPU for each, and the KiB resident after all, and after the client was closed.

local base, ca, token, count, times = arg[1], arg[2], arg[3], tonumber(arg[5]), tonumber(arg[6])
local astro = require "astro"

local loop = require("astro.loop." .. arg[4])
local client = astro.client({
   base_url = base,
   organization = "bench",
   token = token,
   ca_file = ca,
   rate = false,
   loop = loop,
   timeout = 600,
   attempt_timeout = 600,
})

local function resident()
   collectgarbage()
   collectgarbage()
   local file = assert(io.open "/proc/self/status")
   local size = file:read("*a"):match "VmRSS:%s*(%d+) kB"
   file:close()
   return tonumber(size)
end

local function call()
   local deployment = assert(client:get_deployment "cmbench00000000000000000000")
   assert(deployment.status == "HEALTHY")
end

-- LuaJIT unpacks no more than 8000 values.
local function run_so_many(left, ...)
   if left <= 0 then
      return loop.run(...)
   end
   return run_so_many(left - 10, call, call, call, call, call, call, call, call, call, call, ...)
end

for _ = 1, 20 do
   loop.run(call) -- now it is known which HTTP the server speaks
end
local start = os.clock()
for _ = 1, times do
   run_so_many(count)
end
local cpu = os.clock() - start
local after = resident()
client:close()
print(cpu / times / count * 1e6, after, resident())
