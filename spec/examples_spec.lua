local cjson = require "cjson"
local world = require "spec.support.world"

local function run(example, arguments)
   return world.shell(world.preloaded(("%s %s %s"):format(world.interpreter, example, arguments or "")))
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

   it("prints JSON, whole or some fields", function()
      assert.equal("Hourly Orders", cjson.decode((run(EXAMPLE, world.full .. " --json"))).name)
      assert.equal('{"name":"Hourly Orders"}\n', (run(EXAMPLE, "--json name " .. world.full)))
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

   it("says what is wrong with a path", function()
      local output, status = inspect "'status['"
      assert.matches("bad path 'status%[' to 'pick' %(.* expected at 8%)\n$", output)
      assert.equal(1, status)
      output, status = inspect "statsu"
      assert.matches(
         "bad path 'statsu' to 'pick' %(unknown name 'statsu'; did you mean 'status'%?%)\n$",
         output
      )
      assert.equal(1, status)
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
      assert.equal(1, status)
   end)
end)

describe("the loop of examples/loop.lua", function()
   local in_a_loop = (_VERSION ~= "Lua 5.1" or jit) and it or function() end

   in_a_loop("lets pass what a function raises, ends the others, and runs again", function()
      local source = world.read "examples/loop.lua"
      local loop = assert(source:match "^(.-)\n%-%- The program%.\n")
      local output = world.run(loop .. [[

         local client, ran = require("astro").client { loop = loop, base_url = os.getenv "ASTRO_API_URL" .. "/echo" }, 0
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

   it("prints a line of JSON for each", function()
      local titles = {}
      for line in run(EXAMPLE, "--json"):gmatch "[^\n]+" do
         local report = cjson.decode(line)
         titles[#titles + 1] = ("%s: %d"):format(report.title, #report.deployments)
      end
      assert.same({ "Not highly available: 0", "On a runtime before 12: 0", "Hibernating: 1" }, titles)
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
      output = nightly "--dry-run --json 2>/dev/null"
      assert.equal('{"id":"cmsleeper","name":"sleeper","result":"would hibernate"}', output:match "^[^\n]+")
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

describe("every example", function()
   -- What it takes, what it does not understand, and what it does.
   local EXAMPLES = {
      get_deployment = { "DEPLOYMENT_ID", "a b", "a" },
      inspect = { "ORG ID PATH...", "a b", "a b status" },
      audit = { "[RUNTIME]", "12 13", "" },
      nightly = { "[WORKSPACE_ID...]", "--dry-rnu", "" },
      loop = { "DEPLOYMENT_ID...", "", "a" },
   }

   for name, case in pairs(EXAMPLES) do
      local example = ("examples/%s.lua"):format(name)

      it("says how it is called: " .. name, function()
         for _, arguments in ipairs({ "-h", "--help", "--no-such --help a b c" }) do
            local output, status = run(example, arguments .. " 2>/dev/null")
            assert.equal(1, (output:find(("usage: %s.lua %s [FLAG...]\n"):format(name, case[1]), 1, true)))
            assert.is_nil(output:find(("[^\n]"):rep(81)))
            assert.equal(0, status)
         end
      end)

      it("refuses what it does not understand: " .. name, function()
         for _, arguments in ipairs({ case[2], "--josn a b c" }) do
            local output, status = run(example, arguments .. " 2>&1 >/dev/null")
            assert.matches(("^[^\n]* %%(see '%s.lua %%-%%-help'%%)\n$"):format(name), output)
            assert.equal(2, status)
         end
      end)

      it("ends in one line where it fails: " .. name, function()
         local output, status = world.with_environment({ ASTRO_API_URL = "http://example.com" }, function()
            return run(example, case[3] .. " 2>&1 >/dev/null")
         end)
         assert.matches("^[^\n]+\n$", output)
         assert.equal(1, status)
      end)
   end

   it("is short", function()
      for name in pairs(EXAMPLES) do
         local _, lines = world.read(("examples/%s.lua"):format(name)):gsub("\n", "")
         assert.is_true(lines <= (name == "loop" and 100 or 50), name)
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

describe("a program in the current folder", function()
   it("finds the library, although Lua looks for astro.lua there first", function()
      for name, arguments in pairs({
         ["astro.lua"] = "get " .. world.full,
         ["get_deployment.lua"] = world.full,
         ["inspect.lua"] = ("%s %s name"):format(world.org, world.full),
         ["loop.lua"] = (_VERSION ~= "Lua 5.1" or jit) and world.full or nil,
      }) do
         local command = world.preloaded(("%s %s %s"):format(world.interpreter, name, arguments))
         local output, status =
            world.shell('cd examples && export LUA_PATH="./?.lua;$LUA_PATH" && ' .. command)
         assert.matches(name == "loop.lua" and "HEALTHY" or "Hourly Orders", output)
         assert.equal(0, status, output)
      end
   end)
end)
