-- Modules that are loaded when they are first touched.

local later = require "astro.api.later"

local NAME = "astro.api.spec_of_later"

describe("later", function()
   after_each(function()
      package.loaded[NAME], package.preload[NAME], package.preload[NAME .. "_inner"] = nil, nil, nil
      package.loaded[NAME .. "_inner"] = nil
   end)

   it("gives what require gives, and loads it once", function()
      local loads = 0
      package.preload[NAME] = function()
         loads = loads + 1
         return { "module" }
      end
      assert.same({ "module" }, later(NAME))
      assert.equal(later(NAME), require(NAME))
      assert.equal(1, loads)
   end)

   it("loads again what broke, with all that was being loaded for it", function()
      local is_broken = true
      package.preload[NAME] = function()
         return { require(NAME .. "_inner") }
      end
      package.preload[NAME .. "_inner"] = function()
         if is_broken then
            error("no memory", 0)
         end
         return { "inner" }
      end
      assert.error_matches(function()
         later(NAME)
      end, "no memory")
      is_broken = false
      assert.same({ "inner" }, later(NAME)[1])
   end)
end)
