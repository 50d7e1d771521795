local astro = require "astro"
local canonical = require "spec.support.canonical"
local core = require "astro.core"
local documents = require "spec.support.documents"
local world = require "spec.support.world"

local PAIRS = {
   workloadIdentity = "effectiveWorkloadIdentity",
   drWorkloadIdentity = "effectiveDRWorkloadIdentity",
}

local function client_of(version, log)
   return world.client("", { api_version = version, log = log })
end

-- The same Deployment by every way to one, by the way's name.
local function ways(version)
   local client, token = client_of(version), world.token()
   local logged = client_of(version, function() end)
   local found = {
      ["client:get_deployment"] = client:get_deployment(world.full),
      ["with options of its own"] = client:get_deployment(world.full, { timeout = 20 }),
      ["with a log"] = logged:get_deployment(world.full),
      ["astro.get_deployment"] = astro.get_deployment(nil, world.full, token, { api_version = version }),
      wait_for = client:wait_for(world.full),
      ["get_deployments by the list"] = client:get_deployments({ world.full })[world.full],
      ["get_deployments singly"] = client:get_deployments({ world.full }, { list = false })[world.full],
   }
   for _, deployment in ipairs(client:list_deployments().deployments) do
      found.list_deployments = deployment.id == world.full and deployment or found.list_deployments
   end
   for deployment in client:each_deployment() do
      found.each_deployment = deployment.id == world.full and deployment or found.each_deployment
   end
   for _, deployment in ipairs(client:all_deployments()) do
      found.all_deployments = deployment.id == world.full and deployment or found.all_deployments
   end
   local body = world.read(("spec/fixtures/%s/%s.json"):format(version, world.full))
   local changing = world.client("", { base_url = world.answer("200 OK", body) })
   found.update_deployment = changing:update_deployment(world.full, {})
   client:wait_for(world.full, {
      timeout = 0.001,
      status = function(deployment)
         found["a test of wait_for"] = deployment
      end,
   })
   return found
end

describe("a renamed field", function()
   for _, version in ipairs({ "v1", "v1beta1" }) do
      it("is read by either name from what answers as " .. version, function()
         local count = 0
         for way, deployment in pairs(ways(version)) do
            count = count + 1
            for old, new in pairs(PAIRS) do
               assert.is_string(deployment[old], way)
               assert.equal(deployment[old], deployment[new], way)
               assert.is_nil(rawget(deployment, version == "v1" and old or new), way)
            end
         end
         assert.equal(12, count)
      end)
   end

   it("stays as it was sent where both names were", function()
      local body = '{"workloadIdentity":"old","effectiveWorkloadIdentity":"new"}'
      local client = world.client("", { base_url = world.answer("200 OK", body) })
      local deployment = assert(client:get_deployment "x")
      assert.same({ "old", "new" }, { deployment.workloadIdentity, deployment.effectiveWorkloadIdentity })
      assert.same(
         { workloadIdentity = "old", effectiveWorkloadIdentity = "new" },
         astro.filter.pick(deployment, { "workloadIdentity", "effectiveWorkloadIdentity" })
      )
   end)

   it("is nil where neither name was sent, as is what no version has", function()
      local client = world.client("", { base_url = world.answer("200 OK", "{}") })
      local deployment = assert(client:get_deployment "x")
      assert.is_nil(deployment.workloadIdentity)
      assert.is_nil(deployment.effectiveWorkloadIdentity)
      assert.is_nil(deployment.nobody)
      assert.is_nil(deployment[1])
   end)

   it("may be written, and changed", function()
      local deployment = assert(client_of("v1"):get_deployment(world.full))
      deployment.workloadIdentity = "mine"
      assert.equal("mine", deployment.workloadIdentity)
      assert.not_equal("mine", deployment.effectiveWorkloadIdentity)
   end)
end)

describe("what is read by both names", function()
   for _, version in ipairs({ "v1", "v1beta1" }) do
      it("is for all else as it was sent: " .. version, function()
         local told = {}
         local client = client_of(version, function(level, text)
            told[#told + 1] = level == "warn" and text or nil
         end)
         local deployment = assert(client:get_deployment(world.full))
         local sent = documents.fixture("full", version)
         local there = {}
         for name, value in pairs(deployment) do
            there[name] = value
         end
         assert.equal(canonical(sent), canonical(there))
         for _, write in ipairs({ "json", "lua", "deployment" }) do
            assert.equal(astro.pretty[write](sent), astro.pretty[write](deployment))
         end
         local cjson = require "cjson"
         assert.same(core.decode(cjson.encode(sent)), core.decode(cjson.encode(deployment)))
         for _, api_version in ipairs({ "v1", "v1beta1" }) do
            local given = { api_version = api_version }
            assert.same(astro.check(sent, given), astro.check(deployment, given))
         end
         assert.same(astro.check(sent), astro.check(deployment))
         assert.same(astro.urls(sent), astro.urls(deployment))
         local other = documents.fixture("full", version == "v1" and "v1beta1" or "v1")
         assert.equal("", astro.pretty.diff(sent, deployment))
         assert.equal("", astro.pretty.diff(deployment, sent))
         assert.equal(astro.pretty.diff(sent, other), astro.pretty.diff(deployment, other))
         assert.equal(astro.pretty.diff(other, sent), astro.pretty.diff(other, deployment))
         assert.equal(astro.pretty.diff({}, sent), astro.pretty.diff({}, deployment))
         assert.equal(astro.pretty.diff(sent, {}), astro.pretty.diff(deployment, {}))
         for old, new in pairs(PAIRS) do
            local columns = { columns = { old, new }, show = { identities = true } }
            assert.equal(astro.pretty.table({ sent }, columns), astro.pretty.table({ deployment }, columns))
            for _, name in ipairs({ old, new }) do
               local value = sent[old] or sent[new]
               assert.equal(value, astro.filter.get(deployment, name))
               assert.equal(1, #astro.filter.where({ deployment }, { [name] = value }))
               assert.equal(1, astro.filter.count_by({ deployment }, name)[value])
               assert.equal(deployment, astro.filter.sort_by({ deployment }, name)[1])
            end
         end
         assert.same({}, told)
      end)
   end

   it("is compared by what it has itself", function()
      local told = 0
      local client = world.client("", {
         base_url = world.answer("200 OK", '{"effectiveWorkloadIdentity":"a"}'),
         log = function(level)
            told = told + (level == "warn" and 1 or 0)
         end,
      })
      local both = { effectiveWorkloadIdentity = "a", workloadIdentity = "a" }
      assert.equal("", astro.pretty.diff(client:get_deployment "x", both))
      assert.equal("", astro.pretty.diff(both, client:get_deployment "x"))
      assert.equal(0, told)
   end)

   it("is no list where it is empty", function()
      local client = world.client("", { base_url = world.answer("200 OK", "{}") })
      assert.equal("{}", astro.pretty.json(client:get_deployment "x"))
   end)

   it("has one metatable for all, and another one for each log", function()
      local client, other = client_of "v1", client_of "v1beta1"
      local log = function() end
      local logged = client_of("v1", log)
      local one = getmetatable(client:get_deployment(world.full))
      assert.equal(one, getmetatable(client:get_deployment(world.full, { timeout = 20 })))
      assert.equal(one, getmetatable(other:get_deployment(world.full)))
      assert.not_equal(one, getmetatable(logged:get_deployment(world.full)))
      assert.equal(
         getmetatable(logged:get_deployment(world.full)),
         getmetatable(client_of("v1", log):get_deployment(world.full))
      )
   end)
end)

describe("a name that is gone", function()
   local function listener()
      local lines = {}
      return lines,
         function(level, text)
            lines[#lines + 1] = level == "warn" and text or nil
         end
   end

   it("is told to the log once, with the new name and the place", function()
      local lines, log = listener()
      local client = client_of("v1", log)
      for _ = 1, 3 do
         local deployment = assert(client:get_deployment(world.full))
         local _ = deployment.workloadIdentity or deployment.effectiveWorkloadIdentity
      end
      assert.equal(1, #lines)
      assert.matches(
         "^workloadIdentity is called effectiveWorkloadIdentity by API version v1; "
            .. "[^ ]*spec/names_spec.lua:%d+ reads the old name$",
         lines[1]
      )
      local _ = client:get_deployment(world.full).drWorkloadIdentity
      assert.matches("^drWorkloadIdentity is called effectiveDRWorkloadIdentity", lines[2])
      local others, other_log = listener()
      _ = client_of("v1", other_log):get_deployment(world.full).workloadIdentity
      assert.equal(1, #others)
   end)

   it("is none where v1beta1 answered", function()
      local lines, log = listener()
      local deployment = client_of("v1beta1", log):get_deployment(world.full)
      local _ = deployment.workloadIdentity .. deployment.effectiveWorkloadIdentity
      local required = client_of("v1beta1", log):get_deployment "cmdep0required000000000002"
      assert.is_nil(required.workloadIdentity)
      assert.same({}, lines)
   end)

   it("is told of an absent field where the environment asks for v1", function()
      world.with_environment({ ASTRO_API_VERSION = "v1" }, function()
         local lines, log = listener()
         assert.is_nil(client_of("v1", log):get_deployment("cmdep0required000000000002").workloadIdentity)
         assert.equal(1, #lines)
      end)
   end)

   it("may be read by the log, too", function()
      local deployment, seen
      local client = client_of("v1", function()
         seen = deployment and deployment.workloadIdentity
      end)
      deployment = client:get_deployment(world.full)
      assert.is_string(deployment.workloadIdentity)
      assert.equal(deployment.workloadIdentity, seen)
   end)
end)

-- A program whose old names stand in lines 6 and 8.
local PROGRAM = [[
   io.stdout:setvbuf "no"
   local astro = require "astro"
   local d = astro.get_deployment(nil, arg[1])
   for _ = 1, 3 do
      local _ =
         d.workloadIdentity
   end
   print(d.drWorkloadIdentity ~= nil, d.effectiveWorkloadIdentity ~= nil, astro.pretty.json(d) ~= "")
]]

local function rehearse(log_level, ending, version)
   return world.with_environment({ ASTRO_LOG = log_level, ASTRO_API_VERSION = version or "v1" }, function()
      return (world.run(PROGRAM .. (ending or ""), { arguments = world.full }))
   end)
end

describe("a rehearsal", function()
   local function listed_in(output)
      local listed = {}
      for line in output:gmatch "[^\n]+" do
         local text, number = line:match "^astro: info: at its end: (.*) was read at [^ ]*:(%d+)$"
         listed[#listed + 1] = text and text .. " " .. number
      end
      return listed
   end

   for name, ending in pairs({
      ["comes to its end"] = "",
      ["ends by os.exit"] = "os.exit(0)",
      ["ends by an error"] = "error 'enough'",
   }) do
      it("lists old names and where they are read, if the program " .. name, function()
         local output = rehearse("info", ending)
         assert.same({
            "workloadIdentity, now effectiveWorkloadIdentity, 6",
            "drWorkloadIdentity, now effectiveDRWorkloadIdentity, 8",
         }, listed_in(output))
         assert.matches("^astro: warn: workloadIdentity is called effectiveWorkloadIdentity", output)
         assert.matches("true\ttrue\ttrue\n.*at its end", output)
      end)
   end

   it("has nothing in its list that acts on a terminal", function()
      local output = rehearse(
         "info",
         [[
         local load_text = loadstring or load
         load_text("local _ = (...).workloadIdentity", "=chunk\27[2J")(d)
      ]]
      )
      assert.matches("was read at chunk [2J:1\n", output, 1, true)
   end)

   it("prints nothing where nobody set ASTRO_LOG, and no list where that is for warnings", function()
      assert.equal("true\ttrue\ttrue\n", rehearse(false))
      assert.equal("true\ttrue\ttrue\n", rehearse "error")
      local output = rehearse "warn"
      assert.same({}, listed_in(output))
      local _, warnings = output:gsub("astro: warn: ", "")
      assert.equal(2, warnings)
   end)

   it("finds nothing where the old names are those that are sent", function()
      assert.equal("true\ttrue\ttrue\n", rehearse("info", "", "v1beta1"))
   end)
end)
