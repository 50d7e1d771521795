local world = require "spec.support.world"

local function run(program)
   return (world.run("local core = require 'astro.core' io.stdout:setvbuf 'no'\n" .. program))
end

describe("core.at_exit", function()
   it("says a line when the program ends, each once, in their order", function()
      local output = run [[
         for _, line in ipairs { "one two", "one two", "one", "two", "one", "one two", "" } do
            assert(core.at_exit(line))
         end
         print "program"
      ]]
      assert.equal("program\none two\none\ntwo\n\n", output)
   end)

   it("says in a child of fork what the child has added", function()
      local fork = os.tmpname()
      world.compile(fork, "spec/support/fork.c", "--cflags", "-shared -fPIC")
      local output = run(([[
         local process = assert(package.loadlib(%q, "luaopen_fork"))()
         core.at_exit "the parent's"
         local pid = process.fork()
         if pid == 0 then
            core.at_exit "the child's"
            os.exit(0)
         end
         process.wait(pid)
      ]]):format(fork))
      os.remove(fork)
      assert.equal("the child's\nthe parent's\n", output)
   end)

   it("has room for some, and says when it has none", function()
      local output = run [[
         local taken = 0
         while taken < 20 and core.at_exit(("x"):rep(999) .. taken) do
            taken = taken + 1
         end
         print(taken, core.at_exit(("x"):rep(999) .. 0), core.at_exit(("y"):rep(1e6)))
      ]]
      assert.matches("^16\ttrue\tfalse\n", output)
      local _, lines = output:gsub("\n", "")
      assert.equal(17, lines)
   end)
end)
