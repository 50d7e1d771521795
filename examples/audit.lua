-- Prints which Deployments are not highly available, on a runtime before 12 (or another), or hibernating.
--   lua5.4 examples/audit.lua [RUNTIME]     with ASTRO_API_TOKEN and ASTRO_ORGANIZATION_ID set

package.path = package.path .. ";" .. (arg[0]:match "^.*/" or "./") .. "?.lua"
local program = require "cli.program"
local astro = require "astro"

local function main(given)
   local least = tonumber(given[1] or 12) or error(("a runtime is a number, not '%s'"):format(given[1]), 0)
   local all = program.need(astro.client({ progress = true }):all_deployments())

   local function is_old(version)
      local major = tostring(version):match "^(%d+)%.%d+%.%d" -- 3.1-9, for Airflow 3, is newer than any such
      return major and tonumber(major) < least
   end

   local function report(title, criteria)
      local found = astro.array(astro.filter.where(all, criteria))
      program.print(program.text(given, { title = title, deployments = found }, function()
         return ("%s\n%s\n"):format(title, astro.pretty.table(found, { color = "auto", width = "auto" }))
      end))
   end
   report("Not highly available", { isHighAvailability = false })
   report(("On a runtime before %s"):format(least), { astroRuntimeVersion = is_old })
   report("Hibernating", { status = "HIBERNATING" })
end

program.main({
   arguments = "[RUNTIME]",
   flags = { program.JSON_LINES },
   run = main,
   help = "Prints which Deployments are not highly available, on a runtime before RUNTIME\n(12), or hibernating.",
})
