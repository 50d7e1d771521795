-- LuaSocket and LuaSec, by the function that their manual shows: a connection for each request.

local url, ca, token, count = arg[1], arg[2], arg[3], tonumber(arg[4])
local cjson = require "cjson"
local https = require "ssl.https"
local ltn12 = require "ltn12"

require "spec.bench.ballast"

local function get()
   local parts = {}
   local _, status = https.request({
      url = url,
      headers = { Authorization = "Bearer " .. token, Accept = "application/json" },
      sink = ltn12.sink.table(parts),
      protocol = "any",
      verify = "peer",
      cafile = ca,
   })
   assert(status == 200, status)
   return cjson.decode(table.concat(parts))
end

local deployment
for _ = 1, count do
   deployment = get()
end
print(deployment.status)
