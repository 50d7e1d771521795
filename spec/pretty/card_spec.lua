local card = require "astro.pretty.card"
local documents = require "spec.support.documents"
local pretty = require "astro.pretty"
local safe = require "astro.pretty.safe"
local shape = require "astro.api.shape"
local time = require "astro.time"
local urls = require "astro.urls"
local width = require "astro.pretty.width"

local NOW = time.parse "2026-03-02T12:00:00Z"

local function picture(deployment, show, columns)
   return pretty.deployment(deployment, { now = NOW, show = show, width = columns })
end

-- The lines below a title.
local function group(text, title)
   return (text .. "\n\n"):match("\n\n" .. title .. "\n(.-)\n\n")
end

local function has(text, wanted)
   assert.is_truthy(text:find(wanted, 1, true), wanted .. "\nis not in\n" .. text)
end

local function has_not(text, wanted)
   assert.is_nil(text:find(wanted, 1, true), wanted)
end

describe("a card", function()
   it("begins with name, status, reason and description", function()
      local lines = card.lines(documents.fixture "full", { now = NOW })
      assert.same({
         { "Hourly Orders", "name" },
         { "  " },
         { "HEALTHY", "healthy" },
         { "  " },
         { "All components are ready", "quiet" },
      }, lines[1])
      has(lines[2][1][1], [[Loads the orders\nevery hour]])
      lines = card.lines({ name = "n", status = "UNHEALTHY", statusReason = "why" }, { now = NOW })
      assert.same({ { "n", "name" }, { "  " }, { "UNHEALTHY", "unhealthy" }, { "  " }, { "why" } }, lines[1])
   end)

   it("has its groups in their order, with labels of one width", function()
      local text, titles, at = picture(documents.fixture "full"), {}, nil
      for line in text:gmatch "[^\n]+" do
         titles[#titles + 1] = line:match "^(%u.*)$"
         local label, blanks = line:match "^  (%l[%a ]-)(  +)%S"
         if label and not line:find "cmque0" and line:find "^  %l+ version" then
            at = at or #label + #blanks
            assert.equal(at, #label + #blanks, line)
         end
      end
      assert.equal(
         "Deployment, Airflow and runtime, Executor, Scheduler, Web server, Cluster and region, Worker queues, "
            .. "Environment variables, Hibernation, Remote execution, Disaster recovery, Links, Who and when",
         table.concat(titles, ", ", 3)
      )
   end)

   it("shows worker queues and environment variables as tables", function()
      local text = picture(documents.fixture "full")
      has(
         group(text, "Worker queues"),
         "  NAME     DEFAULT  MIN  MAX  CONCURRENCY  MACHINE  CPU  MEMORY  STORAGE  ID\n"
            .. "  default  yes        0   10           16  A5       1    2Gi     10Gi     cmque0default00000000000ee\n"
            .. "  heavy    no         1    3            4  A40      8    16Gi    10Gi     cmque0heavy0000000000000ff\n"
            .. "  default node pool ID   cmnpl0tasks0000000000000dd"
      )
      assert.equal(
         "  KEY                 SECRET  UPDATED AT               VALUE\n"
            .. "  LOG_LEVEL           no      2026-01-05 08:00:00 UTC  info\n"
            .. "  WAREHOUSE_PASSWORD  yes     2026-01-05 08:00:00 UTC  ••••••\n"
            .. '  EMPTY               no      2026-01-05 08:00:00 UTC  ""',
         group(text, "Environment variables")
      )
   end)

   it("says several things in a line, and the words that they share once", function()
      local text = picture(documents.fixture "full")
      has(text, "workspace name         Data Platform · ID cmwsp0data0000000000000aaa\n")
      has(text, "default task pod CPU   0.25 · memory 0.5Gi\n")
      has(text, "size                   MEDIUM · replicas 2 · AU 10 · CPU 1 · memory 2Gi\n")
   end)

   it("says in words when it sleeps", function()
      local text = group(picture(documents.fixture "full"), "Hibernation")
      has(text, "hibernating            no · reason Scheduled\n")
      has(text, "next event             HIBERNATE, 2026-03-02 20:00:00 UTC, in 8 h\n")
      has(text, "override               awake until 2026-12-24 18:00:00 UTC, in 297 d\n")
      has(text, "20:00 on weekdays (Mon to Fri), UTC  06:30 on weekdays (Mon to Fri), UTC  yes      nights\n")
      has(text, "00:00 on Sat, UTC                    00:00 on Mon, UTC                    no")
   end)

   it("shows links with a scheme, each once", function()
      local options = { now = NOW, base_url = "https://api.example.com" }
      local text = pretty.deployment(documents.fixture "full", options)
      local page =
         "https://cloud.example.com/cmwsp0data0000000000000aaa/deployments/cmdep0full0000000000000001"
      assert.equal(
         "  Airflow                https://cmclu0.example.run/d4711abc\n"
            .. "  API                    https://cmclu0.example.run/d4711abc/api/v1\n"
            .. "  Astro                  "
            .. page,
         group(text, "Links")
      )
      has_not(text, "orgId")
   end)

   it("shows addresses that are no links, or other ones", function()
      local text = picture({ uiUrl = "https://a.run", webServerUrl = "b.run?orgId=1", apiUrl = "pending" })
      assert.equal(
         "  Airflow     https://a.run\n  web server  b.run?orgId=1\n  API         pending",
         group(text, "Links")
      )
      has_not(text, "Other")
      has(picture({ name = "n", uiUrl = "?orgId=x" }), "?orgId=x")
   end)

   it("says the runtime once, and an image's tag whatever it is", function()
      local text = group(picture(documents.fixture "kubernetes"), "Airflow and runtime")
      local _, count = text:gsub("runtime", "")
      assert.equal(1, count)
      assert.matches("image tag +3.1%-9\n", text)
      local both = { astroRuntimeVersion = "12.6.0", runtimeVersion = "12.5.0" }
      has(picture(both), "astro runtime version  12.6.0 · runtime version 12.5.0")
      has(picture({ imageTag = "a", imageVersion = "a" }), "image tag  a · version a")
   end)

   it("wraps a long description, of wide characters, too", function()
      local text = picture({ name = "n", description = ("語"):rep(125) })
      assert.equal(("n\n%s\n%s\n%s"):format(("語"):rep(50), ("語"):rep(50), ("語"):rep(25)), text)
   end)

   it("says who and when", function()
      local text = group(picture(documents.fixture "full"), "Who and when")
      has(text, "created at             2024-02-29 23:59:59 UTC, 2 y ago\n")
      has(text, "created by             Änna Müller 🚀 (cmsub0anna000000000000001a, USER)\n")
      has(text, [[updated by             ci "nightly" \ deploy (cmsub0robot00000000000002b, SERVICEKEY)]])
      has_not(group(picture(documents.fixture("nulls", "v1beta1")), "Who and when"), "updated at")
   end)

   it("says times in UTC, a leap second as the one after it", function()
      for text, words in pairs({
         ["2016-12-31t23:59:59.9z"] = "2016-12-31 23:59:59 UTC, 9 y ago",
         ["2016-12-31T23:59:60Z"] = "2017-01-01 00:00:00 UTC, 9 y ago",
         ["2016-12-31T23:59:59+02:00"] = "2016-12-31 21:59:59 UTC, 9 y ago",
      }) do
         has(picture({ createdAt = text }), "created at  " .. words)
      end
   end)

   it("leaves no trace of what is absent or empty", function()
      local text = picture(documents.fixture "required")
      for _, title in ipairs({
         "Executor",
         "Worker queues",
         "Environment",
         "Hibernation",
         "Remote",
         "Disaster",
         "Other",
      }) do
         has_not(text, title)
      end
      assert.equal("(no name)", picture({}))
      local emptied =
         picture({ name = "x", workerQueues = {}, scalingSpec = {}, contactEmails = {}, description = "" })
      assert.equal("x", emptied)
   end)

   it("lists at the end what it does not know", function()
      local text = group(picture(documents.fixture "unknown"), "Other fields")
      has(text, "  createdBy.clearance  5\n  budget               12.75\n  launchWindow         {")
      has(text, '"slots":[1,2.5,{"deep":')
      assert.equal('  a  {}\n  b  ""', group(picture({ a = {}, b = "" }), "Other fields"))
      local queue = { name = "q", turbo = { 1 }, podCpu = { { x = 1 } } }
      text =
         picture({ name = "x", workerQueues = { queue, "what" }, executor = { "a" }, scalingSpec = "odd" })
      has(text, '\n  workerQueues[1].podCpu  [{"x":1}]\n')
      has(text, "\n  workerQueues[1].turbo   [1]\n")
      has(text, '\n  workerQueues[2]         "what"\n')
      has(text, '\n  scalingSpec             "odd"')
   end)

   it("is at most 100 columns wide for a usual Deployment", function()
      for line in picture(documents.fixture "full"):gmatch "[^\n]+" do
         assert.is_true(width.of(line) <= 100, line)
      end
   end)

   it("breaks lines at a width between values, then in one, which then is known whole", function()
      local text = picture(documents.fixture "full", nil, 60)
      has(
         text,
         "\n  workspace name         Data Platform\n                         ID cmwsp0data0000000000000aaa\n"
      )
      has(
         text,
         "\n  size                   MEDIUM · replicas 2 · AU 10 · CPU 1\n                         memory 2Gi\n"
      )
      has(
         text,
         "\n  API                    https://cmclu0.example.run/d4711abc\n                         /api/v1\n"
      )
      local found = {}
      for _, line in ipairs(card.lines(documents.fixture "full", { width = 60 })) do
         for _, segment in ipairs(line) do
            found[#found + 1] = segment.whole and segment[1] .. " of " .. segment.whole or nil
         end
      end
      local all = table.concat(found, "\n")
      has(all, "/api/v1 of https://cmclu0.example.run/d4711abc/api/v1")
      has_not(all, "MEDIUM")
   end)

   it("puts a value below its label where labels leave it no room", function()
      local text = picture(documents.fixture "full", nil, 40)
      has(text, "\n  ID  cmdep0full0000000000000001\n  namespace  orbital-lander-4711\n")
      has(text, "\n  organization ID\n    cmorg0standin00000000000aa\n")
      has(text, "Hourly Orders  HEALTHY\nAll components are ready\n")
   end)

   it("has lists in place of tables that have no room", function()
      local text = picture(documents.fixture "full", nil, 80)
      assert.equal(
         "  name default · default yes · min 0 · max 10 · concurrency 16 · machine A5\n"
            .. "    CPU 1 · memory 2Gi · storage 10Gi · ID cmque0default00000000000ee\n"
            .. "  name heavy · default no · min 1 · max 3 · concurrency 4 · machine A40 · CPU 8\n"
            .. "    memory 16Gi · storage 10Gi · ID cmque0heavy0000000000000ff\n"
            .. "  default node pool ID   cmnpl0tasks0000000000000dd",
         group(text, "Worker queues")
      )
      has(text, "\n  KEY                 SECRET  UPDATED AT               VALUE\n")
   end)

   it("cuts a long value of a variable alone to keep the table", function()
      local variables =
         { { key = "A", isSecret = false, value = ("v"):rep(200) }, { key = "B", value = "w" } }
      local text = picture({ environmentVariables = variables }, { secrets = true }, 70)
      assert.equal(
         "  KEY  SECRET  VALUE\n  A    no      " .. ("v"):rep(54) .. "…\n  B            w",
         group(text, "Environment variables")
      )
   end)

   it("is the same whichever version answered", function()
      local v1, v1beta1 = picture(documents.fixture "full"), picture(documents.fixture("full", "v1beta1"))
      assert.equal((v1:gsub("  STORAGE", ""):gsub("  10Gi   ", "")), v1beta1)
   end)

   it("hides and shows what it is asked to", function()
      local deployment = documents.fixture "full"
      local text = picture(deployment)
      for _, hidden in ipairs({ "anna@example.com", "oncall@", "arn:aws", "avatars.example" }) do
         has_not(text, hidden)
         has(picture(deployment, { identities = true }), hidden)
      end
      text = picture(deployment, { values = false })
      has(text, "LOG_LEVEL           no      2026-01-05 08:00:00 UTC  ••••••")
      deployment.environmentVariables[2].value = "s3cr3t-1"
      has_not(picture(deployment, { identities = true }), "s3cr3t-")
      has(picture(deployment, { secrets = true }), "s3cr3t-1")
   end)

   it("is coloured when asked to", function()
      local text = pretty.deployment(documents.fixture "full", { now = NOW, color = true })
      has(text, "\27[32mHEALTHY\27[0m")
      assert.equal(picture(documents.fixture "full"), (text:gsub("\27%[%d+m", "")))
   end)
end)

-- Everything that a value holds, as a card would write it: { path, text } pairs.
local function leaves(value, field, path, found)
   local object = field and shape.objects[field.type]
   if type(value) == "table" then
      for key, item in pairs(value) do
         local inner = object
            and (type(key) == "number" and field.is_list and { type = field.type } or object.by_name[key])
         leaves(item, inner or (not object and field), path .. "." .. tostring(key), found)
      end
   elseif type(value) == "string" then
      local is_time = field and (field.type == "time" or field.name == "nextEventAt")
      local seconds = is_time and time.parse(value)
      local is_unset = is_time and value:find "^0001"
      if seconds then
         found[#found + 1] = { path, time.text(seconds) }
      elseif value ~= "" and not is_unset then
         found[#found + 1] = { path, value }
      end
   end
   return found
end

-- Blanks may have become line breaks, and the other way round; links are written out, crons are in words, JSON has
-- escapes.
local function is_in(text, squeezed, leaf)
   local wanted = safe.text(leaf):gsub("%s+", "")
   return squeezed:find(wanted, 1, true) or text:find(pretty.json(leaf):sub(2, -2), 1, true)
end

describe("a card, whatever the Deployment,", function()
   -- Wide enough, and so narrow that every table is a list.
   for _, columns in ipairs({ math.huge, 59, 33 }) do
      it(("loses nothing in lines of %s columns"):format(columns), function()
         local words = require("astro.pretty.cron").words
         local function check(deployment, what)
            local text =
               picture(deployment, { identities = true, secrets = true }, columns < 100 and columns or nil)
            for line in text:gmatch "[^\n]+" do
               assert.is_true(width.of(line) <= columns, ("%s: %s"):format(what, line))
            end
            local squeezed = text:gsub("%s+", "")
            local links = urls(deployment)
            for _, leaf in ipairs(leaves(deployment, { type = "Deployment" }, "", {})) do
               local path, value = leaf[1], words(leaf[2]) or leaf[2]
               local as_link = value:gsub("[?&]orgId=[^&]*", "")
               assert.is_truthy(
                  is_in(text, squeezed, leaf[2])
                     or is_in(text, squeezed, value)
                     or (links and is_in(text, squeezed, as_link)),
                  ("%s: %s is lost: %s"):format(what, path, value)
               )
            end
         end
         for _, one in ipairs(documents.fixtures()) do
            check(one.deployment, one.name)
         end
         for seed = 1, 100 do
            check(documents.random(seed), "seed " .. seed)
         end
      end)
   end

   it("has no secret and no control character", function()
      for seed = 1, 200 do
         local text = picture(documents.random(seed), { identities = true })
         assert.is_nil(text:find("s3cr3t-", 1, true), "seed " .. seed)
         assert.is_nil(text:gsub("\n", ""):find "%c", "seed " .. seed)
         assert.is_nil(text:find "\194[\128-\159]", "seed " .. seed)
      end
   end)

   it("names every field of the schema, wherever the layout has it", function()
      for _, field in ipairs(shape.objects.Deployment) do
         if not shape.objects[field.type] and field.type ~= "time" then
            local values = { string = "quartz", integer = 4711, boolean = true }
            local value = field.is_list and { "quartz" } or values[field.type]
            local text = picture({ [field.name] = value }, { identities = true })
            assert.is_truthy(text:find "quartz" or text:find "4711" or text:find "yes", field.name)
            assert.is_nil(text:find "Other fields", field.name)
         end
      end
   end)
end)
