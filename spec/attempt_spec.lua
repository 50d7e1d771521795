local attempt = require "astro.client.attempt"
local core = require "astro.core"
local rate = require "astro.client.rate"
local world = require "spec.support.world"

describe("attempt", function()
   -- What keeps a request of a method from starting at a time.
   local function hindrance_of(call, method, now)
      return (attempt.hindrance(call, attempt.job({ method = method, path = "/x", target = "x" }), now))
   end

   local function call_with(per_second)
      return {
         name = "attempt_spec",
         rate = per_second,
         pauses = rate.pauses(),
         pollable = { clock = core.clock },
         token = world.token(),
         transport = { base_url = "http://127.0.0.1:1" },
      }
   end

   it("does not let a POST, or a call without a rate, take from the rate", function()
      local call, free = call_with(10), call_with(false)
      free.token = call.token
      for _ = 1, 4 do
         assert.is_nil(hindrance_of(call, "GET", 0))
      end
      assert.equal("rate", hindrance_of(call, "GET", 0))
      for _ = 1, 20 do
         assert.is_nil(hindrance_of(call, "POST", 0.1))
         assert.is_nil(hindrance_of(free, "GET", 0.1))
      end
      assert.is_nil(hindrance_of(call, "GET", 0.21)) -- two were added since, one of which waits already
   end)

   it("keeps each token's rate at each host", function()
      local call = call_with(10)
      for _ = 1, 4 do
         assert.is_nil(hindrance_of(call, "GET", 0))
      end
      call.transport = { base_url = "http://localhost:1" }
      assert.is_nil(hindrance_of(call, "GET", 0))
   end)
end)
