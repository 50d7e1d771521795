-- lua listed.lua BASE CA TOKEN COUNT TIMES: lists so many Deployments, filters and prints them, so often.

local base, ca, token, count, times = arg[1], arg[2], arg[3], tonumber(arg[4]), tonumber(arg[5])
local astro = require "astro"

require "spec.bench.ballast"

local client = astro.client({
   base_url = base,
   organization = "bench",
   token = token,
   ca_file = ca,
   rate = false,
})
for _ = 1, times do
   local healthy = astro.filter.where(client:each_deployment(), { status = "HEALTHY" })
   assert(#healthy == count)
   print(astro.pretty.table(healthy))
end
