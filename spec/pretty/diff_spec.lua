local documents = require "spec.support.documents"
local pretty = require "astro.pretty"

local function fixture(version)
   for _, one in ipairs(documents.fixtures()) do
      if one.name == "full" and one.version == version then
         return one.deployment
      end
   end
end

-- What a change of the full fixture comes to.
local function changed(change, options)
   local after = fixture "v1"
   change(after)
   return pretty.diff(fixture "v1", after, options)
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
      local removed = changed(function(d)
         d.workerQueues[1] = nil
         d.workerQueues = { d.workerQueues[2] }
      end)
      assert.is_truthy(
         removed:find "^workerQueues%[name=default%]%.id +cmque0default00000000000ee → %(absent%)\n"
      )
      assert.is_nil(removed:find("heavy", 1, true))
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
         "environmentVariables[key=NEW].key       (absent) → NEW\n"
            .. "environmentVariables[key=NEW].value     (absent) → x\n"
            .. "environmentVariables[key=NEW].isSecret  (absent) → no",
         changed(function(d)
            table.insert(d.environmentVariables, { key = "NEW", value = "x", isSecret = false })
         end)
      )
   end)

   it("masks secrets and identities on both sides", function()
      local before, after = fixture "v1", fixture "v1"
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
