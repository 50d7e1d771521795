local documents = require "spec.support.documents"
local pretty = require "astro.pretty"

-- What a change of the full fixture comes to.
local function changed(change, options)
   local after = documents.fixture "full"
   change(after)
   return pretty.diff(documents.fixture "full", after, options)
end

describe("pretty.diff", function()
   it("is empty where nothing changed", function()
      for _, one in ipairs(documents.fixtures()) do
         assert.equal("", pretty.diff(one.deployment, one.deployment))
      end
      for seed = 1, 100 do
         local before, after = documents.random(seed), documents.random(seed)
         assert.equal("", pretty.diff(before, after), "seed " .. seed)
      end
   end)

   it("shows path by path what changed, in the schema's order, unknown ones after it", function()
      local text = changed(function(d)
         d.status, d.isHighAvailability, d.schedulerReplicas = "UNHEALTHY", false, 3
         d.scalingStatus.hibernationStatus.reason = nil
         d.externalIPs[2] = nil
         d.launchWindow = { a = 1 }
      end)
      assert.equal(
         "status HEALTHY → UNHEALTHY\n"
            .. "isHighAvailability yes → no\n"
            .. "schedulerReplicas 2 → 3\n"
            .. "scalingStatus.hibernationStatus.reason Scheduled → (absent)\n"
            .. "externalIPs 192.0.2.10, 192.0.2.11 → 192.0.2.10\n"
            .. 'launchWindow (absent) → {"a":1}',
         (text:gsub(" +", " "))
      )
   end)

   it("aligns the changes", function()
      assert.equal(
         "status             HEALTHY → NEW\nschedulerReplicas  2 → 3",
         changed(function(d)
            d.status, d.schedulerReplicas = "NEW", 3
         end)
      )
   end)

   it("matches worker queues by id or name, not by position", function()
      local function swapped(d)
         d.workerQueues[1], d.workerQueues[2] = d.workerQueues[2], d.workerQueues[1]
      end
      assert.equal("", changed(swapped))
      assert.equal(
         "workerQueues[name=default].podCpu  1 → 2",
         changed(function(d)
            swapped(d)
            d.workerQueues[2].podCpu = "2"
         end)
      )
      assert.equal(
         "workerQueues[name=heavy].id  cmque0heavy0000000000000ff → new",
         changed(function(d)
            d.workerQueues[2].id = "new"
         end)
      )
      assert.equal(
         "workerQueues[name=heavy].name  heavy → big",
         changed(function(d)
            d.workerQueues[2].name = "big"
         end)
      )
   end)

   it("has a line for a queue that came or went, and for what has neither name nor id", function()
      local removed = changed(function(d)
         d.workerQueues = { d.workerQueues[2] }
      end)
      assert.matches(
         '^workerQueues%[name=default%]  {"id":"cmque0default00000000000ee",[^\n]*} → %(absent%)$',
         removed
      )
      local before = { workerQueues = { { podCpu = "1" }, { podCpu = "2" }, { name = "", podCpu = "3" } } }
      local after = { workerQueues = { { name = "", podCpu = "3" }, { podCpu = "4" }, { podCpu = "1" } } }
      assert.equal(
         'workerQueues[2]  {"podCpu":"2"} → (absent)\nworkerQueues[2]  (absent) → {"podCpu":"4"}',
         pretty.diff(before, after)
      )
   end)

   it("has a line for an object or a list that is absent on one side", function()
      for name in pairs(documents.fixture "full") do
         local text = changed(function(d)
            d[name] = nil
         end)
         assert.is_nil(text:find("\n", 1, true), name)
         assert.matches("^" .. name .. "  .+ → %(absent%)$", text)
      end
      assert.equal(
         'scalingSpec.hibernationSpec  (absent) → {"schedules":[],"override":{"isActive":true}}',
         pretty.diff(
            { scalingSpec = {} },
            { scalingSpec = { hibernationSpec = { override = { isActive = true }, schedules = {} } } }
         )
      )
   end)

   it("matches schedules by what they say", function()
      local path = "scalingSpec.hibernationSpec.schedules"
      local function schedules(d)
         return d.scalingSpec.hibernationSpec.schedules
      end
      local function swapped(d)
         local list = schedules(d)
         list[1], list[2] = list[2], list[1]
      end
      assert.equal("", changed(swapped))
      assert.equal(
         path .. "[2].isEnabled  no → yes",
         changed(function(d)
            swapped(d)
            schedules(d)[1].isEnabled = true
         end)
      )
      assert.equal(
         path .. "[1].wakeAtCron  30 6 * * 1-5 → 0 7 * * 1-5",
         changed(function(d)
            swapped(d)
            schedules(d)[2].wakeAtCron = "0 7 * * 1-5"
         end)
      )
      assert.matches(
         "^" .. path:gsub("%.", "%%.") .. '%[1%]  {"hibernateAtCron":"0 20 [^\n]*} → %(absent%)$',
         changed(function(d)
            schedules(d)[1] = table.remove(schedules(d))
         end)
      )
      local twice = { hibernateAtCron = "0 20 * * *", wakeAtCron = "0 6 * * *", isEnabled = true }
      local other = { hibernateAtCron = "0 20 * * *", wakeAtCron = "0 6 * * *", isEnabled = false }
      local function with(list)
         return { scalingSpec = { hibernationSpec = { schedules = list } } }
      end
      assert.equal("", pretty.diff(with({ twice, other }), with({ other, twice })))
   end)

   it("matches environment variables by key", function()
      assert.equal(
         "environmentVariables[key=LOG_LEVEL].value  info → debug",
         changed(function(d)
            local variables = d.environmentVariables
            variables[1].value = "debug"
            variables[1], variables[3] = variables[3], variables[1]
         end)
      )
      assert.equal(
         'environmentVariables[key=NEW]  (absent) → {"key":"NEW","value":"x","isSecret":false}',
         changed(function(d)
            table.insert(d.environmentVariables, { key = "NEW", value = "x", isSecret = false })
         end)
      )
   end)

   it("masks secrets and identities on both sides", function()
      local before, after = documents.fixture "full", documents.fixture "full"
      before.environmentVariables[2].value, after.environmentVariables[2].value = "s3cr3t-1", "s3cr3t-2"
      after.contactEmails = { "new@example.com" }
      assert.equal(
         "environmentVariables[key=WAREHOUSE_PASSWORD].value  •••••• → •••••• (changed)\n"
            .. "contactEmails                                       •••••• → •••••• (changed)",
         pretty.diff(before, after)
      )
      assert.matches("s3cr3t%-1 → s3cr3t%-2\n", pretty.diff(before, after, { show = { secrets = true } }))
      local function unknown(value)
         return { new = { isSecret = true, value = value } }
      end
      assert.equal(
         'new  {"isSecret":true,"value":"••••••"} → {"isSecret":true,"value":"••••••"} (changed)',
         pretty.diff(unknown "s3cr3t-1", unknown "s3cr3t-2")
      )
      local added = { key = "A", value = "s3cr3t-1", isSecret = true }
      assert.equal(
         'environmentVariables  (absent) → [{"key":"A","value":"••••••","isSecret":true}]',
         pretty.diff({}, { environmentVariables = { added } })
      )
      -- One that became public was a secret before.
      after.environmentVariables[2].isSecret = false
      assert.is_nil(pretty.diff(before, after):find("s3cr3t-", 1, true))
      assert.matches(
         "LOG_LEVEL%]%.value  •••••• → •••••• %(changed%)$",
         changed(function(d)
            d.environmentVariables[1].value = "debug"
         end, { show = { values = false } })
      )
   end)

   it("has the noise at its end", function()
      local text = changed(function(d)
         d.updatedAt, d.updatedBy.id = "2026-03-02T00:00:00Z", "other"
         d.environmentVariables[1].updatedAt = "2026-03-02T00:00:00Z"
         d.zebra = 1
      end)
      assert.matches(
         "^zebra  .*\nenvironmentVariables%[key=LOG_LEVEL%]%.updatedAt .*\nupdatedAt  .*\nupdatedBy%.id  .*other$",
         text
      )
   end)

   it("takes the two versions' names for one field", function()
      assert.equal("", pretty.diff({ workloadIdentity = "a" }, { effectiveWorkloadIdentity = "a" }))
      assert.equal(
         "effectiveWorkloadIdentity  a → b",
         pretty.diff(
            { workloadIdentity = "a" },
            { effectiveWorkloadIdentity = "b" },
            { show = { identities = true } }
         )
      )
   end)

   it("tells apart what would read the same", function()
      assert.equal('schedulerCpu  "1" → 1', pretty.diff({ schedulerCpu = "1" }, { schedulerCpu = 1 }))
      assert.equal('description  (absent) → ""', pretty.diff({}, { description = "" }))
      assert.equal("workerQueues  (absent) → []", pretty.diff({}, { workerQueues = {} }))
      assert.equal("scalingSpec  {} → odd", pretty.diff({ scalingSpec = {} }, { scalingSpec = "odd" }))
   end)

   it("has no secret and no control character, whatever the Deployments", function()
      for seed = 1, 200 do
         local before, after = documents.random(seed), documents.random(seed + 1)
         local text = pretty.diff(before, after)
         assert.is_nil(text:find("s3cr3t-", 1, true), "seed " .. seed)
         assert.is_nil(text:gsub("\n", ""):find "%c", "seed " .. seed)
      end
      local secret = { key = "A", value = "s3cr3t-1", isSecret = true }
      for _, odd in ipairs({ { environmentVariables = "odd" }, {}, { environmentVariables = secret } }) do
         local text = pretty.diff({ environmentVariables = { secret } }, odd)
         assert.is_nil(text:find("s3cr3t-", 1, true), text)
         assert.not_equal("", text)
      end
   end)

   it("is coloured when asked to, and raises for what is no Deployment", function()
      assert.equal(
         "\27[2mname\27[0m  \27[31ma\27[0m → \27[32mb\27[0m",
         (pretty.diff({ name = "a" }, { name = "b" }, { color = true }):gsub("\27%[2m\27%[0m", ""))
      )
      local ok, message = pcall(pretty.diff, {}, nil)
      assert.is_false(ok)
      assert.matches("bad argument 'after' to 'pretty.diff' %(a table expected, got nil%)", message)
   end)
end)

describe("pretty.changes", function()
   local filter = require "astro.filter"

   local function changes(change)
      local before, after = documents.fixture "full", documents.fixture "full"
      change(after)
      return pretty.changes(before, after), before, after
   end

   it("are the paths of the picture with the values as they came, without its noise", function()
      local found, before, after = changes(function(d)
         d.status, d.schedulerReplicas, d.region = "UNHEALTHY", 3, nil
         d.workerQueues[2].podCpu = "9"
         d.environmentVariables[1].value = "debug"
         d.updatedAt, d.updatedBy.id = "2026-03-02T00:00:00Z", "other"
         d.zebra = { 1 }
      end)
      local paths = {}
      for i, change in ipairs(found) do
         paths[i] = change.path
         assert.same(change.old, filter.get(before, change.path))
         assert.same(change.new, filter.get(after, change.path))
      end
      assert.same({
         "status",
         "region",
         "schedulerReplicas",
         "workerQueues[name=heavy].podCpu",
         "environmentVariables[key=LOG_LEVEL].value",
         "zebra",
      }, paths)
      assert.same({ path = "schedulerReplicas", old = 2, new = 3 }, found[3])
      assert.same({}, (pretty.changes(before, before)))
   end)

   it("are found by their paths, whatever a queue is called", function()
      for _, name in ipairs({ "a]b", " a", "a ", "=a", "'a'", '"a"', "a.b", 'a"]', "'\"" }) do
         local before = { workerQueues = { { name = "x", podCpu = "0" }, { name = name, podCpu = "1" } } }
         local after = { workerQueues = { { name = "x", podCpu = "0" }, { name = name, podCpu = "2" } } }
         local found = pretty.changes(before, after)
         assert.equal(1, #found)
         assert.equal("2", filter.get(after, found[1].path))
      end
   end)

   it("tell that a secret was set anew by its time, which is noise of others", function()
      local function set(is_secret, at)
         return { environmentVariables = { { key = "A", isSecret = is_secret, updatedAt = at } } }
      end
      assert.same(
         { { path = "environmentVariables[key=A].updatedAt", old = "then", new = "now" } },
         pretty.changes(set(true, "then"), set(true, "now"))
      )
      assert.same({}, pretty.changes(set(false, "then"), set(false, "now")))
   end)

   it("raise for what is no Deployment", function()
      local ok, message = pcall(pretty.changes, nil, {})
      assert.is_false(ok)
      assert.matches("bad argument 'before' to 'pretty.changes' %(a table expected, got nil%)", message)
   end)
end)
