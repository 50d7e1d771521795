-- Prints how an nginx with one worker answers pings beside twenty fetches of a second: with the loop, and with
-- calls that block. To be run beside the stand-in, like the specs.

local nginx = require "spec.support.nginx"
local socket = require "socket"
local world = require "spec.support.world"

local FETCHES, PAUSE = 20, 0.005

local function ping(server)
   local start = socket.gettime()
   assert(server:get "/ping" == "pong\n")
   return socket.gettime() - start
end

--- Milliseconds of every ping until all the answers are there, sorted; and the seconds that those took.
local function measure(server, path)
   local start, pings = socket.gettime(), {}
   local connections = server:open_many(FETCHES, path)
   repeat
      pings[#pings + 1] = ping(server) * 1000
      socket.sleep(PAUSE)
   until #socket.select(connections, nil, 0) == FETCHES
   local seconds = socket.gettime() - start
   for _, connection in ipairs(connections) do
      assert(nginx.answer(connection) == "cmslow\n")
   end
   table.sort(pings)
   return pings, seconds
end

local function report(name, pings, seconds)
   local function percentile(share)
      return pings[math.ceil(#pings * share)]
   end
   local row = "nginx, %-9s %3d pings: p50 %8.2f ms, p99 %8.2f ms, worst %8.2f ms; %d fetches of 1 s: %6.2f s"
   print(row:format(name, #pings, percentile(0.5), percentile(0.99), pings[#pings], FETCHES, seconds))
end

local server = nginx.start(world.read "spec/support/resty.conf", "spec/support/fetch.lua")
report("loop", measure(server, "/fetch?token=" .. world.token()))
report("blocking", measure(server, "/allowed?id=cmslow"))
server:stop()
