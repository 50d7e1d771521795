local misuse = require "astro.api.misuse"

describe("misuse", function()
   it("is raised where the nearest code stands that is not the library's", function()
      local function caller()
         misuse.raise "wrong"
      end
      local ok, message = pcall(caller)
      assert.is_false(ok)
      assert.matches("^[^\n]*misuse_spec.lua:6: wrong$", message)
   end)

   it("keeps the message where there is none", function()
      local _, message = pcall(misuse.raise, "wrong")
      assert.matches("wrong$", message)
   end)

   it("gives what a check gives, and positions what it raises", function()
      assert.same({ 1, nil, 3 }, { misuse.check(function()
         return 1, nil, 3
      end) })
      local _, message = pcall(function()
         misuse.check(error, "bad", 0)
      end)
      assert.matches("^[^\n]*misuse_spec.lua:%d+: bad$", message)
   end)
end)
