-- Prints the values at some paths of a Deployment, bare, for scripts: one a line, of a list each item.
--   lua5.4 examples/inspect.lua ORG ID PATH...     with ASTRO_API_TOKEN set
-- Exits with 1 where one is absent, having said so on stderr and printed the others.

package.path = package.path .. ";" .. (arg[0]:match "^.*/" or "./") .. "?.lua"
local program = require "cli.program"
local astro = require "astro"

local function items_of(value)
   local is_list = type(value) == "table" and (value[1] ~= nil or next(value) == nil)
   return is_list and value or { value }
end

local function main(given)
   local org, id = given[1], given[2]
   local paths = { (table.unpack or unpack)(given, 3) }
   local deployment = program.need(astro.get_deployment(org, id))
   local picked, status = astro.filter.pick(deployment, paths), 0
   for _, path in ipairs(paths) do
      local value = picked[path]
      if value == nil then
         program.say(path .. ": absent")
         status = 1
      end
      for _, item in ipairs(items_of(value)) do
         program.print(type(item) == "table" and astro.pretty.json(item) or tostring(item))
      end
   end
   return status
end

program.main({
   arguments = "ORG ID PATH...",
   run = main,
   help = "Prints what stands at paths of a Deployment, bare. A PATH is such as\nworkerQueues[name=heavy].podCpu.",
})
