local comma = require "spec.support.comma"
local world = require "spec.support.world"

-- What is read has its specs in json_spec.
describe("where the decimal point is a comma", function()
   local folder

   setup(function()
      folder = comma.folder()
   end)

   teardown(function()
      world.shell("rm -r " .. folder)
   end)

   for name, expression in pairs({
      ["a query"] = "require('astro.client.path').query({ x = 0.5, y = 1e20, z = 3 })",
      ["JSON"] = "astro.pretty.json({ a = 0.5, b = 1e300, c = -2.25e-7 }, { indent = 0 })",
      ["Lua"] = "astro.pretty.lua({ a = 0.5 })",
      ["a time"] = "astro.time.text(1.5)",
      ["an option's limits"] = "select(2, pcall(astro.client, { timeout = 0 }))",
      ["a method's limits"] = "select(2, pcall(astro.client({ token = 't', organization = 'o' }).wait_for, "
         .. "astro.client({ token = 't', organization = 'o' }), 'id', { interval = 0 }))",
   }) do
      it("is written likewise: " .. name, function()
         local program = [[
            local astro = require "astro"
            local function text()
               return (tostring(%s))
            end
            local before = text()
            assert(os.setlocale("%s", "numeric"))
            print(text() == before, before, text())
         ]]
         local output = comma.run(folder, program:format(expression, comma.name))
         assert.matches("^true\t", output)
      end)
   end
end)
