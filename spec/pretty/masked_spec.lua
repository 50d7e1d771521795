local astro = require "astro"
local canonical = require "spec.support.canonical"
local documents = require "spec.support.documents"
local masked = require "astro.pretty.masked"

local MASK = "••••••"

local function sample()
   return {
      name = "x",
      contactEmails = { "a@example.com" },
      workloadIdentity = "arn:1",
      effectiveDRWorkloadIdentity = "arn:2",
      createdBy = { fullName = "Anna", username = "anna@example.com", avatarUrl = "https://x", clearance = 5 },
      environmentVariables = {
         { key = "A", value = "plain", isSecret = false },
         { key = "B", value = "s3cr3t-1", isSecret = true },
         { key = "C", isSecret = true },
         { key = "D", value = "who knows" },
      },
   }
end

local function values(copy)
   local list = {}
   for i, variable in ipairs(copy.environmentVariables) do
      list[i] = variable.value or "-"
   end
   return table.concat(list, " ")
end

describe("masked.copy", function()
   it("hides secrets and identities, and nothing else", function()
      local copy = masked.copy(sample(), {})
      assert.equal("plain •••••• •••••• ••••••", values(copy))
      assert.same(
         { MASK, MASK, MASK },
         { copy.contactEmails, copy.workloadIdentity, copy.effectiveDRWorkloadIdentity }
      )
      assert.same({ fullName = "Anna", username = MASK, avatarUrl = MASK, clearance = 5 }, copy.createdBy)
      assert.equal("x", copy.name)
   end)

   it("shows and hides what it is asked to", function()
      assert.equal(
         "plain s3cr3t-1 •••••• who knows",
         values(masked.copy(sample(), { secrets = true }))
      )
      assert.equal(
         "•••••• •••••• •••••• ••••••",
         values(masked.copy(sample(), { secrets = true, values = false }))
      )
      local copy = masked.copy(sample(), { identities = true })
      assert.equal("arn:1", copy.workloadIdentity)
      assert.equal("anna@example.com", copy.createdBy.username)
      assert.equal("plain •••••• •••••• ••••••", values(copy))
   end)

   it("hides what is secret in the API's other objects, as deep as they stand", function()
      local function look(object, show)
         return masked.copy({ id = "x", object = object }, show or {}).object
      end
      local deploy = { dagsUploadUrl = "https://signed", bundleUploadUrl = "https://signed", id = "d" }
      assert.same({ dagsUploadUrl = MASK, bundleUploadUrl = MASK, id = "d" }, look(deploy))
      assert.same({ token = MASK, shortToken = "abc" }, look({ token = "t0ken", shortToken = "abc" }))
      local connection = { host = "h", password = "p", extra = { key = "k" } }
      assert.same(
         { connection = { host = "h", password = MASK, extra = MASK } },
         look({ connection = connection })
      )
      assert.same({ connection = connection }, look({ connection = connection }, { secrets = true }))
      local export = { endpoint = "e", headers = { a = "b" }, basicToken = "t", password = "p" }
      assert.same(
         { endpoint = "e", headers = MASK, basicToken = MASK, password = MASK },
         look({ metricsExport = export }).metricsExport
      )
      for name, value in pairs({ ["true"] = MASK, ["false"] = "v", ["nil"] = MASK }) do
         local variable = { isSecret = ({ ["true"] = true, ["false"] = false })[name], value = "v" }
         assert.equal(value, look({ airflowVariable = variable }).airflowVariable.value)
         assert.equal(value, look({ environmentVariable = variable }).environmentVariable.value)
      end
      assert.equal(
         MASK,
         look({ links = { { connectionOverrides = { password = "p" } } } }).links[1].connectionOverrides.password
      )
   end)

   it("hides them in tables and differences, too", function()
      local token = { { id = "t", token = "t0ken" } }
      assert.not_matches("t0ken", astro.pretty.table(token, { columns = { "id", "token" } }))
      local before, after = { password = "p0", token = "t0" }, { password = "p1", token = "t1" }
      local difference = astro.pretty.diff(
         { connection = before, token = "t0" },
         { connection = after, token = "t1" }
      )
      assert.not_matches("[pt][01]", difference)
      assert.matches("connection", difference)
   end)

   it("has no mask where an identity is empty", function()
      assert.same(
         { contactEmails = {}, workloadIdentity = "" },
         masked.copy({ contactEmails = {}, workloadIdentity = "" }, {})
      )
   end)

   it("keeps what marks a list", function()
      local copy = masked.copy({ new = astro.array({}), workerQueues = astro.array({}), other = {} }, {})
      assert.equal(getmetatable(astro.array({})), getmetatable(copy.new))
      assert.equal(getmetatable(astro.array({})), getmetatable(copy.workerQueues))
      assert.is_nil(getmetatable(copy.other))
   end)

   it("changes nothing that it was given", function()
      for seed = 1, 20 do
         local deployment = documents.random(seed)
         local before = canonical(deployment)
         masked.copy(deployment, {})
         assert.equal(before, canonical(deployment), "seed " .. seed)
      end
   end)

   it("finds secrets where the list is none", function()
      local copy = masked.copy(
         { environmentVariables = { key = "A", value = "s3cr3t-1", isSecret = true } },
         {}
      )
      assert.equal(MASK, copy.environmentVariables.value)
      copy = masked.copy({ environmentVariables = { a = { value = "s3cr3t-1", isSecret = true } } }, {})
      assert.equal(MASK, copy.environmentVariables.a.value)
   end)

   it("finds secrets among the items of any list", function()
      local queues = { { name = "a", isSecret = true, value = "s3cr3t-1", podCpu = "1" } }
      local copy = masked.copy({ workerQueues = queues }, {})
      assert.same({ name = "a", isSecret = true, value = MASK, podCpu = "1" }, copy.workerQueues[1])
   end)

   it("finds secrets where nobody expects them", function()
      local page =
         { deployments = { { environmentVariables = { { value = "s3cr3t-1", isSecret = true, a = 1 } } } } }
      local copy = masked.copy(page, {})
      assert.same({ value = MASK, isSecret = true, a = 1 }, copy.deployments[1].environmentVariables[1])
      assert.same({ new = { value = 5 } }, masked.copy({ new = { value = 5 } }, {}))
   end)
end)
