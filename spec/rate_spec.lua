local rate = require "astro.client.rate"

describe("rate", function()
   it("lets a lone call through at once, and a burst of four", function()
      local bucket = rate.new(100)
      for _ = 1, 4 do
         assert.equal(0, rate.take(bucket, 100, 25))
      end
      assert.equal(0.04, rate.take(bucket, 100, 25))
   end)

   it("keeps to the rate however long it goes on", function()
      local bucket, now, started = rate.new(0), 0, 0
      while now < 60 do
         local wait = rate.take(bucket, now, 25)
         if wait == 0 then
            started = started + 1
         end
         now = now + math.max(wait, 0.0001)
      end
      assert.is_true(started > 1495 and started <= 1504, started)
   end)

   it("gives back after the wait it named", function()
      local bucket = rate.new(0)
      for _ = 1, 4 do
         rate.take(bucket, 0, 10)
      end
      assert.near(0.1, rate.take(bucket, 0, 10), 1e-9)
      assert.near(0.05, rate.take(bucket, 0.05, 10), 1e-9)
      assert.equal(0, rate.take(bucket, 0.1001, 10))
   end)

   it("does not hoard while nobody calls", function()
      local bucket = rate.new(0)
      for _ = 1, 4 do
         assert.equal(0, rate.take(bucket, 1000, 25))
      end
      assert.is_true(rate.take(bucket, 1000, 25) > 0)
   end)

   it("can be off", function()
      local bucket = rate.new(0)
      for _ = 1, 1000 do
         assert.equal(0, rate.take(bucket, 0, false))
      end
   end)

   it("pauses for everybody, the longest pause counting", function()
      local bucket = rate.new(0)
      rate.pause(bucket, 0, 3)
      rate.pause(bucket, 0, 1)
      for _, per_second in ipairs({ 25, false }) do
         assert.equal(3, rate.take(bucket, 0, per_second))
         assert.equal(1, rate.take(bucket, 2, per_second))
         assert.equal(0, rate.take(bucket, 3, per_second))
      end
   end)

   it("has one bucket for each token", function()
      assert.equal(rate.bucket("rate-spec-one", 0), rate.bucket("rate-spec-one", 1))
      assert.not_equal(rate.bucket("rate-spec-one", 0), rate.bucket("rate-spec-two", 0))
   end)

   it("forgets tokens that nobody uses any more", function()
      local old = rate.bucket("rate-spec-old", 1e6)
      rate.bucket("rate-spec-new", 1e6 + 61)
      assert.not_equal(old, rate.bucket("rate-spec-old", 1e6 + 61))
   end)
end)
