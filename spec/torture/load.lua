--- Many fetches through one client under random faults: each comes to its Deployment or its error, once, and
--- neither memory nor descriptors grow.

local core = require "astro.core"
local meet = require "spec.torture.meet"
local raw = require "spec.torture.raw"
local world = require "spec.support.world"

--- `make torture` as it is; ASTRO_TORTURE_LOAD says another number.
local LONG, SHORT = 200000, 400

--- How many at once, and of how many calls one has each fault.
local WIDTH, ONE_IN = 8, 20

local function closing(wire, bytes)
   return raw.base(wire, ("close-%s-%d"):format(raw.file(bytes), #bytes))
end

local function status(line)
   return closing("http", ("HTTP/1.1 %s\r\nContent-Length: 2\r\n\r\n{}"):format(line))
end

local function faults()
   local half = meet.with_length:sub(1, 2000)
   return {
      { "connect", "http://127.0.0.1:1/x" },
      { "transport", closing("http", "") },
      { "transport", closing("http", half) },
      { "transport", closing("https", half) },
      { "transport", raw.base("http", ("reset-%s-2000"):format(raw.file(half))) },
      { "timeout", raw.base("http", ("hold-%s-2000"):format(raw.file(half))), { attempt_timeout = 0.05 } },
      { "transport", closing("http", "noise") },
      { "decode", closing("http", meet.head .. "\r\n{") },
      { "too_large", closing("http", meet.with_length), { max_body = 1000 } },
      { "not_found", status "404 Not Found" },
      { "forbidden", status "403 Forbidden" },
      { "server", status "503 Service Unavailable" },
   }
end

local function resident()
   local text = io.open("/proc/self/status"):read "*a"
   return tonumber(text:match "VmRSS:%s*(%d+)")
end

-- What a process holds on to, when it holds on to nothing that it does not need.
local function holdings()
   local descriptors = raw.descriptors()
   return { lua = collectgarbage "count", resident = resident(), descriptors = descriptors }
end

local function compare(row, early, late)
   if late.lua > early.lua * 1.1 + 100 then
      row:finding(("Lua: %d KB, then %d KB"):format(early.lua, late.lua))
   end
   if late.resident > early.resident * 1.1 + 2048 then
      row:finding(("resident: %d KB, then %d KB"):format(early.resident, late.resident))
   end
   if late.descriptors > early.descriptors + WIDTH then
      row:finding(("descriptors: %d, then %d"):format(early.descriptors, late.descriptors))
   end
end

-- One call, a good one or one that meets a fault.
local function fetch(row, client, good, fault, id)
   local base = fault and fault[2] or good
   local start_at = core.clock()
   local value, message, err = raw.deployment(client, id, base, fault and fault[3])
   local outcome = err and err.kind or "a Deployment"
   if value and value.uri:match "[^/]+$" ~= id then
      outcome = "another's Deployment"
   end
   if core.clock() - start_at > 20 then
      outcome = "late"
   end
   row:expect(
      fault and fault[1] or "a Deployment",
      outcome,
      ("%s at %s: %s"):format(id, base, tostring(message))
   )
end

local function run(row, mode, count, random)
   local list, good = faults(), world.stand_in .. "/echo"
   local done, next_call, early = {}, 1, nil
   for i = 1, count do
      done[i] = 0
   end
   local loop = mode == "loop" and require "astro.loop.poll" or nil
   local client = raw.client({ loop = loop, attempt_timeout = 10 })
   local function work()
      while next_call <= count do
         local call = next_call
         next_call = call + 1
         fetch(row, client, good, list[random(ONE_IN)], "n" .. call)
         done[call] = done[call] + 1
         if call == math.ceil(count / 10) then
            early = holdings()
         end
      end
   end
   if loop then
      local tasks = {}
      for i = 1, WIDTH do
         tasks[i] = work
      end
      loop.run((table.unpack or unpack)(tasks))
   else
      work()
   end
   compare(row, early, holdings())
   for i = 1, count do
      if done[i] ~= 1 then
         row:finding(("call %d: %d answers"):format(i, done[i]))
      end
   end
   client:close()
end

return function(report)
   local count = report.is_long and (tonumber(os.getenv "ASTRO_TORTURE_LOAD") or LONG) or SHORT
   for _, mode in ipairs(raw.modes) do
      -- Blocking, one after the other, fewer will do.
      local calls = mode == "loop" and count or math.ceil(count / 40)
      local seed = os.time()
      report:row(("random faults of seed %d, %s"):format(seed, mode), function(row)
         math.randomseed(seed)
         raw.leak_free(row, function()
            run(row, mode, calls, math.random)
         end)
      end)
   end
end
