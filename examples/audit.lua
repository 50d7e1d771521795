-- Prints which Deployments are not highly available, on a runtime before 12 (or another), or hibernating.
--   lua5.4 examples/audit.lua [RUNTIME]     with ASTRO_API_TOKEN and ASTRO_ORGANIZATION_ID set

local astro = require "astro"

local least = tonumber(arg[1] or 12)
if not least then
   io.stderr:write(("usage: %s %s [RUNTIME]\n"):format(arg[-1], arg[0]))
   os.exit(2)
end

local ok, all = pcall(astro.filter.where, astro.client():each_deployment(), {})
if not ok then
   io.stderr:write(tostring(all), "\n")
   os.exit(1)
end

local function is_old(version)
   local major = tostring(version):match "^(%d+)%.%d+%.%d" -- 3.1-9, for Airflow 3, is newer than any such
   return major and tonumber(major) < least
end

local function report(title, criteria)
   print(title)
   print(astro.pretty.table(astro.filter.where(all, criteria), { color = "auto" }))
end
report("Not highly available", { isHighAvailability = false })
report(("\nOn a runtime before %d"):format(least), { astroRuntimeVersion = is_old })
report("\nHibernating", { status = "HIBERNATING" })
