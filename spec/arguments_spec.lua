local core = require "astro.core"
local world = require "spec.support.world"

describe("arguments", function()
   it("are checked for Lua as for the core", function()
      assert.equal("abc", core.id("abc", "f", "name"))
      assert.equal("secret", core.token(" Bearer secret\n", "f"))
      assert.same({ false, "bad argument 'name' to 'f' (an id of letters, digits, '_' and '-' expected)" }, {
         pcall(core.id, "a/b", "f", "name"),
      })
      assert.matches("^bad argument 'token' to 'f'", (select(2, pcall(core.token, 7, "f"))))
   end)

   it("have the environment behind them", function()
      world.with_environment({ SOME_ID = "here", ASTRO_API_TOKEN = "there" }, function()
         assert.equal("here", core.id(nil, "f", "name", "SOME_ID"))
         assert.equal("there", core.token(nil, "f"))
         assert.is_false(pcall(core.id, nil, "f", "name"))
      end)
   end)
end)
