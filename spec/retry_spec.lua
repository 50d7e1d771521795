local retry = require "astro.client.failure"

local function always(value)
   return function()
      return value
   end
end

local function delay(err, done, left, dice)
   return retry.delay(err, done or 0, 2, left or 100, always(dice or 1))
end

describe("retry", function()
   for kind, again in pairs({
      connect = true,
      timeout = true,
      transport = true,
      rate_limited = true,
      tls = false,
      unauthorized = false,
      forbidden = false,
      not_found = false,
      conflict = false,
      invalid = false,
      decode = false,
      too_large = false,
      cancelled = false,
   }) do
      it((again and "tries again after " or "takes as the last word: ") .. kind, function()
         assert.equal(again, delay({ kind = kind }) ~= nil)
      end)
   end

   for status, again in pairs({
      [408] = true,
      [425] = true,
      [519] = false,
      [520] = true,
      [530] = true,
      [531] = false,
      [500] = true,
      [501] = false,
      [502] = true,
      [503] = true,
      [504] = true,
      [599] = false,
   }) do
      it((again and "tries again after " or "takes as the last word: ") .. status, function()
         assert.equal(again, delay({ kind = "server", status = status }) ~= nil)
      end)
   end

   it("stops when it has tried as often as it may", function()
      assert.is_number(delay({ kind = "connect" }, 1))
      assert.is_nil(delay({ kind = "connect" }, 2))
   end)

   it("waits up to twice as long each time, 8 s at the most, thrown by dice", function()
      for done, most in pairs({ [0] = 0.5, [1] = 1, [2] = 2, [3] = 4, [4] = 8, [5] = 8, [9] = 8 }) do
         assert.equal(most, retry.delay({ kind = "connect" }, done, 10, 100, always(1)))
         assert.equal(most / 4, retry.delay({ kind = "connect" }, done, 10, 100, always(0.25)))
         assert.equal(0, retry.delay({ kind = "connect" }, done, 10, 100, always(0)))
      end
   end)

   it("obeys Retry-After, and gives up where that is past the deadline", function()
      assert.equal(7, delay({ kind = "rate_limited", retry_after = 7 }))
      assert.equal(7, delay({ kind = "server", status = 503, retry_after = 7 }))
      assert.is_nil(delay({ kind = "rate_limited", retry_after = 7 }, 0, 7))
      assert.is_nil(delay({ kind = "not_found", retry_after = 7 }))
   end)

   it("gives up where nothing is left of the deadline", function()
      assert.is_nil(delay({ kind = "timeout" }, 0, 0))
      assert.is_nil(delay({ kind = "timeout" }, 0, 0.4, 1))
      assert.is_number(delay({ kind = "timeout" }, 0, 0.4, 0.5))
   end)
end)
