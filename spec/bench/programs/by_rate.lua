-- lua by_rate.lua BASE CA TOKEN COUNT: fetches so many Deployments as the API allows; prints the seconds.

local base, ca, token, count = arg[1], arg[2], arg[3], tonumber(arg[4])
local core = require "astro.core"

local client =
   require("astro").client({ base_url = base, organization = "bench", token = token, ca_file = ca })
local ids = {}
for i = 1, count do
   ids[i] = ("cmbench%018d"):format(i - 1)
end

local start = core.clock()
local found, failed = client:get_deployments(ids)
local seconds = core.clock() - start
for _, id in ipairs(ids) do
   assert(found[id], failed[id])
end
print(seconds)
