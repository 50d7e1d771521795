-- Prints a table of all Deployments, in lines of at most COLUMNS where that is given.
--   lua5.4 examples/list.lua [COLUMNS]     with ASTRO_API_TOKEN and ASTRO_ORGANIZATION_ID set

local astro = require "astro"

local width = tonumber(arg[1])
if arg[1] and not width then
   io.stderr:write(("usage: %s %s [COLUMNS]\n"):format(arg[-1], arg[0]))
   os.exit(2)
end

local ok, all = pcall(astro.filter.sort_by, astro.client():each_deployment(), "name")
if not ok then
   io.stderr:write(tostring(all), "\n")
   os.exit(1)
end
print(astro.pretty.table(all, { color = "auto", width = width }))
