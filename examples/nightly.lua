-- Hibernates what is idle: development Deployments that are awake and HEALTHY, of some workspaces or of all, until further
-- notice. A line for each on stdout, how it goes on stderr. Exits with 0, or with 1 where something failed.
--   lua5.4 examples/nightly.lua [WORKSPACE_ID...] [--dry-run]     with ASTRO_API_TOKEN and ASTRO_ORGANIZATION_ID set

package.path = package.path .. ";" .. (arg[0]:match "^.*/" or "./") .. "?.lua"
local program = require "cli.program"
local astro = require "astro"

-- What became of a Deployment.
local function hibernate(client, id)
   local deployment, changed = client:hibernate(id)
   if not deployment then
      return "failed: " .. changed, 1
   end
   return changed and "hibernated" or "unchanged"
end

local function line_of(row)
   return ("%s  %s  %s"):format(row.id, row.name, row.result)
end

local function main(given)
   local client = astro.client({ progress = true })
   local query = { workspaceIds = given[1] and { (table.unpack or unpack)(given) } }
   local all = program.need(client:all_deployments(query))
   local idle = astro.filter.where(all, { isDevelopmentMode = true, status = "HEALTHY" })
   local failures = 0
   for i, deployment in ipairs(idle) do
      local row = { id = deployment.id, name = program.safe(deployment.name) }
      program.say(("%d of %d: %s"):format(i, #idle, row.name))
      local failure
      if given["dry-run"] then
         row.result = "would hibernate"
      else
         row.result, failure = hibernate(client, row.id)
      end
      program.print(program.text(given, row, line_of))
      failures = failures + (failure or 0)
   end
   client:close()
   return failures == 0 and 0 or 1
end

program.main({
   arguments = "[WORKSPACE_ID...]",
   flags = { { name = "dry-run", help = "change nothing, say what would be" }, program.JSON_LINES },
   run = main,
   help = "Hibernates the HEALTHY development Deployments of some workspaces, or of all,\nuntil further notice.",
})
