-- lua steady.lua URL CA TOKEN COUNT KIND: fetches so often; prints how many KiB the process has grown by after
-- the first tenth. KIND is "well", or "failing": not found and no connection in turn.

local url, ca, token, count, kind = arg[1], arg[2], arg[3], tonumber(arg[4]), arg[5]
local astro = require "astro"

local base, id = url:match "^(.*)/organizations/[^/]+/deployments/([^/]+)$"

local function client(base_url, organization)
   return astro.client({
      base_url = base_url,
      organization = organization,
      token = token,
      ca_file = ca,
      rate = false,
      retries = 0,
   })
end

local clients = { client(base, "bench") }
if kind == "failing" then
   clients = { client(base, "nobody"), client("https://127.0.0.1:1", "bench") }
end

local function resident()
   collectgarbage()
   collectgarbage()
   local file = assert(io.open "/proc/self/status")
   local size = file:read("*a"):match "VmRSS:%s*(%d+) kB"
   file:close()
   return tonumber(size)
end

local function fetch(times)
   for i = 1, times do
      local deployment, message = clients[i % #clients + 1]:get_deployment(id)
      assert((deployment ~= nil) == (kind == "well"), message)
   end
end

fetch(count / 10)
local before = resident()
fetch(count - count / 10)
print(resident() - before)
