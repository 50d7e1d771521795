-- io.popen "curl ...", one after the other.

local prefix, ca, token, count = arg[1], arg[2], arg[3], tonumber(arg[4])
local cjson = require "cjson"
local uv = require "luv"

local form = "curl --silent --fail --cacert %s -H 'Authorization: Bearer %s' %scmbench%d"

local function fetch()
   local start = uv.hrtime()
   for i = 1, count do
      local pipe = assert(io.popen(form:format(ca, token, prefix, i)))
      assert(cjson.decode(pipe:read "*a").status == "HEALTHY")
      pipe:close()
   end
   return (uv.hrtime() - start) / 1e9
end

print(fetch(), fetch())
