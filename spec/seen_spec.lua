local seen = require "astro.client.seen"

local function line(timestamp, raw, source)
   return { timestamp = timestamp, raw = raw or "text", source = source or "worker" }
end

describe("lines that were seen", function()
   it("are known by time, source and text, and counted", function()
      local memory = seen.new()
      assert.equal(0, memory:count(line(5)))
      assert.equal(1, memory:add(line(5)))
      assert.equal(2, memory:add(line(5)))
      assert.equal(2, memory:count(line(5)))
      assert.equal(0, memory:count(line(6)))
      assert.equal(0, memory:count(line(5, "other")))
      assert.equal(0, memory:count(line(5, "text", "scheduler")))
      assert.equal(2, memory.size)
   end)

   it("are forgotten by time", function()
      local memory = seen.new()
      for at = 1, 10 do
         memory:add(line(at))
      end
      memory:forget(7)
      assert.same({ 0, 1, 4 }, { memory:count(line(6)), memory:count(line(7)), memory.size })
   end)

   it("are a number at the most", function()
      local memory = seen.new()
      for at = 1, 10 do
         memory:add(line(at))
         memory:add(line(at))
      end
      assert.is_nil(memory:keep(20))
      assert.equal(5, memory:keep(19) - 1)
      assert.same({ 0, 2, 8 }, { memory:count(line(6)), memory:count(line(7)), memory.size })
   end)
end)
