local world = require "spec.support.world"

-- Does what CONTRIBUTING.md says of adding things, in a copy of the Lua files.

local function copied()
   local folder = world.shell("mktemp -d"):gsub("\n", "")
   world.shell(("mkdir -p %s/spec/support; cp -r lua %s"):format(folder, folder))
   world.shell(("cp spec/support/*reference.lua %s/spec/support"):format(folder))
   return folder
end

-- Puts a row before the one that begins so.
local function add_row(folder, file, before, row)
   local path = folder .. "/lua/astro/api/" .. file
   local text = world.read(path)
   local at = assert(text:find(before, 1, true))
   world.put(path, text:sub(1, at - 1) .. row .. text:sub(at))
end

local function run_in(folder, program)
   local path = ("%s/lua/?.lua;%s/?.lua;;"):format(folder, folder)
   return world.with_environment({ LUA_PATH = path }, function()
      return (world.run(program, { folder = folder }))
   end)
end
describe("adding a field", function()
   local folder

   setup(function()
      folder = copied()
      local row =
         '      { "launchWindow", "string", "optional", "when rockets may start", enum = { "DAY", "NIGHT" } },\n'
      add_row(folder, "fields.lua", '      { "name", "string", "required", "its name;', row)
   end)

   teardown(function()
      world.shell("rm -r " .. folder)
   end)

   it("is one row: checked, filtered, printed", function()
      local output = run_in(
         folder,
         [[
         local astro = require "astro"
         local deployment = { name = "n", launchWindow = "DAWN" }
         for _, departure in ipairs(astro.check(deployment)) do
            if departure.problem ~= "missing" then
               print(departure.path, departure.problem, departure.value)
            end
         end
         print(pcall(astro.filter.where, {}, { launchWindow = "NIHGT" }))
         print(astro.enums.launchWindow.DAY)
         print(astro.pretty.json(deployment, { indent = 0 }))
         print(astro.pretty.diff(deployment, { name = "n", launchWindow = "DAY" }))
         print(astro.pretty.deployment(deployment):match "launchWindow[^\n]*")
      ]]
      )
      assert.matches("^launchWindow\tenum\tDAWN\n", output)
      assert.matches("unknown value 'NIHGT'; did you mean 'NIGHT'%?", output)
      assert.matches("\nDAY\n", output)
      assert.matches('{"launchWindow": ?"DAWN", ?"name": ?"n"}', output)
      assert.matches("launchWindow +DAWN → DAY", output)
      assert.matches('launchWindow +"DAWN"\n$', output)
   end)

   it("is in the reference after `make reference`", function()
      local output = run_in(
         folder,
         [[
         local reference = dofile "spec/support/reference.lua"
         io.write(reference.types(), reference.help())
      ]]
      )
      assert.matches("@field launchWindow%? astro%.enums%.launchWindow when rockets may start\n", output)
      assert.matches("\nlaunchWindow  string\n\twhen rockets may start\n\tDAY, NIGHT\n", output)
   end)
end)

describe("adding an endpoint", function()
   local folder

   setup(function()
      folder = copied()
      add_row(
         folder,
         "operations.lua",
         '   { "list_permission_groups"',
         [[
   { "list_rockets", "GET", OF .. "/rockets", answers = "RocketsPaginated", pages = "rockets", query = "names" },
   { "start_rocket", "POST", OF .. "/rockets/{rocketId}/start", takes = "StartRocketRequest" },
]]
      )
      add_row(
         folder,
         "objects.lua",
         "   AllowedIpAddressRange ",
         [[
   Rocket = "id* string, stages integer",
   RocketsPaginated = "rockets* Rocket[], limit* integer, offset* integer, totalCount* integer",
]]
      )
      add_row(
         folder,
         "bodies.lua",
         "   AddTeamMembersRequest ",
         '   StartRocketRequest = "window* {DAY NIGHT}",\n'
      )
   end)

   teardown(function()
      world.shell("rm -r " .. folder)
   end)

   it("is a row: its methods, their checks and pages", function()
      local output = run_in(
         folder,
         [[
         local client = require("astro").client { base_url = os.getenv "ASTRO_API_URL" .. "/operations", rate = false }
         print(#client:list_rockets({ names = "a", limit = 2 }).rockets, #client:all_rockets { limit = 2 })
         for rocket in client:each_rockets() do io.write(rocket.id, " ") end
         print(client:start_rocket("r1", { window = "DAY" }))
         print(pcall(client.start_rocket, client, "r1", { windw = "DAY" }))
         print(pcall(client.list_rockets, client, { nams = "a" }))
      ]]
      )
      assert.matches(
         "^2\t3\nid1 id2 id3 true\nfalse\t[^\n]*did you mean 'window'%?[^\n]*\nfalse\t[^\n]*'names'%?",
         output
      )
   end)

   it("is in the reference after `make reference`", function()
      local output = run_in(
         folder,
         [[
         local reference = dofile "spec/support/reference.lua"
         io.write(reference.operation_types(), reference.object_types(), reference.operations_help())
      ]]
      )
      assert.matches(
         "@field each_rockets fun%(self: astro%.Client, query%?: astro%.Query%.list_rockets",
         output
      )
      assert.matches('@field window "DAY"|"NIGHT"|string\n', output)
      assert.matches("\nclient:start_rocket%(rocket_id, body, options%)\n", output)
   end)
end)
