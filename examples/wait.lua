-- Waits until a Deployment has a status; says on stderr how it goes. Exits with 0 when it is there.
--   lua5.4 examples/wait.lua DEPLOYMENT_ID [STATUS [SECONDS]]     HEALTHY within 600 s, if not said otherwise

local astro = require "astro"

local id, status, seconds = arg[1], arg[2], tonumber(arg[3])
if not id then
   io.stderr:write(("usage: %s %s DEPLOYMENT_ID [STATUS [SECONDS]]\n"):format(arg[-1], arg[0]))
   os.exit(2)
end

local client = astro.client()
local deployment, message = client:wait_for(id, {
   status = status,
   timeout = seconds,
   on_poll = function(seen, err, elapsed)
      local what = seen and ("%s %s"):format(seen.status, seen.statusReason or "") or err.message
      io.stderr:write(("%4.0f s  %s\n"):format(elapsed, what))
   end,
})
client:close()

if not deployment then
   io.stderr:write(message, "\n")
   os.exit(1)
end
print(deployment.status)
