-- Hibernates what is idle: development Deployments that are awake and HEALTHY, of some workspaces or of all, until further
-- notice. A line for each on stdout, how it goes on stderr. Exits with 0, or with 1 where something failed.
--   lua5.4 examples/nightly.lua [--dry-run] [WORKSPACE_ID...]     with ASTRO_API_TOKEN and ASTRO_ORGANIZATION_ID set

local astro = require "astro"

local function usage(file, status)
   file:write(("usage: %s %s [-h] [--dry-run] [WORKSPACE_ID...]\n"):format(arg[-1], arg[0]))
   os.exit(status)
end

local is_dry, workspaces = false, {}
for _, word in ipairs(arg) do
   if word == "-h" or word == "--help" then
      usage(io.stdout, 0)
   elseif word == "--dry-run" then
      is_dry = true
   elseif word:find "^-" then
      usage(io.stderr, 2)
   else
      workspaces[#workspaces + 1] = word
   end
end

local client = astro.client()
local query = { workspaceIds = workspaces[1] and workspaces }
local ok, idle =
   pcall(astro.filter.where, client:each_deployment(query), { isDevelopmentMode = true, status = "HEALTHY" })
if not ok then
   io.stderr:write(tostring(idle), "\n")
   os.exit(1)
end

-- What became of a Deployment.
local function hibernate(id)
   if is_dry then
      return "would hibernate"
   end
   local deployment, changed = client:hibernate(id)
   if not deployment then
      return "failed: " .. changed, 1
   end
   return changed and "hibernated" or "unchanged"
end

local failures = 0
for i, deployment in ipairs(idle) do
   local name = tostring(deployment.name):gsub("[^\32-\126\128-\255]", "?")
   io.stderr:write(("%d of %d: %s\n"):format(i, #idle, name))
   local word, failure = hibernate(deployment.id)
   print(("%s  %s  %s"):format(deployment.id, name, word))
   failures = failures + (failure or 0)
end
client:close()
os.exit(failures == 0 and 0 or 1)
