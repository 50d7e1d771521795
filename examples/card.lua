-- Prints one Deployment as a card; in colour where stdout is a terminal.
--   lua5.4 examples/card.lua DEPLOYMENT_ID     with ASTRO_API_TOKEN and ASTRO_ORGANIZATION_ID set

local astro = require "astro"

local id = arg[1]
if not id then
   io.stderr:write(("usage: %s %s DEPLOYMENT_ID\n"):format(arg[-1], arg[0]))
   os.exit(2)
end

local deployment, message = astro.get_deployment(nil, id)
if not deployment then
   io.stderr:write(message, "\n")
   os.exit(1)
end
print(astro.pretty.deployment(deployment, { color = "auto" }))
