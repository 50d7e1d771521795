-- lua astro.lua URL CA TOKEN COUNT: fetches the Deployment so often and prints its status.
-- CA is a file, a folder (ends in "/"), or "" for what the system trusts. The other peers are run the same way.

local url, ca, token, count = arg[1], arg[2], arg[3], tonumber(arg[4])
local base, org, id = url:match "^(.*)/organizations/([^/]+)/deployments/([^/]+)$"
local is_folder = ca:sub(-1) == "/"

if count > 1 then
   require "spec.bench.ballast"
end

local client = require("astro").client({
   base_url = base,
   organization = org,
   token = token,
   rate = false,
   ca_file = ca ~= "" and not is_folder and ca or nil,
   ca_path = is_folder and ca or nil,
})
local deployment
for _ = 1, count do
   deployment = assert(client:get_deployment(id))
end
print(deployment.status)
