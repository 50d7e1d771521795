local documents = require "spec.support.documents"
local pretty = require "astro.pretty"
local width = require "astro.pretty.width"
local world = require "spec.support.world"

local function fixtures()
   local list = {}
   for _, one in ipairs(documents.fixtures()) do
      list[#list + 1] = one.version == "v1" and one.deployment or nil
   end
   return list
end

local function raised(...)
   local ok, message = pcall(pretty.table, ...)
   assert.is_false(ok)
   return message
end

describe("pretty.table", function()
   it("shows status, name, workspace, executor, runtime, region, queues and id", function()
      local full = fixtures()[2]
      local list =
         { full, { status = "NEW", name = "日本語 ", workspaceId = "w", workerQueues = {}, region = "" } }
      full.id, full.workspaceName = "cmdep0", "Data"
      assert.equal(
         "STATUS   NAME           WORKSPACE  EXECUTOR  RUNTIME  REGION        QUEUES          ID\n"
            .. "HEALTHY  Hourly Orders  Data       CELERY    12.6.0   eu-central-1  default, heavy  cmdep0\n"
            .. "NEW      日本語         w          -         -        -             -               -",
         pretty.table(list)
      )
   end)

   it("falls back to the older runtime field", function()
      assert.matches("\n.*  9%.1%.0  ", pretty.table({ { name = "x", runtimeVersion = "9.1.0" } }))
   end)

   it("says so where there is none", function()
      assert.equal("none", pretty.table({}))
      assert.equal("\27[2mnone\27[0m", pretty.table({}, { color = true, width = 20 }))
   end)

   it("shows the columns that it is asked for, with the path's last name as a heading", function()
      local text = pretty.table(fixtures(), {
         columns = {
            "schedulerReplicas",
            { "workerQueues[*].name", "QUEUES" },
            "workerQueues[1].podCpu",
            "isHighAvailability",
         },
      })
      assert.equal("SCHEDULER REPLICAS  QUEUES          POD CPU  HIGH AVAILABILITY", text:match "^[^\n]*")
      assert.is_truthy(text:find("\n                 2  default, heavy  1        yes\n", 1, true))
      assert.equal("NAMES\n-", (pretty.table({ {} }, { columns = { { "workerQueues[*].name", "NAMES" } } })))
      assert.equal("NAME\n-", (pretty.table({ {} }, { columns = { "workerQueues[*].name" } })))
   end)

   it("shows what a heading has that acts on a terminal, a path's name too", function()
      local text = pretty.table({ { ["e\27m"] = "x" } }, { columns = { { "id", "I\27[2J\nD" }, "e\27m" } })
      assert.equal("I\\27[2J\\nD  E\\27M\n-           x", text)
      assert.equal("GRößE\n-", (pretty.table({ {} }, { columns = { "größe" } })))
   end)

   it("takes a misspelt name that one of the Deployments has", function()
      assert.equal("STATSU\n-\n5", pretty.table({ {}, { statsu = "5" } }, { columns = { "statsu" } }))
   end)

   it("right-aligns numbers, though some be absent", function()
      local list = { { schedulerAu = 5 }, {}, { schedulerAu = 120 } }
      assert.equal(
         "SCHEDULER AU\n           5\n           -\n         120",
         pretty.table(list, { columns = { "schedulerAu" } })
      )
      list[2].schedulerAu = "many"
      assert.equal("SCHEDULER AU\n5\nmany\n120", pretty.table(list, { columns = { "schedulerAu" } }))
   end)

   it("takes what gives one after the other, such as a client's pages", function()
      local client = world.client("", { api_version = "v1" })
      local options = { columns = { "id", "name", "status" } }
      local list = assert(client:all_deployments())
      assert.is_true(#list > 3)
      assert.equal(pretty.table(list, options), pretty.table(client:each_deployment(), options))
      assert.equal("none", pretty.table(function() end))
      local ok, message = pcall(pretty.table, function()
         error("no more", 0)
      end)
      assert.same({ false, "no more" }, { ok, message })
   end)

   it("reads its options before it asks for a Deployment", function()
      local function never()
         error "asked"
      end
      assert.matches("did you mean 'width'", raised(never, { witdh = 80 }))
   end)

   it("shows what a function makes of a Deployment, as it shows any value", function()
      local calls = 0
      local function queues(deployment)
         calls = calls + 1
         return #(deployment.workerQueues or {})
      end
      local function names(deployment)
         return deployment.workerQueues and { "a", true, deployment.name, {} }
      end
      local list = { { name = "x", workerQueues = { {}, {} } }, { name = "\27" } }
      assert.equal(
         'NAME  QUEUES  WHAT\nx          2  ["a",true,"x",{}]\n\\27        0  -',
         pretty.table(list, { columns = { "name", { queues, "QUEUES" }, { names, "WHAT" } } })
      )
      assert.equal(2, calls)
   end)

   it("gives a function a Deployment without what is hidden, that has either name of a field", function()
      local deployment = assert(world.client("", { api_version = "v1" }):get_deployment(world.full))
      deployment.environmentVariables[2].value = "s3cr3t-1"
      local columns = {
         {
            function(one)
               return one.environmentVariables[2].value
            end,
            "VALUE",
         },
         {
            function(one)
               return one.workloadIdentity
            end,
            "IDENTITY",
         },
      }
      assert.matches(
         "^VALUE   IDENTITY\n••••••  ••••••$",
         pretty.table({ deployment }, { columns = columns })
      )
      local show = { secrets = true, identities = true }
      local text = pretty.table({ deployment }, { columns = columns, show = show })
      assert.matches("\ns3cr3t%-1%s+arn:", text)
      assert.equal("s3cr3t-1", deployment.environmentVariables[2].value)
   end)

   describe("in a width", function()
      local LIST = {
         {
            status = "HEALTHY",
            name = ("long "):rep(8) .. "name",
            id = ("i"):rep(25),
            region = "eu-central-1",
         },
         { status = "NEW", name = "n", id = "i", executor = "CELERY", workspaceId = ("w"):rep(25) },
      }
      local WHOLE = pretty.table(LIST)

      it("is as it is where that fits", function()
         local widest = 0
         for line in WHOLE:gmatch "[^\n]+" do
            widest = math.max(widest, width.of(line))
         end
         assert.equal(WHOLE, pretty.table(LIST, { width = widest }))
         assert.not_equal(WHOLE, pretty.table(LIST, { width = widest - 1 }))
      end)

      it("has ids, statuses and what the API calls so whole, and names what it leaves out", function()
         assert.equal(
            "STATUS   NAME                EXECUTOR  ID\n"
               .. "HEALTHY  long long long lo…  -         iiiiiiiiiiiiiiiiiiiiiiiii\n"
               .. "NEW      n                   CELERY    i\n"
               .. "not shown: WORKSPACE, RUNTIME, REGION, QUEUES (try a greater\nwidth)",
            pretty.table(LIST, { width = 64 })
         )
      end)

      it("cuts a list of ids rather than leave it out", function()
         local list = { { name = "n", workerQueues = { { id = ("a"):rep(25) }, { id = ("b"):rep(40) } } } }
         local options = { columns = { "name", "workerQueues[*].id" }, width = 60 }
         assert.equal(60, width.of((pretty.table(list, options):match "\n(.*)")))
      end)

      it("has numbers whole", function()
         local options = { columns = { "name", "schedulerAu", "description" }, width = 60 }
         local list = { { name = ("n"):rep(50), schedulerAu = 1234567890123, description = ("d"):rep(9) } }
         local text = pretty.table(list, options)
         assert.equal(("n"):rep(34) .. "…  1234567890123  ddddddd…", text:match "\n(.*)")
      end)

      it("is a block for each below 60 columns, or where what tells them apart has no room", function()
         local blocks = "HEALTHY\nlong long long long long long long long\nname\n"
            .. "  REGION     eu-central-1\n  ID         iiiiiiiiiiiiiiiiiiiiiiiii\n\n"
            .. "NEW  n\n  WORKSPACE  wwwwwwwwwwwwwwwwwwwwwwwww\n  EXECUTOR   CELERY\n  ID         i"
         assert.equal(blocks, pretty.table(LIST, { width = 40 }))
         local list, options =
            { { name = ("n"):rep(20), id = ("i"):rep(60) } }, { columns = { "name", "id" } }
         options.width = 80
         assert.equal(
            ("n"):rep(18) .. "  " .. ("i"):rep(60),
            (pretty.table(list, options):match("\n(.*)"):gsub("n…", "nn"))
         )
         options.width = 79
         assert.equal(("n"):rep(20) .. "\n  ID  " .. ("i"):rep(60), pretty.table(list, options))
      end)

      it("has the first column at a block's head where there is no name", function()
         local list = { { region = ("r"):rep(50), executor = "CELERY" } }
         local options = { columns = { "region", "executor" }, width = 50 }
         assert.equal(("r"):rep(50) .. "\n  EXECUTOR  CELERY", pretty.table(list, options))
      end)

      it("keeps the styles of a block's values", function()
         local options = { columns = { "name", "status", "description" }, width = 20, color = true }
         assert.equal(
            "\27[1mn\27[0m  \27[32mHEALTHY\27[0m\n\27[2m  \27[0m\27[2mDESCRIPTION\27[0m\n    a long one",
            pretty.table({ { name = "n", status = "HEALTHY", description = "a long one" } }, options)
         )
      end)
   end)

   it("keeps within a width, whatever the Deployments", function()
      local fixture = fixtures()[2]
      for seed = 1, 60 do
         local list = { documents.random(seed), documents.random(seed + 1000), fixture }
         for _, limit in ipairs({ 5, 40, 60, 80 }) do
            for line in pretty.table(list, { width = limit }):gmatch "[^\n]+" do
               assert.is_true(width.of(line) <= limit, ("seed %d: %s"):format(seed, line))
            end
         end
      end
   end)

   it("has no secret and no control character, wherever a path leads", function()
      local columns =
         { "environmentVariables[*].value", "environmentVariables", "environmentVariables[1].value", "name" }
      for seed = 1, 150 do
         local deployment = documents.random(seed)
         local text = pretty.table({ deployment }, { columns = columns })
         assert.is_nil(text:find("s3cr3t-", 1, true), "seed " .. seed)
         local lines = text:gsub("[^\n]", "")
         assert.equal(1, #lines, "seed " .. seed)
         assert.is_nil(text:gsub("\n", ""):find "%c", "seed " .. seed)
      end
      local list = {
         {
            environmentVariables = { { key = "A", isSecret = true, value = "s3cr3t-1" } },
            workloadIdentity = "arn:1",
         },
      }
      local options = { columns = { "environmentVariables[1].value", "effectiveWorkloadIdentity" } }
      assert.matches("\n••••••%s+••••••$", pretty.table(list, options))
      options.show = { secrets = true, identities = true }
      assert.matches("\ns3cr3t%-1%s+arn:1$", pretty.table(list, options))
   end)

   it("colours the status", function()
      local text = pretty.table(
         { { status = "HIBERNATING" }, { status = "NEW" } },
         { columns = { "status" }, color = true }
      )
      assert.equal("\27[2mSTATUS\27[0m\n\27[34mHIBERNATING\27[0m\n\27[35mNEW\27[0m", text)
   end)

   it("raises for what it cannot use", function()
      local bad = "bad argument 'list' to 'pretty.table' "
      assert.matches(bad .. "%(a list or an iterator expected, got string%)", raised "x")
      assert.matches("expected, got a table that is none, or has holes%)", raised({ deployments = {} }))
      assert.matches(bad .. "%(tables expected, got a string at 2%)", raised({ {}, "x" }))
      assert.matches("did you mean 'columns'", raised({}, { colums = {} }))
      assert.matches(
         "bad option 'width' to 'pretty.table' %('auto' or a whole number from 1 to 10000 expected, got 0",
         raised({}, { width = 0 })
      )
      assert.matches(
         "bad option 'columns' to 'pretty.table' %(a path, or a path or a function and a heading, expected at 2%)",
         raised({}, { columns = { "id", { "name" } } })
      )
      assert.matches("expected at 1%)", raised({}, { columns = {} }))
      for _, column in ipairs({ print, { print }, { print, 1 }, { {}, "X" } }) do
         assert.matches(
            "a path or a function and a heading, expected at 1%)",
            raised({}, { columns = { column } })
         )
      end
      for what, value in pairs({ ["a value that is a function"] = print, ["a number that is %-?nan"] = 0 / 0 }) do
         local columns = {
            {
               function()
                  return value
               end,
               "X",
            },
         }
         local wanted = "bad option 'columns' to 'pretty.table' %(" .. what
         assert.matches(wanted, raised({ {} }, { columns = columns }))
      end
      assert.matches("expected at 2%)", raised({}, { columns = { "id", nil, "name" } }))
      assert.matches(bad .. "%(.* got a table that is none, or has holes%)", raised({ {}, nil, {} }))
      assert.matches(
         "bad path 'statsu' to 'pretty.table' %(unknown name 'statsu'; did you mean 'status'%?%)",
         raised({ { status = "NEW" } }, { columns = { "statsu" } })
      )
      assert.matches("bad path 'a%[' ", raised({}, { columns = { "a[" } }))
      assert.matches(
         "bad show option to 'pretty.table' %(unknown name; did you mean 'values'%?%)",
         raised({}, { show = { value = true } })
      )
   end)
end)
