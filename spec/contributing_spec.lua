local world = require "spec.support.world"

-- Does what CONTRIBUTING.md says of adding a field, in a copy of the Lua files.
describe("adding a field", function()
   local folder

   setup(function()
      folder = world.shell("mktemp -d"):gsub("\n", "")
      world.shell(
         ("mkdir -p %s/spec/support; cp -r lua %s; cp spec/support/reference.lua %s/spec/support"):format(
            folder,
            folder,
            folder
         )
      )
      local path = folder .. "/lua/astro/api/fields.lua"
      local row =
         '      { "launchWindow", "string", "optional", "when rockets may start", enum = { "DAY", "NIGHT" } },\n'
      local text, count =
         world.read(path):gsub('(      { "name", "string", "required", "its name; [^\n]*\n)', row .. "%1")
      assert.equal(1, count)
      local file = assert(io.open(path, "w"))
      file:write(text)
      file:close()
   end)

   teardown(function()
      world.shell("rm -r " .. folder)
   end)

   local function run(program)
      local path = ("%s/lua/?.lua;%s/?.lua;;"):format(folder, folder)
      return world.with_environment({ LUA_PATH = path }, function()
         return (world.run(program, { folder = folder }))
      end)
   end

   it("is one row: checked, filtered, printed", function()
      local output = run [[
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
      assert.matches("^launchWindow\tenum\tDAWN\n", output)
      assert.matches("unknown value 'NIHGT'; did you mean 'NIGHT'%?", output)
      assert.matches("\nDAY\n", output)
      assert.matches('{"launchWindow": ?"DAWN", ?"name": ?"n"}', output)
      assert.matches("launchWindow +DAWN → DAY", output)
      assert.matches('launchWindow +"DAWN"\n$', output)
   end)

   it("is in the reference after `make reference`", function()
      local output = run [[
         local reference = dofile "spec/support/reference.lua"
         io.write(reference.types(), reference.help())
      ]]
      assert.matches("@field launchWindow%? astro%.enums%.launchWindow when rockets may start\n", output)
      assert.matches("\nlaunchWindow  string\n\twhen rockets may start\n\tDAY, NIGHT\n", output)
   end)
end)
