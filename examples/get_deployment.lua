-- Prints one Deployment: name, status, versions, queues.
--   lua5.4 examples/get_deployment.lua DEPLOYMENT_ID     with ASTRO_API_TOKEN and ASTRO_ORGANIZATION_ID set

package.path = package.path .. ";" .. (arg[0]:match "^.*/" or "./") .. "?.lua"
local program = require "cli.program" -- reads the command line, says what failed
local astro = require "astro"

local function picture(deployment)
   local lines = {}
   local function row(label, value)
      lines[#lines + 1] = ("%-10s %s"):format(label, value or "-")
   end
   row("name", deployment.name)
   row("status", deployment.status)
   row("airflow", deployment.airflowVersion)
   row("runtime", deployment.runtimeVersion)
   for _, queue in ipairs(deployment.workerQueues or {}) do
      local least, most = queue.minWorkerCount, queue.maxWorkerCount
      row("queue", ("%s, %s to %s workers"):format(queue.name, least, most))
   end
   return table.concat(lines, "\n")
end

local function main(given)
   local deployment, _, err = astro.get_deployment(nil, given[1])
   if not deployment then
      error(err)
   end
   program.print(program.text(given, deployment, picture))
end

program.main({
   arguments = "DEPLOYMENT_ID",
   flags = { program.JSON },
   run = main,
   help = "Prints name, status, versions and queues of a Deployment.",
})
