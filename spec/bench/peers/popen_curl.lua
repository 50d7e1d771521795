-- io.popen "curl ..." and cjson: what scripts do today.

local url, ca, token, count = arg[1], arg[2], arg[3], tonumber(arg[4])
local cjson = require "cjson"

if count > 1 then
   require "spec.bench.ballast"
end

local trust = ca ~= "" and "--cacert " .. ca or ""
local command = ("curl --silent --fail %s -H 'Authorization: Bearer %s' -H 'Accept: application/json' '%s'"):format(
   trust,
   token,
   url
)

local function get()
   local pipe = assert(io.popen(command))
   local body = pipe:read "*a"
   pipe:close()
   return cjson.decode(body)
end

local deployment
for _ = 1, count do
   deployment = get()
end
print(deployment.status)
