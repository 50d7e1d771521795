-- Prints what differs between two Deployments; nothing where they are equal.
--   lua5.4 examples/diff.lua ID1 ID2     with ASTRO_API_TOKEN and ASTRO_ORGANIZATION_ID set

local astro = require "astro"

if not arg[2] then
   io.stderr:write(("usage: %s %s ID1 ID2\n"):format(arg[-1], arg[0]))
   os.exit(2)
end

local function fetch(id)
   local deployment, message = astro.get_deployment(nil, id)
   if not deployment then
      io.stderr:write(message, "\n")
      os.exit(1)
   end
   return deployment
end

local text = astro.pretty.diff(fetch(arg[1]), fetch(arg[2]), { color = "auto" })
if text ~= "" then
   print(text)
end
