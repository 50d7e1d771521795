local core = require "astro.core"
local failure = require("astro.client.failure").new

describe("failure", function()
   it("has the form of the core's own errors", function()
      local nothing, message, err = failure("timeout", "too late", { deployment = { id = "x" } })
      assert.is_nil(nothing)
      assert.equal("too late", message)
      assert.same(
         { "timeout", "too late", "too late", 0 },
         { err.kind, err.message, tostring(err), err.attempts }
      )
      assert.equal("x", err.deployment.id)
      local _, _, real = core.get_deployment("org", "id", "token", { base_url = "http://127.0.0.1:1" })
      assert.equal(getmetatable(real), getmetatable(err))
   end)

   it("can be put into a sentence, as its message", function()
      local _, _, err = failure("timeout", "too late")
      assert.equal("failed: too late", "failed: " .. err)
      assert.equal("too late, 2 times", err .. ", " .. 2 .. " times")
      assert.equal("1too late", 1 .. err)
      assert.equal("too latetoo late", err .. err)
      local ok, message = pcall(function()
         return err .. nil
      end)
      assert.is_false(ok)
      assert.matches("attempt to concatenate a nil value", message)
   end)
end)
