-- libcurl + cjson: the floor of these two libraries, with no check and no error that is told.

local url, ca, token, count = arg[1], arg[2], arg[3], tonumber(arg[4])
local cjson = require "cjson"
local get = require "bench.libcurl_get"(url, ca, token)

if count > 1 then
   require "spec.bench.ballast"
end

local deployment
for _ = 1, count do
   deployment = cjson.decode(get())
end
print(deployment.status)
