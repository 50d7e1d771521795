local rate = require "astro.client.rate"

describe("rate", function()
   it("lets a lone call through at once, and a burst of four", function()
      local bucket = rate.new(100)
      for _ = 1, 4 do
         assert.is_true(bucket:take(100, 25))
      end
      assert.is_false(bucket:take(100, 25))
   end)

   it("keeps to the rate however long it goes on", function()
      local bucket, now, started = rate.new(0), 0, 0
      while now < 60 do
         if bucket:take(now, 25) then
            started = started + 1
         end
         now = now + 0.001
      end
      assert.is_true(started > 1495 and started <= 1504, started)
   end)

   it("does not hoard while nobody calls", function()
      local bucket = rate.new(0)
      for _ = 1, 4 do
         assert.is_true(bucket:take(1000, 25))
      end
      assert.is_false(bucket:take(1000, 25))
   end)

   it("gives those who wait their turns in the order in which they came", function()
      local bucket = rate.new(0)
      for _ = 1, 4 do
         assert.equal(0, bucket:reserve(0, 10))
      end
      assert.near(0.1, bucket:reserve(0, 10), 1e-9)
      assert.near(0.2, bucket:reserve(0.05, 10), 1e-9)
      assert.is_false(bucket:take(0.15, 10))
      assert.near(0.3, bucket:reserve(0.25, 10), 1e-9)
   end)

   it("takes back a turn that is not used", function()
      local bucket = rate.new(0)
      for _ = 1, 5 do
         bucket:reserve(0, 10)
      end
      bucket:give_back()
      assert.near(0.1, bucket:reserve(0, 10), 1e-9)
   end)

   it("pauses a client, the longest pause counting, but for minutes only", function()
      local bucket, pauses = rate.new(0), rate.pauses()
      assert.equal(0, rate.pause_left(pauses, bucket, 0))
      rate.pause(pauses, bucket, 0, 3)
      rate.pause(pauses, bucket, 0, 1)
      assert.equal(3, rate.pause_left(pauses, bucket, 0))
      assert.equal(1, rate.pause_left(pauses, bucket, 2))
      assert.equal(0, rate.pause_left(pauses, bucket, 3))
      assert.equal(0, rate.pause_left(rate.pauses(), bucket, 0))
      rate.pause(pauses, bucket, 0, 604800)
      assert.equal(300, rate.pause_left(pauses, bucket, 0))
   end)

   it("has one bucket for each token at a host", function()
      local one = rate.bucket("rate-spec-one", "a", 0)
      assert.equal(one, rate.bucket("rate-spec-one", "a", 1))
      assert.not_equal(one, rate.bucket("rate-spec-two", "a", 0))
      assert.not_equal(one, rate.bucket("rate-spec-one", "b", 0))
   end)

   it("forgets tokens that nobody uses any more", function()
      local old = rate.bucket("rate-spec-old", "a", 1e6)
      rate.bucket("rate-spec-new", "a", 1e6 + 601)
      assert.not_equal(old, rate.bucket("rate-spec-old", "a", 1e6 + 601))
   end)
end)
