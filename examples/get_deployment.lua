-- Prints one Deployment: name, status, versions, queues.
--   lua5.4 examples/get_deployment.lua DEPLOYMENT_ID     with ASTRO_API_TOKEN and ASTRO_ORGANIZATION_ID set

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

local function row(label, value)
   print(("%-10s %s"):format(label, value or "-"))
end

row("name", deployment.name)
row("status", deployment.status)
row("airflow", deployment.airflowVersion)
row("runtime", deployment.runtimeVersion)
for _, queue in ipairs(deployment.workerQueues or {}) do
   local least, most = queue.minWorkerCount, queue.maxWorkerCount
   row("queue", ("%s, %s to %s workers"):format(queue.name, least, most))
end
