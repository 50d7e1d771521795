-- examples/astro.lua: how it is called, on a terminal and without one, and how it ends.

local program = require "spec.support.program"
local terminal = require "spec.support.terminal"
local world = require "spec.support.world"

local run, below = program.run, program.below

describe("the command line of examples/astro.lua", function()
   for arguments, expected in pairs({
      lst = "unknown command 'lst'; did you mean 'list'? (see 'astro.lua --help')",
      gte = "unknown command 'gte'; did you mean 'get'? (see 'astro.lua --help')",
      ["'x\27[31m'"] = "unknown command 'x?[31m' (see 'astro.lua --help')",
      ["--josn list"] = "unknown flag '--josn' (see 'astro.lua --help')",
      ["list --josn"] = "unknown flag '--josn'; did you mean '--json'? (see 'astro.lua list --help')",
      ["list -x"] = "unknown flag '-x' (see 'astro.lua list --help')",
      ["list x"] = "'x' is one argument too many (see 'astro.lua list --help')",
      ["list -- --json"] = "'--json' is one argument too many (see 'astro.lua list --help')",
      get = "DEPLOYMENT is missing (see 'astro.lua get --help')",
      ["diff a"] = "DEPLOYMENT is missing (see 'astro.lua diff --help')",
      ["get a b c"] = "'b' is one argument too many (see 'astro.lua get --help')",
      ["get a --json ''"] = "--json takes FIELDS, not '' (see 'astro.lua get --help')",
      ["wait a --status"] = "--status needs STATUS (see 'astro.lua wait --help')",
      ["wait a --timeout soon"] = "--timeout takes SECONDS, not 'soon' (see 'astro.lua wait --help')",
      ["log a --follow=yes"] = "--follow takes no value (see 'astro.lua log --help')",
   }) do
      it("is refused where it is not understood: " .. arguments:gsub("%c", "?"), function()
         local output, status = run(arguments .. " 2>&1 >/dev/null")
         assert.same({ expected .. "\n", 2 }, { output, status })
         assert.equal("", (run(arguments .. " 2>/dev/null")))
      end)
   end

   for arguments, expected in pairs({
      ["wait asleep --status HELTHY"] = "^%-%-status: .*did you mean 'HEALTHY'%? ",
      ["get asleep --json statsu"] = "^%-%-json: .*did you mean 'status'%? ",
      ["log asleep --since yesterday"] = "^%-%-since: a duration ",
      ["log asleep --sources wroker"] = "^%-%-sources: .*did you mean 'worker'%? ",
      ["watch --interval 0"] = "^%-%-interval: a number ",
      ["wake asleep --until tomorrow"] = "^%-%-until: a time ",
      ["completion tcsh"] = "^no script for 'tcsh'",
   }) do
      it("is refused where a flag's value is none: " .. arguments, function()
         local output, status = run(arguments .. " 2>&1 >/dev/null")
         assert.matches(expected, output)
         assert.matches("^[^\n]* %(see 'astro.lua " .. arguments:match "^%l+" .. " %-%-help'%)\n$", output)
         assert.equal(2, status)
      end)
   end

   it("is good in any folder", function()
      local command = ('cd / && %s "$OLDPWD"/%s get asleep --json name'):format(
         world.interpreter,
         program.PATH
      )
      assert.equal(
         '{"name":"asleep"}\n',
         (world.shell(("export %s"):format(world.preloaded("; " .. command))))
      )
   end)
end)

describe("a failure of examples/astro.lua", function()
   for what, case in pairs({
      ["no organization"] = { { ASTRO_ORGANIZATION_ID = false }, "ASTRO_ORGANIZATION_ID is not set", 1 },
      ["nobody"] = { { ASTRO_API_URL = world.error_answer "404_not_found.json" }, "404 Not Found", 1 },
      ["http://"] = { { ASTRO_API_URL = "http://example.com" }, "https://", 1 },
      ["a refusal"] = { { ASTRO_API_URL = world.error_answer "403_permissions.json" }, "403 Forbidden", 1 },
      ["a token that is refused"] = {
         { ASTRO_API_URL = world.error_answer "401_expired.json" },
         "401 Unauth",
         4,
      },
      ["a stranger"] = { { ASTRO_API_URL = world.host "untrusted.localhost" }, "tls: ", 1 },
   }) do
      it("is one line on stderr: " .. what, function()
         for _, arguments in ipairs({ "list", "get asleep", "diff asleep nulls" }) do
            local output, status = run(arguments .. " 2>&1 >/dev/null", case[1])
            assert.is_truthy(output:find(case[2], 1, true), output)
            assert.is_nil(output:find "\n.")
            assert.equal(case[3], status)
         end
      end)
   end

   it("is one line on stderr: no token", function()
      local output, status = world.shell(
         world.preloaded(("env -u ASTRO_API_TOKEN %s %s list"):format(world.interpreter, program.PATH))
      )
      assert.equal("ASTRO_API_TOKEN is not set\n", output)
      assert.equal(4, status)
   end)

   it("is one line on stderr: no library", function()
      local none = { LUA_PATH = "", LUA_CPATH = "" }
      local output, status = run("list", none)
      assert.matches("does not find the library: [^\n]*\n$", output)
      assert.equal(1, status)
   end)

   it("is one line on stderr: nobody takes what it prints", function()
      for _, arguments in ipairs({ "list", "list --json" }) do -- the second is more than a buffer takes
         assert.same({ "stdout: No space left on device\n", 1 }, { run(arguments .. " 2>&1 >/dev/full") })
      end
   end)
end)

describe("examples/astro.lua on a terminal", function()
   local function typed(arguments, environment, steps)
      return world.with_environment(environment, function()
         local command = program.command(arguments) .. "; echo status $?"
         return terminal.typed(120, "echo before\n" .. command, steps)
      end)
   end

   it("draws a table over itself, in colour, until Ctrl-C", function()
      local changing = below "/changing/2/same,sick"
      local screen =
         typed("list --watch --interval 0.01", changing, { { "''", "^UNHEALTHY" }, { "C-c", "status" } })
      assert.matches(
         "^\27%[2mSTATUS.*\n[^\n]*%[31m[^\n]*UNHEALTHY[^\n]*number 1.*\n\27%[32mHEALTHY[^\n]*number 2",
         screen
      )
      assert.matches("\n[^\n]*%^Cstatus 130$", screen)
      assert.is_nil(screen:find("before", 1, true))
   end)

   it("keeps the top of a card that has no room on the screen", function()
      local steps = { { "''", "^Hourly Orders  HEALTHY" }, { "C-c", "status" } }
      local screen = typed("get 'Hourly Orders' --watch", { NO_COLOR = "1" }, steps)
      assert.matches("\nDeployment\n.*\nWorker queues\n.*\n%^Cstatus 130$", screen)
      assert.is_nil(screen:find "\nWho and when\n")
   end)

   it("has no colour where nobody wants it", function()
      local screen = typed("list", { NO_COLOR = "1" }, { { "''", "status" } })
      assert.matches("^before\nSTATUS [^\n]*\nHEALTHY ", screen)
      assert.matches("\nstatus 0$", screen)
   end)
end)
