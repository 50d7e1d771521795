-- examples/astro.lua: what its commands print.

local cjson = require "cjson"
local program = require "spec.support.program"
local world = require "spec.support.world"

local run, below = program.run, program.below

local REQUIRED, ASLEEP = "cmdep0required000000000002", "cmdep0hibernating00000005"
local OPERATIONS = { ASTRO_API_URL = world.stand_in .. "/operations", ASTRO_API_VERSION = "none" }
local GROWING = below "/growing/plain"

local COMMANDS =
   { "get", "list", "diff", "wait", "log", "watch", "history", "hibernate", "wake", "completion" }

describe("examples/astro.lua", function()
   it("has these commands, and says so", function()
      for _, arguments in ipairs({ "", "-h", "--help", "--help get" }) do
         local output, status = run(arguments .. " 2>/dev/null")
         assert.matches("^usage: astro.lua COMMAND %[FLAG%.%.%.%]\n", output)
         assert.is_nil(output:find(("[^\n]"):rep(81)))
         local names = {}
         for line in output:match("\ncommands:\n(.-)\n\n"):gmatch "[^\n]+" do
            names[#names + 1] = line:match "^  (%l+)"
         end
         assert.same(COMMANDS, names)
         assert.matches("\nexit status:\n  0 .*\n  1 .*\n  2 .*\n  4 .*\n  130 .*\n$", output)
         assert.equal(0, status)
      end
   end)

   for _, command in ipairs(COMMANDS) do
      it("says what it is for: " .. command, function()
         for _, flag in ipairs({ "-h", "--help", "--no-such --help" }) do
            local output, status = run(("%s %s 2>/dev/null"):format(command, flag))
            assert.equal(1, (output:find("usage: astro.lua " .. command, 1, true)))
            assert.is_nil(output:find(("[^\n]"):rep(81)))
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
         ["get asleep --json id,region"] = { id = ASLEEP, region = cjson.null },
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
      local secretive = world.write(
         "secret",
         ([[
            local astro, values = require "astro", { "hush", "quiet" }
            local client = astro.client
            local function transport()
               local value = table.remove(values, 1) or os.exit(0)
               local variable = { key = "A", isSecret = true, value = value }
               local text = astro.pretty.json { id = %q, environmentVariables = { variable } }
               local page = ('{"deployments":[%%s],"totalCount":1,"limit":100,"offset":0}'):format(text)
               return 200, {}, arg[1] == "watch" and page or text
            end
            function astro.client()
               return client { transport = transport }
            end
            arg[0] = %q
            dofile(arg[0])
         ]]):format(REQUIRED, program.PATH)
      )
      for _, arguments in ipairs({
         "diff ID ID --json",
         "get ID --json",
         "get ID --json environmentVariables",
         "watch ID --interval 0.001 --json",
      }) do
         arguments = arguments:gsub("ID", REQUIRED)
         output = world.shell(world.preloaded(("%s %s %s"):format(world.interpreter, secretive, arguments)))
         assert.is_nil(output:find "hush" or output:find "quiet")
         assert.is_truthy(output:find "••••••", output)
      end
   end)

   it("prints what differs, and nothing where nothing does", function()
      local output, status = run(("diff 'required only' %s"):format(ASLEEP))
      assert.matches("\nstatus +HEALTHY → HIBERNATING\n", output)
      assert.equal(0, status)
      assert.same({ "", 0 }, { run(("diff 'required only' %s"):format(REQUIRED)) })
      output = run(("diff %s asleep --json"):format(REQUIRED))
      assert.same({ path = "id", old = REQUIRED, new = ASLEEP }, cjson.decode(output)[1])
      assert.matches('"allowedIpAddressRanges":%[%]', output)
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

   it("says where a log has no lines", function()
      for given, said in pairs({ [""] = "1h", [" --json --since 10m"] = "10m" }) do
         local output, status = run(("log asleep%s"):format(given))
         assert.same({ ("no lines: --since %s\n"):format(said), 0 }, { output, status })
         assert.equal("", (run(("log asleep%s 2>/dev/null"):format(given))))
      end
   end)

   it("prints a table of deploys", function()
      local output, status = run("history id1", OPERATIONS)
      assert.matches("^CREATED [^\n]*RUNS\n2026%-11%-27 10:00:00 UTC  IMAGE_AND_DAG  INITIALIZED", output)
      assert.equal(0, status)
      assert.matches(
         "\n[^\n]* FAILED [^\n]* %-\n[^\n]* DEPLOYED [^\n]* yes\n$",
         (run "history 'Hourly Orders'")
      )
   end)

   it("hibernates and wakes, and says whether it had to", function()
      local awake, asleep = below "/hibernating/awake", below "/hibernating/asleep"
      assert.same({ "cmsleeper  hibernated\n", 0 }, { run("hibernate sleeper", awake) })
      assert.same({ "cmsleeper  woken\n", 0 }, { run("wake sleeper --wait --until 2h", asleep) })
      local once = program.command "hibernate sleeper"
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
      output, status = run(
         "get ''",
         { ASTRO_API_URL = world.answer("200 OK", '{"deployments":[{"id":"x"}],"totalCount":1}') }
      )
      assert.same({ "no Deployment is called ''\n", 1 }, { output, status })
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
      local follower = ([[
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
      ]]):format(program.PATH)
      local output, status = world.run(follower)
      assert.matches("^2026[^\n]*Scheduler started\n2026[^\n]*Task load_orders succeeded\n$", output)
      assert.equal(130, status)
   end)
end)
