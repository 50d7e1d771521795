-- lua astro.lua PREFIX CA TOKEN COUNT: fetches so many Deployments, whose ids follow PREFIX, by single GETs over
-- no connection yet, then all of them again. Prints the seconds of each. The others here are run the same way.

local prefix, ca, token, count = arg[1], arg[2], arg[3], tonumber(arg[4])
local core = require "astro.core"

require "spec.bench.ballast"

local base, org = prefix:match "^(.*)/organizations/([^/]+)/deployments/$"
local client = require("astro").client({
   base_url = base,
   organization = org,
   token = token,
   ca_file = ca,
   rate = false,
})
local ids = {}
for i = 1, count do
   ids[i] = ("cmbench%d"):format(i)
end

local function fetch()
   local start = core.clock()
   local found, failed = client:get_deployments(ids, { list = false })
   local seconds = core.clock() - start
   assert(next(failed) == nil, select(2, next(failed)))
   assert(found[ids[count]].status == "HEALTHY")
   return seconds
end

print(fetch(), fetch())
