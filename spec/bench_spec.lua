-- How the benchmark counts and what it says; what it measures is asserted nowhere.

local compare = require "spec.bench.compare"
local report = require "spec.bench.report"

local function any()
   return true
end

local function quiet() end

-- A section whose figures are given, in order, by subject.
local function section(figures, to_reach)
   local asked = {}
   local subjects = { { name = "astro" } }
   if figures.floor then
      subjects[2] = { name = "floor" }
   end
   return {
      parts = { { title = "A title", unit = "µs", digits = 1, to_reach = to_reach } },
      subjects = subjects,
      rounds = 3,
      figure = function(subject)
         asked[#asked + 1] = subject.name
         return table.remove(figures[subject.name], 1)
      end,
   },
      asked
end

describe("the benchmark", function()
   it("measures in turn, and gives the median and spread of each pair's ratio", function()
      local given, asked = section({ astro = { 10, 20, 60 }, floor = { 10, 10, 20 } })
      local line = compare.run(given, any, quiet)[1].lines[2]
      assert.equal("astro floor astro floor astro floor", table.concat(asked, " "))
      assert.same({ min = 1, median = 2, max = 3 }, line.ratio)
      assert.equal(10, line.value)
   end)

   it("says whether a ratio is what it is to be", function()
      for at_most, said in pairs({ [2] = "met", [1.9] = "not met" }) do
         local given = section(
            { astro = { 20, 20, 20 }, floor = { 10, 10, 10 } },
            { beside = "floor", at_most = at_most }
         )
         assert.matches(
            ("≤ %.2f  %s\n"):format(at_most, said),
            report.text(compare.run(given, any, quiet)[1])
         )
      end
   end)

   it("says whether a figure is what it is to be", function()
      local given = section({ astro = { 3, 4, 5 } }, { at_most = 4 })
      assert.equal(
         "| A title | 4.0 µs |  |  | ≤ 4: met |\n",
         report.markdown(compare.run(given, any, quiet)[1])
      )
   end)

   it("leaves out who is not there, with a note", function()
      local given = section({ astro = { 1, 1, 1 }, floor = {} })
      given.subjects[2].check = "false"
      local text = report.text(compare.run(given, any, quiet)[1])
      assert.matches("floor +not installed\n", text)
      assert.matches("astro +1.0\n", text)
   end)

   it("skips what cannot be measured, and says why", function()
      local given, asked = section({ astro = {}, floor = {} })
      given.missing = "no valgrind here"
      assert.equal("A title\n  skipped: no valgrind here\n", report.text(compare.run(given, any, quiet)[1]))
      assert.same({}, asked)
   end)

   it("asks only for the others that are wanted", function()
      local given, asked = section({ astro = { 1, 1, 1 }, floor = {} })
      compare.run(given, function()
         return false
      end, quiet)
      assert.equal("astro astro astro", table.concat(asked, " "))
   end)
end)
