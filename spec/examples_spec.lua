local world = require "spec.support.world"

local function run(example, arguments)
   return world.run(("arg[0] = %q dofile %q"):format(example, example), { arguments = arguments })
end

describe("examples/get_deployment.lua", function()
   local EXAMPLE = "examples/get_deployment.lua"

   it("prints name, status, versions and queues", function()
      local output, status = run(EXAMPLE, world.full)
      assert.equal(
         "name       Hourly Orders\n"
            .. "status     HEALTHY\n"
            .. "airflow    2.10.3\n"
            .. "runtime    12.6.0\n"
            .. "queue      default, 0 to 10 workers\n"
            .. "queue      heavy, 1 to 3 workers\n",
         output
      )
      assert.equal(0, status)
   end)

   it("does without what is absent", function()
      local output, status = run(EXAMPLE, "cmdep0required000000000002")
      assert.matches("^name       required only\n", output)
      assert.equal(0, status)
   end)

   it("says on stderr what failed, and exits with 1", function()
      local output, status = run(EXAMPLE, "cmdep0nobody 2>/dev/null")
      assert.equal("", output)
      assert.equal(1, status)
      output = run(EXAMPLE, "cmdep0nobody")
      assert.matches("^GET deployment cmdep0nobody: 404 Not Found", output)
   end)

   it("says how it is called", function()
      local output, status = run(EXAMPLE)
      assert.matches("^usage: ", output)
      assert.equal(2, status)
   end)

   it("is at most 30 lines long", function()
      local _, lines = world.read(EXAMPLE):gsub("\n", "")
      assert.is_true(lines <= 30)
   end)
end)
