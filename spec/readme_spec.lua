local world = require "spec.support.world"
local reference = require "spec.support.reference"

local readme = world.read "README.md"

describe("README", function()
   local blocks = 0
   for code, printed in readme:gmatch "```lua\n(.-)```\n```text\n(.-)```" do
      blocks = blocks + 1

      it("prints what it says: block " .. blocks, function()
         if code:find "astro%.loop" and _VERSION == "Lua 5.1" and not jit then
            assert.matches("a loop needs LuaJIT or Lua 5.2", (world.run(code)))
            return
         end
         local output, status = world.run(code)
         assert.equal(printed, (output:gsub("/%S+:(%d+: )", "script.lua:%1")))
         assert.equal(0, status)
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

   it("is at most 200 lines long", function()
      local _, lines = readme:gsub("\n", "")
      assert.is_true(lines <= 200)
   end)

   it("names targets that make has", function()
      local makefile = world.read "Makefile"
      for block in readme:gmatch "```sh\n(.-)```" do
         for target in block:gsub("make %-[^ ]+ ", "make "):gmatch "make (%l[%l-]+)" do
            assert.is_truthy(makefile:find("\n" .. target .. ":", 1, true), target)
         end
      end
   end)

   it("has the tables that the data makes: run `make reference`", function()
      assert.equal(reference.readme(readme), readme)
   end)
end)
