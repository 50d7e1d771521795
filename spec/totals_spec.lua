-- What `make test` prints, by which machines count and people see what runs.

local world = require "spec.support.world"

local GOOD = 'it("holds", function() end) it("holds, too", function() end)'
local BAD =
   'it("breaks", function() error "of this" end) it("lacks", function() assert.equal(1, 2) end) pending "later"'

-- Files of specs, in a folder of their own.
local function run(...)
   local command = "d=$(mktemp -d) && "
   for i, text in ipairs({ ... }) do
      command = command .. ("cp %s $d/part%d.lua && "):format(world.write("spec", text), i)
   end
   command = command
      .. '%s "$(command -v busted)" --output=spec/support/totals.lua $d/part*; s=$?; rm -r $d; (exit $s)'
   return world.shell(command:format(world.interpreter))
end

describe("what busted prints", function()
   it("has a line for each file, and the totals last", function()
      local output, status = run(GOOD, GOOD)
      assert.matches("^%S+/part%d.lua  2 in %d+%.%d s\n%S+/part%d.lua  2 in %d+%.%d s\n", output)
      assert.matches("\n4 passed, 0 failed\n$", output)
      assert.equal(0, status)
   end)

   it("says where it failed, and by what in the end", function()
      local output, status = run(BAD, GOOD)
      assert.matches("^%S+/part%d.lua  3 in %d+%.%d s, 2 failed\n%S+/part%d.lua  2 in %d+%.%d s\n", output)
      for _, detail in ipairs({ "of this", "Passed in:\n(number) 2", "breaks", "lacks", "later" }) do
         assert.is_truthy(output:find(detail, 1, true), detail)
      end
      assert.matches("\n2 passed, 2 failed, 1 skipped\n$", output)
      assert.not_equal(0, status)
   end)

   it("counts a file that cannot be loaded", function()
      assert.matches("\n0 passed, 1 failed\n$", (run "no Lua at all"))
   end)
end)
