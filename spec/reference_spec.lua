local world = require "spec.support.world"
local reference = require "spec.support.reference"
local shape = require "astro.api.shape"

describe("the reference", function()
   it("is what the data says: run `make reference`", function()
      for path, name in pairs({
         ["lua/astro/types.lua"] = "types",
         ["lua/astro/types/objects.lua"] = "object_types",
         ["lua/astro/types/operations.lua"] = "operation_types",
         ["examples/neovim/doc/astro-fields.txt"] = "help",
         ["examples/neovim/doc/astro-options.txt"] = "options_help",
         ["examples/neovim/doc/astro-operations.txt"] = "operations_help",
      }) do
         assert.equal(reference[name](), world.read(path))
      end
   end)

   it("has every field of a Deployment, by either version's name, with its meaning", function()
      local types, help = reference.types(), reference.help()
      for _, object in ipairs({ "Deployment", "WorkerQueue", "DeploymentRemoteExecution" }) do
         local class = types:match("%-%-%-@class astro%." .. object .. "\n(.-)\n\n")
         for _, field in ipairs(shape.objects[object]) do
            for _, name in ipairs({ field.name, field.v1beta1 or nil }) do
               assert.is_truthy(class:find(("@field %s? "):format(name), 1, true), name)
            end
            assert.is_truthy(class:find(field.text, 1, true), field.name)
            assert.is_truthy(help:find(field.text, 1, true), field.name)
         end
      end
   end)
end)
