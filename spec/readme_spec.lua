local world = require "spec.support.world"
local reference = require "spec.support.reference"

local readme = world.read "README.md"

describe("README", function()
   local blocks = 0
   for code, printed in readme:gmatch "```lua\n(.-)```\n\n```text\n(.-)```" do
      blocks = blocks + 1

      it("prints what it says: block " .. blocks, function()
         local file = os.tmpname()
         world.shell(("printf ' file-token\\n' > %s"):format(file))
         world.with_environment({ TOKEN_FILE = file }, function()
            local output, status = world.run(code)
            assert.equal(printed, (output:gsub("/%S+:(%d+: )", "script.lua:%1")))
            assert.equal(0, status)
         end)
         os.remove(file)
      end)
   end

   it("has no Lua block without its output", function()
      local _, all = readme:gsub("```lua\n", "")
      assert.equal(all, blocks)
   end)

   it("shows code and what it prints before line 25", function()
      local before = readme:sub(1, (readme:find "HEALTHY\tdefault"))
      local _, lines = before:gsub("\n", "")
      assert.is_true(lines < 24)
   end)

   it("has the tables that the data makes: run `make reference`", function()
      assert.equal(reference.readme(readme), readme)
   end)
end)
