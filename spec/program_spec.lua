-- examples/astro.lua, as somebody types it.

local cjson = require "cjson"
local terminal = require "spec.support.terminal"
local world = require "spec.support.world"

local PROGRAM = "examples/astro.lua"
local REQUIRED, ASLEEP = "cmdep0required000000000002", "cmdep0hibernating00000005"

-- What a command line prints where there is no terminal, and its exit status.
local function run(arguments, environment)
   return world.with_environment(environment or {}, function()
      local output, status =
         world.shell(world.preloaded(("%s %s %s"):format(world.interpreter, PROGRAM, arguments)))
      assert.is_nil(output:find("\27", 1, true))
      return output, status
   end)
end

local function below(path)
   return { ASTRO_API_URL = world.stand_in .. path }
end

local OPERATIONS = { ASTRO_API_URL = world.stand_in .. "/operations", ASTRO_API_VERSION = "none" }
local GROWING = below "/growing/plain"

-- The names of a kind in a help, in its order.
local function listed(help, title)
   local names = {}
   for line in (help:match("\n" .. title .. ":\n(.-)\n\n") or ""):gmatch "[^\n]+" do
      names[#names + 1] = line:match "^  ([%w-]+)" or line
   end
   return names
end

local COMMANDS = listed((run "--help"), "commands")

describe("examples/astro.lua", function()
   it("has these commands, and says so", function()
      assert.equal(
         "get list diff wait log watch history hibernate wake completion",
         table.concat(COMMANDS, " ")
      )
      for _, arguments in ipairs({ "", "-h", "--help", "--help get" }) do
         local output, status = run(arguments .. " 2>/dev/null")
         assert.matches("^usage: astro.lua COMMAND %[FLAG%.%.%.%]\n", output)
         assert.matches("\nexit status:\n  0 .*\n  1 .*\n  2 .*\n  4 .*\n  130 .*\n$", output)
         assert.equal(0, status)
      end
   end)

   for _, command in ipairs(COMMANDS) do
      it("says what it is for: " .. command, function()
         for _, flag in ipairs({ "-h", "--help", "--no-such --help" }) do
            local output, status = run(("%s %s 2>/dev/null"):format(command, flag))
            assert.equal(1, (output:find("usage: astro.lua " .. command, 1, true)))
            assert.equal(0, status)
         end
      end)
   end

   it("prints a card, by id or by name", function()
      for _, word in ipairs({ world.full, "'Hourly Orders'", "-- ' Hourly Orders'" }) do
         local output, status = run("get " .. word)
         assert.matches("^Hourly Orders  HEALTHY  All components are ready\n", output)
         assert.matches("\n\nWho and when\n", output)
         assert.equal(0, status)
      end
   end)

   it("prints a table of all, by name", function()
      local output, status = run "list"
      assert.matches("^STATUS +NAME [^\n]*\nHEALTHY +Hourly Orders [^\n]*\nHIBERNATING +asleep ", output)
      assert.equal(0, status)
   end)

   it("prints JSON where that is asked for, whole or some fields", function()
      for arguments, expected in pairs({
         ["get asleep --json id,name"] = { id = ASLEEP, name = "asleep" },
         ["get --json id,name asleep"] = { id = ASLEEP, name = "asleep" },
         ["get --json=id asleep"] = { id = ASLEEP },
         ["wait asleep --status HIBERNATING --json status"] = { status = "HIBERNATING" },
         ["wake asleep --json name"] = { name = "asleep" },
      }) do
         local output, status = run(arguments)
         assert.same(expected, cjson.decode(output))
         assert.equal(0, status)
      end
      assert.equal("Hourly Orders", cjson.decode((run "list --json"))[1].name)
      assert.same({ name = "Hourly Orders" }, cjson.decode((run "list --json name"))[1])
      for _, arguments in ipairs({ "get --json asleep", "get asleep --json" }) do
         assert.equal("HIBERNATING", cjson.decode((run(arguments))).status)
      end
   end)

   it("prints an empty list as one", function()
      local body = '{"deployments":[],"limit":100,"offset":0,"totalCount":0}'
      for _, arguments in ipairs({ "list --json", "list --json name" }) do
         assert.equal("[]\n", (run(arguments, { ASTRO_API_URL = world.answer("200 OK", body) })))
      end
   end)

   it("masks secrets in JSON", function()
      local output = run("history id1 --json", OPERATIONS)
      assert.equal("••••••", cjson.decode(output)[1].dagsUploadUrl)
   end)

   it("prints what differs, and nothing where nothing does", function()
      local output, status = run(("diff 'required only' %s"):format(ASLEEP))
      assert.matches("\nstatus +HEALTHY → HIBERNATING\n", output)
      assert.equal(0, status)
      assert.same({ "", 0 }, { run(("diff 'required only' %s"):format(REQUIRED)) })
      local changes = cjson.decode((run(("diff %s asleep --json"):format(REQUIRED))))
      assert.same({ path = "id", old = REQUIRED, new = ASLEEP }, changes[1])
   end)

   it("waits for a status", function()
      assert.same({ "HEALTHY\n", 0 }, { run(("wait %s 2>/dev/null"):format(world.full)) })
      local output, status = run "wait asleep --timeout 0.01"
      assert.matches(
         "^wait for deployment cmdep[%w]+: timeout: after 0 s: status HIBERNATING [^\n]*\n$",
         output
      )
      assert.equal(1, status)
   end)

   it("prints a log", function()
      local id = "cmdep0log00000000000000001"
      local since = "--since 2026-11-27T12:00:00Z"
      local output, status = run(("log %s %s --sources worker,scheduler"):format(id, since), GROWING)
      assert.equal(
         "2026-11-27 12:00:00.000  scheduler      start\n2026-11-27 12:00:00.000  worker         start\n"
            .. ("2026-11-27 12:00:01.000  scheduler      the same\n"):rep(4)
            .. "2026-11-27 12:00:02.000  worker         Task \\27[31mload\\27[0m ERROR\n",
         output
      )
      assert.equal(0, status)
      output = run(("log %s %s --sources worker --json"):format(id, since), GROWING)
      assert.same(
         { "start", "worker" },
         { cjson.decode(output:match "^[^\n]+").raw, output:match '"(worker)"' }
      )
      assert.is_nil(output:find "scheduler")
   end)

   it("prints a table of deploys", function()
      local output, status = run("history id1", OPERATIONS)
      assert.matches("^CREATED [^\n]*RUNS\n2026%-11%-27 10:00:00 UTC  IMAGE_AND_DAG  INITIALIZED", output)
      assert.equal(0, status)
   end)

   it("hibernates and wakes, and says whether it had to", function()
      local awake, asleep = below "/hibernating/awake", below "/hibernating/asleep"
      assert.same({ "cmsleeper  hibernated\n", 0 }, { run("hibernate sleeper", awake) })
      assert.same({ "cmsleeper  woken\n", 0 }, { run("wake sleeper --wait --until 2h", asleep) })
      local once = world.preloaded(("%s %s hibernate sleeper"):format(world.interpreter, PROGRAM))
      local output, status = world.with_environment(awake, function()
         return world.shell(("%s; %s --wait"):format(once, once))
      end)
      assert.same({ "cmsleeper  hibernated\ncmsleeper  unchanged\n", 0 }, { output, status })
      output, status = run("hibernate refused", awake)
      assert.matches("^POST deployments/refused/hibernation%-override: 403 Forbidden:[^\n]*\n$", output)
      assert.equal(1, status)
   end)

   it("finds whom a name means, and refuses a name that two have", function()
      local output, status = run "get 'Hourly Order'"
      assert.same(
         { "no Deployment is called 'Hourly Order'; did you mean 'Hourly Orders'?\n", 1 },
         { output, status }
      )
      output, status = run("get text", OPERATIONS)
      assert.same({ "3 Deployments are called 'text': id1, id2, id3\n", 1 }, { output, status })
   end)
end)

describe("examples/astro.lua, as it goes on,", function()
   local FIRST, SECOND = "cmdep00000000000000000001", "cmdep00000000000000000002"
   local CHANGING = below "/changing/2/same,sick,less,500,403"

   it("prints a line for each change, and ends where it is refused", function()
      local output, status = run("watch --interval 0.001", CHANGING)
      local lines = {}
      for line in output:gmatch "[^\n]+" do
         lines[#lines + 1] = line:gsub("^%d%d:%d%d:%d%d  ", ""):gsub(" +", " ")
      end
      assert.same({
         "appeared " .. FIRST,
         " name (absent) → number 1",
         " status (absent) → HEALTHY",
         "appeared " .. SECOND,
         " name (absent) → number 2",
         " status (absent) → HEALTHY",
         "changed " .. FIRST,
         " status HEALTHY → UNHEALTHY",
         " workerQueues[name=heavy].podCpu 8 → 9",
         "gone " .. FIRST,
         " name number 1 → (absent)",
         " status UNHEALTHY → (absent)",
         "failed: GET deployments: 500 Internal Server Error: refused (request stand-in-500)",
         "failed: GET deployments: 403 Forbidden: refused (request stand-in-403)",
         "failed: GET deployments: 403 Forbidden: refused (request stand-in-403)",
         "GET deployments: 403 Forbidden: refused (request stand-in-403)",
      }, lines)
      assert.equal(1, status)
   end)

   it("prints JSON for each change", function()
      local output = run(("watch %s %s --interval 0.001 --json 2>/dev/null"):format(SECOND, FIRST), CHANGING)
      local kinds = {}
      for line in output:gmatch "[^\n]+" do
         local event = cjson.decode(line)
         kinds[#kinds + 1] = event.kind .. (event.changes and "," .. event.changes[1].path or "")
      end
      assert.equal("appeared appeared changed,status gone failed failed failed", table.concat(kinds, " "))
   end)

   it("prints a table anew where there is no terminal", function()
      local output, status = run("list --watch --json name,status --interval 0.001 2>/dev/null", CHANGING)
      local function row(number, status_of_it)
         return { name = "number " .. number, status = status_of_it }
      end
      local tables = {}
      for line in output:gmatch "[^\n]+" do
         tables[#tables + 1] = cjson.decode(line)
      end
      assert.same({ row(1, "HEALTHY"), row(2, "HEALTHY") }, tables[1])
      assert.same({ row(1, "UNHEALTHY"), row(2, "HEALTHY") }, tables[2])
      assert.same({ row(2, "HEALTHY") }, tables[3])
      assert.equal(1, status)
   end)

   it("prints a card until its Deployment is gone", function()
      local output, status = run(("get %s --watch --interval 0.001"):format(FIRST), CHANGING)
      assert.matches(
         "^number 1  HEALTHY .*\nnumber 1  UNHEALTHY .*\ndeployment " .. FIRST .. " is gone\n$",
         output
      )
      assert.equal(1, status)
   end)

   it("ends by Ctrl-C without a word", function()
      local program = ([[
         arg = { [-1] = "lua", [0] = %q, "log", "cmdep0log00000000000000001", "--since", "2026-11-27T12:00:00Z", "-f" }
         local write, lines = io.write, 0
         local pid = io.open("/proc/self/stat"):read "*n"
         function io.write(...)
            assert(write(...))
            lines = lines + 1
            if lines == 2 then
               io.flush()
               io.popen("kill -INT " .. pid):close() -- os.execute would ignore the signal
            end
            return true
         end
         dofile(arg[0])
      ]]):format(PROGRAM)
      local output, status = world.run(program)
      assert.matches("^2026[^\n]*Scheduler started\n2026[^\n]*Task load_orders succeeded\n$", output)
      assert.equal(130, status)
   end)
end)

describe("examples/astro.lua on a terminal", function()
   local function typed(arguments, environment, steps)
      return world.with_environment(environment, function()
         local command =
            world.preloaded(("%s %s %s; echo status $?"):format(world.interpreter, PROGRAM, arguments))
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

   it("has no colour where nobody wants it", function()
      local screen = typed("list", { NO_COLOR = "1" }, { { "''", "status" } })
      assert.matches("^before\nSTATUS [^\n]*\nHEALTHY ", screen)
      assert.matches("\nstatus 0$", screen)
   end)
end)

describe("the command line of examples/astro.lua", function()
   for arguments, expected in pairs({
      lst = "unknown command 'lst'; did you mean 'list'? (see 'astro.lua --help')",
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
      ["wait asleep --status HELTHY"] = "^bad option 'status' to 'wait_for' %(.*did you mean 'HEALTHY'%?%)\n$",
      ["get asleep --json statsu"] = "^bad path 'statsu' .*did you mean 'status'%?%)\n$",
      ["log asleep --since yesterday"] = "^bad option 'since' to 'each_log'[^\n]*\n$",
      ["log asleep --sources wroker"] = "^bad [^\n]*did you mean 'worker'[^\n]*\n$",
      ["watch --interval 0"] = "^bad option 'interval' to 'watch'[^\n]*\n$",
      ["get cmdep0nobody0000000000001"] = "^GET deployment cmdep0nobody0000000000001: 404 [^\n]*\n$",
      ["completion tcsh"] = "^no script for 'tcsh'[^\n]*\n$",
   }) do
      it("ends in one line where a value is none: " .. arguments, function()
         local output, status = run(arguments .. " 2>&1 >/dev/null")
         assert.matches(expected, output)
         assert.equal(1, status)
      end)
   end

   it("is good in any folder", function()
      local command = ('cd / && %s "$OLDPWD"/%s get asleep --json name'):format(world.interpreter, PROGRAM)
      assert.equal(
         '{"name":"asleep"}\n',
         (world.shell(("export %s"):format(world.preloaded("; " .. command))))
      )
   end)
end)

describe("a failure of examples/astro.lua", function()
   for what, case in pairs({
      ["no organization"] = { { ASTRO_ORGANIZATION_ID = false }, "ASTRO_ORGANIZATION_ID is not set", 1 },
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
      local output, status = world.shell(("ASTRO_API_TOKEN= %s %s list"):format(world.interpreter, PROGRAM))
      assert.matches("^bad argument 'token' [^\n]*ASTRO_API_TOKEN is not set[^\n]*\n$", output)
      assert.equal(4, status)
   end)

   it("is one line on stderr: no library", function()
      local none = { LUA_PATH = "", LUA_CPATH = "" }
      local output, status = run("list", none)
      assert.matches("does not find the library: [^\n]*\n$", output)
      assert.equal(1, status)
   end)

   it("is one line on stderr: nobody takes what it prints", function()
      assert.same({ "stdout: No space left on device\n", 1 }, { run "list 2>&1 >/dev/full" })
   end)
end)
