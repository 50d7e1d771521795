-- Prints the values at some paths of a Deployment, bare, for scripts: one a line, of a list each item.
--   lua5.4 examples/inspect.lua ORG ID PATH...     with ASTRO_API_TOKEN set
-- Exits with 1 where one is absent, having said so on stderr and printed the others.

local astro = require "astro"

local function fail(status, message)
   io.stderr:write(message, "\n")
   os.exit(status)
end

local org, id = arg[1], arg[2]
local paths = { (table.unpack or unpack)(arg, 3) }
if not paths[1] then
   fail(2, ("usage: %s %s ORG ID PATH..."):format(arg[-1], arg[0]))
end
local deployment, message = astro.get_deployment(org, id)
if not deployment then
   fail(1, message)
end

local are_paths, picked = pcall(astro.filter.pick, deployment, paths)
if not are_paths then
   fail(2, picked)
end

local function items_of(value)
   local is_list = type(value) == "table" and (value[1] ~= nil or next(value) == nil)
   return is_list and value or { value }
end

local status = 0
for _, path in ipairs(paths) do
   local value = picked[path]
   if value == nil then
      io.stderr:write(path, ": absent\n")
      status = 1
   end
   for _, item in ipairs(items_of(value)) do
      print(type(item) == "table" and astro.pretty.json(item) or tostring(item))
   end
end
os.exit(status)
