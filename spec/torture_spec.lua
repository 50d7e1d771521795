-- The short form of each part of `make torture`.

local world = require "spec.support.world"
local report = require "spec.torture.report"

local PARTS = {
   "wire",
   "answers",
   "streams",
   "reach",
   "process",
   "ends",
   "threads",
   "load",
   "memory",
   "bodies",
   "fuzz",
   "secrets",
}

describe("torture", function()
   for _, part in ipairs(PARTS) do
      it("finds nothing in its short form: " .. part, function()
         local run = report.new(part, false)
         require("spec.torture." .. part)(run)
         assert.equal("", run:complaints())
      end)
   end

   it("counts, and tells what broke", function()
      local lines = {}
      local run = report.new("part", true, function(line)
         lines[#lines + 1] = line
      end)
      run:row("good", function(row)
         row:expect("timeout", "timeout")
         row:came "other"
      end)
      assert.equal("", run:complaints())
      run:row("bad", function(row)
         row:expect("timeout", "value", "byte 7")
         error("raised on purpose", 0)
      end)
      assert.matches("^part +good +2 +%d+ s  other 1, timeout 1$", lines[1])
      assert.matches("^part +bad +1 +%d+ s  value 1, BROKEN 2$", lines[2])
      assert.matches(
         "^part: bad: value, not timeout %(byte 7%)\npart: bad: raised on purpose\n",
         run:complaints()
      )
      for _ = 1, 40 do
         run:row("bad", error)
      end
      assert.matches("\nand 22 more$", run:complaints())
   end)
end)

describe("SECURITY.md", function()
   local text = world.read "SECURITY.md"

   it("names specs that there are", function()
      for path in text:gmatch "`(spec/[%w_/]+%.lua)`" do
         assert.is_string(world.read(path))
      end
   end)

   it("names every part of `make torture`, and no other", function()
      local named = {}
      for parts in text:gmatch "parts? (`[^|]+) |" do
         for part in parts:gmatch "`(%l+)`" do
            named[part] = true
         end
      end
      for _, part in ipairs(PARTS) do
         assert.is_true(named[part], part)
         named[part] = nil
      end
      assert.is_nil((next(named)))
   end)

   it("is spoken of in the Makefile by the same parts", function()
      local parts = {}
      for part in world.read("Makefile"):match("\nparts %?= ([^\n]*)"):gmatch "%l+" do
         parts[#parts + 1] = part
      end
      table.sort(parts)
      local sorted = { (table.unpack or unpack)(PARTS) }
      table.sort(sorted)
      assert.same(sorted, parts)
   end)
end)
