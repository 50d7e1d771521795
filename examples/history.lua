-- Prints the deploys of a Deployment, the newest first, as a table or as JSON, all that the service tells of them.
--   lua5.4 examples/history.lua [--json] ID     with ASTRO_API_TOKEN and ASTRO_ORGANIZATION_ID set
-- To go back to a row: client:rollback_deploy(row.deploymentId, row.id, {}).

local astro = require "astro"

local function usage(file, status)
   file:write(("usage: %s %s [-h] [--json] DEPLOYMENT_ID\n"):format(arg[-1], arg[0]))
   os.exit(status)
end

local id, is_json
for _, word in ipairs(arg) do
   if word == "-h" or word == "--help" then
      usage(io.stdout, 0)
   elseif word == "--json" then
      is_json = true
   elseif id or word:find "^-" then
      usage(io.stderr, 2)
   else
      id = word
   end
end
if not id then
   usage(io.stderr, 2)
end

local rows, message = astro.client():history(id)
if not rows then
   io.stderr:write(message, "\n")
   os.exit(1)
end
print(is_json and astro.pretty.redacted(astro.array(rows)) or astro.pretty.history(rows, { color = "auto" }))
