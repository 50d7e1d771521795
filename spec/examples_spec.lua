local width = require "astro.pretty.width"
local world = require "spec.support.world"

local function usage(example)
   return ("usage: %s %s "):format(world.interpreter, example)
end

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

   it("is at most 30 lines long", function()
      local _, lines = world.read(EXAMPLE):gsub("\n", "")
      assert.is_true(lines <= 30)
   end)
end)

describe("examples/wait.lua", function()
   local EXAMPLE = "examples/wait.lua"

   it("prints the status alone, and tells on stderr how it goes", function()
      local output, status = run(EXAMPLE, world.full .. " 2>/dev/null")
      assert.same({ "HEALTHY\n", 0 }, { output, status })
      output = run(EXAMPLE, world.full)
      assert.matches("^   0 s  HEALTHY All components are ready\nHEALTHY\n$", output)
   end)

   it("exits with 1 and the message where the status does not come", function()
      local output, status = run(EXAMPLE, world.full .. " HIBERNATING 0.01")
      assert.matches(
         "\nwait for deployment " .. world.full .. ": timeout: after 0 s: status HEALTHY ",
         output
      )
      assert.equal(1, status)
   end)
end)

describe("examples/watch.lua", function()
   local EXAMPLE = "examples/watch.lua"
   local FIRST, SECOND = "cmdep00000000000000000001", "cmdep00000000000000000002"

   -- Beside a service that changes, and refuses everything in the end.
   local function watch(arguments, around)
      local command = ("ASTRO_API_URL=%s/changing/2/same,sick,less,500,403 %s"):format(
         world.stand_in,
         world.preloaded(("%s %s %s"):format(world.interpreter, EXAMPLE, arguments))
      )
      if around then -- whose own command line everybody may read
         return world.shell(around:format(command:gsub("%$", "\\$")))
      end
      return world.shell(command)
   end

   it(
      "prints a line for each change where there is no terminal, and exits with 1 where it is refused",
      function()
         local output, status = watch "0.001"
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
      end
   )

   it("draws a table anew on a terminal, once a look", function()
      local output = watch("0.001 " .. SECOND .. " " .. FIRST, 'NO_COLOR=1 script -qec "%s" /dev/null')
      local pictures = {}
      for picture in output:gsub("\r", ""):gmatch "\27%[H\27%[2J([^\27]*)" do
         pictures[#pictures + 1] = picture
      end
      assert.equal(6, #pictures)
      assert.matches(
         "^STATUS .*\nHEALTHY  +number 1 .*\nHEALTHY  +number 2 .*\n\n[%d:]+  appeared ",
         pictures[1]
      )
      assert.matches("\nUNHEALTHY  +number 1 .*\nHEALTHY  +number 2 .*\n\n[%d:]+  changed ", pictures[2])
      assert.matches("^STATUS [^\n]*\nHEALTHY  +number 2 [^\n]*\n\n[%d:]+  gone ", pictures[3])
      assert.matches("^STATUS [^\n]*\nHEALTHY  +number 2 [^\n]*\n\n[%d:]+  failed: GET ", pictures[4])
   end)

   it("ends by Ctrl-C without a word", function()
      local output, status = world.run(([[
         local uv = require "luv"
         uv.os_setenv("ASTRO_API_URL", ("%s/interrupt/%%d"):format(uv.os_getpid()))
         arg[0] = %q
         dofile(arg[0])
      ]]):format(world.faults "http://127.0.0.1", EXAMPLE))
      assert.same({ "", 130 }, { output, status })
   end)

   it("says how it is called", function()
      local output, status = run(EXAMPLE, "-h 2>/dev/null")
      assert.same({ usage(EXAMPLE) .. "[SECONDS [ID...]]\n", 0 }, { output, status })
      output, status = run(EXAMPLE, "often")
      assert.same({ usage(EXAMPLE) .. "[SECONDS [ID...]]\n", 2 }, { output, status })
   end)
end)

describe("examples/tail.lua", function()
   local EXAMPLE = "examples/tail.lua"

   local function tail(arguments, base)
      return world.with_environment({ ASTRO_API_URL = base or world.stand_in .. "/growing/plain" }, function()
         return run(EXAMPLE, arguments)
      end)
   end

   it("prints what there is, a line each, without colour where it is no terminal", function()
      local output, status = tail "-n --since 2026-11-27T12:00:00Z --sources worker,scheduler d 2>/dev/null"
      assert.equal(
         "2026-11-27 12:00:00.000  scheduler      start\n2026-11-27 12:00:00.000  worker         start\n"
            .. ("2026-11-27 12:00:01.000  scheduler      the same\n"):rep(4)
            .. "2026-11-27 12:00:02.000  worker         Task \\27[31mload\\27[0m ERROR\n",
         output
      )
      assert.equal(0, status)
      output = tail "-n --since 2026-11-27T12:00:00Z --sources worker d"
      assert.is_nil(output:find "scheduler")
   end)

   it("follows until Ctrl-C, and says nothing of that", function()
      local program = ("arg = { [-1] = 'lua', [0] = %q, '--since', '2026-11-27T12:00:00Z', 'd' }"):format(
         EXAMPLE
      )
      program = program
         .. [[
            local print_line, lines = print, 0
            local pid = io.open("/proc/self/stat"):read "*n"
            function print(line)
               print_line(line)
               lines = lines + 1
               if lines == 7 then
                  io.popen("kill -INT " .. pid):close() -- os.execute would ignore the signal
               end
            end
            dofile(arg[0])
         ]]
      local output, status = world.with_environment(
         { ASTRO_API_URL = world.stand_in .. "/growing/plain" },
         function()
            return world.run(program)
         end
      )
      local _, count = output:gsub("2026%-11%-27 12:00:0%d%.000  [^\n]*\n", "")
      assert.same({ 7, 130 }, { count, status })
      assert.is_nil(output:find "interrupted")
   end)

   it("says on stderr what failed, and how it is called", function()
      local output, status = tail "-n nobody 2>&1 >/dev/null"
      assert.matches("^GET deployments/nobody/logs: 404 Not Found", output)
      assert.equal(1, status)
      output, status = tail "-h 2>/dev/null"
      assert.matches("^usage: .*DEPLOYMENT_ID\n", output)
      assert.equal(0, status)
      for arguments, expected in pairs({
         [""] = "^usage: ",
         ["-x d"] = "^usage: ",
         ["d e"] = "^usage: ",
         ["--sources"] = "^usage: ",
         ["--since yesterday d"] = "bad option 'since' to 'each_log'",
         ["--sources wroker d"] = "did you mean 'worker'",
      }) do
         output, status = tail(arguments .. " 2>&1 >/dev/null")
         assert.matches(expected, output)
         assert.equal(2, status)
      end
   end)
end)

describe("examples/inspect.lua", function()
   local EXAMPLE = "examples/inspect.lua"

   local function inspect(rest)
      return run(EXAMPLE, ("%s %s %s"):format(world.org, world.full, rest))
   end

   it("prints bare values, a line each, of a list each item", function()
      local output, status = inspect "status schedulerReplicas isDevelopmentMode 'workerQueues[*].name'"
      assert.same({ "HEALTHY\n2\nfalse\ndefault\nheavy\n", 0 }, { output, status })
      output, status = inspect "'workerQueues[*].nothing'"
      assert.same({ "", 0 }, { output, status })
   end)

   it("exits with 1 for an absent one, says so on stderr, and prints the others", function()
      local output, status = inspect "nothing 'workerQueues[name=heavy].podCpu' 2>/dev/null"
      assert.same({ "8\n", 1 }, { output, status })
      output, status = inspect "'workerQueues[3].name' >/dev/null"
      assert.same({ "workerQueues[3].name: absent\n", 1 }, { output, status })
   end)

   it("exits with 1 and the message where the Deployment is not to be had", function()
      local output, status = run(EXAMPLE, world.org .. " cmdep0nobody status")
      assert.matches("^GET deployment cmdep0nobody: 404 Not Found", output)
      assert.equal(1, status)
   end)

   it("says how it is called, and what is wrong with a path", function()
      local output, status = run(EXAMPLE, "org id")
      assert.equal(1, (output:find(usage(EXAMPLE), 1, true)))
      assert.equal(2, status)
      output, status = inspect "'status['"
      assert.matches("bad path 'status%[' to 'pick' %(.* expected at 8%)\n$", output)
      assert.equal(2, status)
      output, status = inspect "statsu"
      assert.matches(
         "bad path 'statsu' to 'pick' %(unknown name 'statsu'; did you mean 'status'%?%)\n$",
         output
      )
      assert.equal(2, status)
   end)
end)

describe("examples/loop.lua", function()
   local EXAMPLE = "examples/loop.lua"

   it("prints Deployments that were fetched side by side", function()
      local output, status = run(EXAMPLE, world.full .. " cmdep0nobody")
      if _VERSION == "Lua 5.1" and not jit then
         assert.matches("a loop needs LuaJIT or Lua 5.2", output)
         return
      end
      assert.matches(world.full .. "  HEALTHY\n", output)
      assert.matches("GET deployment cmdep0nobody: 404 Not Found: [^\n]*\n", output)
      assert.equal(0, status)
   end)
end)

describe("the loop of examples/loop.lua", function()
   local in_a_loop = (_VERSION ~= "Lua 5.1" or jit) and it or function() end

   in_a_loop("lets pass what a function raises, ends the others, and runs again", function()
      local source = world.read "examples/loop.lua"
      local loop = assert(source:match "^(.-)\nif not arg%[1%]")
      local output = world.run(loop .. [[

         local client, ran = astro.client { loop = loop, base_url = os.getenv "ASTRO_API_URL" .. "/echo" }, 0
         local function fetch()
            client:get_deployment "id"
            ran = ran + 1
         end
         print(pcall(loop.run, fetch, function()
            client:get_deployment "id"
            error("raised on purpose", 0)
         end, fetch))
         local before = ran
         loop.run(fetch)
         print(ran - before)
      ]])
      assert.equal("false\traised on purpose\n1\n", output)
   end)
end)

describe("examples/card.lua", function()
   local EXAMPLE = "examples/card.lua"

   it("prints the card, without colour where stdout is no terminal", function()
      local output, status = run(EXAMPLE, world.full)
      assert.matches("^Hourly Orders  HEALTHY  All components are ready\n", output)
      assert.matches("\n\nWho and when\n", output)
      assert.is_nil(output:find("\27", 1, true))
      assert.equal(0, status)
   end)

   it("exits with 1 and the message where the Deployment is not to be had", function()
      local output, status = run(EXAMPLE, "cmdep0nobody")
      assert.matches("^GET deployment cmdep0nobody: 404 Not Found", output)
      assert.equal(1, status)
   end)
end)

describe("examples/list.lua", function()
   local EXAMPLE = "examples/list.lua"

   it("prints a table of all Deployments, by name", function()
      local output, status = run(EXAMPLE)
      assert.matches("^STATUS       NAME  .*\nHEALTHY      Hourly Orders  .*\nHIBERNATING  asleep  ", output)
      assert.equal(0, status)
   end)

   it("keeps to a width", function()
      for line in run(EXAMPLE, "60"):gmatch "[^\n]+" do
         assert.is_true(width.of(line) <= 60, line)
      end
   end)

   it("exits with 1 and the message where the list is not to be had", function()
      local output, status = world.with_environment(
         { ASTRO_API_URL = world.error_answer "403_permissions.json" },
         function()
            return run(EXAMPLE)
         end
      )
      assert.matches("403 Forbidden", output)
      assert.equal(1, status)
   end)
end)

describe("examples/diff.lua", function()
   local EXAMPLE = "examples/diff.lua"

   it("prints what differs", function()
      local output, status = run(EXAMPLE, "cmdep0required000000000002 cmdep0hibernating00000005")
      assert.matches("\nstatus +HEALTHY → HIBERNATING\n", output)
      assert.equal(0, status)
   end)

   it("prints nothing where nothing does", function()
      assert.same({ "", 0 }, { run(EXAMPLE, world.full .. " " .. world.full) })
   end)

   it("exits with 1 and the message where one is not to be had", function()
      local output, status = run(EXAMPLE, world.full .. " cmdep0nobody")
      assert.matches("^GET deployment cmdep0nobody: 404 Not Found", output)
      assert.equal(1, status)
   end)
end)

describe("examples/audit.lua", function()
   local EXAMPLE = "examples/audit.lua"

   -- The names below a title.
   local function names(output, title)
      local found = {}
      for line in (output .. "\n"):match(title .. "\nSTATUS[^\n]*\n(.-)\n\n"):gmatch "[^\n]+" do
         found[#found + 1] = line:match "^%u+ +(.-)  "
      end
      return table.concat(found, ", ")
   end

   it("prints what is not as it should be", function()
      local output, status = run(EXAMPLE, "13")
      assert.matches("^Not highly available\nnone\n\nOn a runtime before 13\nSTATUS", output)
      assert.equal(
         "new one, Hourly Orders, asleep, nulls, required only, from the future",
         names(output, "On a runtime before 13")
      )
      assert.equal("asleep", names(output, "Hibernating"))
      assert.equal(0, status)
   end)

   it("asks for runtime 12 where nothing is said", function()
      assert.matches("\nOn a runtime before 12\nnone\n\n", (run(EXAMPLE)))
   end)
end)

describe("examples/nightly.lua", function()
   local EXAMPLE = "examples/nightly.lua"

   local function nightly(rest, what)
      return world.with_environment({
         ASTRO_API_URL = ("%s/hibernating/%s"):format(world.stand_in, what or "awake"),
         ASTRO_LOG = "debug",
      }, function()
         return run(EXAMPLE, rest)
      end)
   end

   it("hibernates what is idle, a line each, and exits with 1 where one could not be", function()
      local output, status = nightly "2>/dev/null"
      assert.matches(
         "^cmsleeper  sleeper  hibernated\n"
            .. "refused  re%?fused  failed: POST deployments/refused/hibernation%-override: 403 Forbidden:[^\n]*\n$",
         output
      )
      assert.equal(1, status)
   end)

   it("says on stderr alone how it goes", function()
      local output = nightly ">/dev/null"
      assert.matches("\n1 of 2: sleeper\n", output)
      assert.matches("\n2 of 2: re%?fused\n", output)
   end)

   it("is for some workspaces alone", function()
      local output, status = nightly "cmwscmsleeper 2>/dev/null"
      assert.same({ "cmsleeper  sleeper  hibernated\n", 0 }, { output, status })
      output, status = nightly "cmwsproduction 2>/dev/null"
      assert.same({ "", 0 }, { output, status })
   end)

   it("changes nothing with --dry-run", function()
      local output, status = nightly "--dry-run"
      assert.matches("\ncmsleeper  sleeper  would hibernate\n", output)
      assert.matches("\nrefused  re%?fused  would hibernate\n", output)
      assert.is_nil(output:find "POST")
      assert.equal(0, status)
   end)

   it("exits with 1 and the message where the list is not to be had", function()
      local output, status = world.with_environment(
         { ASTRO_API_URL = world.error_answer "403_permissions.json" },
         function()
            return run(EXAMPLE)
         end
      )
      assert.matches("403 Forbidden", output)
      assert.equal(1, status)
   end)

   it("says with -h how it is called", function()
      for _, word in ipairs({ "-h", "--help" }) do
         local output, status = run(EXAMPLE, word .. " 2>/dev/null")
         assert.equal(1, (output:find(usage(EXAMPLE), 1, true)))
         assert.equal(0, status)
      end
   end)
end)

describe("examples/history.lua", function()
   local EXAMPLE = "examples/history.lua"

   local function history(arguments, base)
      local environment =
         { ASTRO_API_URL = base or world.stand_in .. "/operations", ASTRO_API_VERSION = "none" }
      return world.with_environment(environment, function()
         return run(EXAMPLE, arguments)
      end)
   end

   it("prints a table, or JSON without secrets", function()
      local output, status = history "cmdep 2>/dev/null"
      assert.matches("^CREATED [^\n]*RUNS\n2026%-11%-27 10:00:00 UTC  IMAGE_AND_DAG  INITIALIZED", output)
      assert.equal(0, status)
      output, status = history "--json cmdep 2>/dev/null"
      assert.matches('^%[{"id":"id1",.*"image":"text:text"', output)
      assert.matches('"dagsUploadUrl":"••••••"', output)
      assert.equal(0, status)
   end)

   it("says on stderr what failed, and how it is called", function()
      local output, status = history("cmdep 2>&1 >/dev/null", world.error_answer "403_permissions.json")
      assert.matches("403 Forbidden", output)
      assert.equal(1, status)
      output, status = history "-h 2>/dev/null"
      assert.same({ usage(EXAMPLE) .. "[-h] [--json] DEPLOYMENT_ID\n", 0 }, { output, status })
      output, status = history "2>&1 >/dev/null"
      assert.same({ usage(EXAMPLE) .. "[-h] [--json] DEPLOYMENT_ID\n", 2 }, { output, status })
   end)
end)

describe("examples", function()
   -- With arguments that are too few or none of theirs.
   local MISCALLED = {
      get_deployment = "",
      wait = "",
      loop = "",
      card = "",
      list = "wide",
      diff = "one",
      audit = "old",
      nightly = "--dry",
      history = "--yaml",
   }

   for name, arguments in pairs(MISCALLED) do
      it("say how they are called: " .. name, function()
         local example = ("examples/%s.lua"):format(name)
         local output, status = run(example, arguments)
         assert.equal(1, (output:find(usage(example), 1, true)))
         assert.equal(2, status)
      end)
   end

   it("of the pictures are at most 30 lines long", function()
      for _, name in ipairs({ "card", "list", "diff", "audit" }) do
         local _, lines = world.read(("examples/%s.lua"):format(name)):gsub("\n", "")
         assert.is_true(lines <= 30, name)
      end
   end)
end)

describe("examples/card.svg", function()
   it("is what `make picture` draws", function()
      local picture = world.run [[dofile "spec/support/card_picture.lua"]]
      assert.is_true(picture == world.read "examples/card.svg", "run `make picture`")
   end)

   it("shows what a terminal does", function()
      local output = world.run(([[
         local astro = require "astro"
         local deployment = astro.get_deployment(nil, %q)
         print(astro.pretty.deployment(deployment, { now = astro.time.parse "2026-03-02T12:00:00Z" }))
      ]]):format(world.full))
      local drawn = {}
      for text in world.read("examples/card.svg"):gmatch "<text[^>]*>([^<]*)</text>" do
         drawn[#drawn + 1] = text:gsub("&quot;", '"'):gsub("&[lg]t;", { ["&lt;"] = "<", ["&gt;"] = ">" })
      end
      local squeezed = table.concat(drawn):gsub("&amp;", "&"):gsub(" ", "")
      assert.equal((output:gsub("[ \n]", "")), squeezed)
   end)
end)
