-- Every row of the API's operations, as a client's methods.

local astro = require "astro"
local bodies = require "astro.api.bodies"
local operation = require "astro.api.operation"
local operations = require "astro.api.operations"
local world = require "spec.support.world"

local unpack = table.unpack or unpack -- luacheck: ignore 143

-- A value for each type that a query key may have.
local SAMPLES = { boolean = true, id = "cmid", integer = 3, string = "a b", strings = { "a", "b" } }

local function client_of(token, given)
   given = given or {}
   given.base_url, given.api_version = world.stand_in .. "/operations", "none"
   given.token, given.organization, given.rate = token, "cmorg", false
   return astro.client(given)
end

-- The arguments of a row's methods, and the path that they make.
local function arguments_of(op)
   local arguments, path = {}, op.path:gsub("{organizationId}", "cmorg")
   for i, name in ipairs(op.parameters) do
      arguments[i] = "id-" .. i
      path = path:gsub("{" .. name .. "}", "id-" .. i)
   end
   return arguments, path
end

local function query_of(op)
   local query = {}
   for _, key in ipairs(op.query or {}) do
      local value = SAMPLES[key.type]
      query[key.name] = key.enum and (key.type == "strings" and { key.enum[1] } or key.enum[1]) or value
   end
   query.offset, query.limit = query.offset and 0, query.limit and 2
   return query
end

describe("operation", function()
   local token, client

   before_each(function()
      token = world.token()
      client = client_of(token)
   end)

   after_each(function()
      client:close()
   end)

   for _, row in ipairs(operations) do
      local op = operation.read(row)
      local arguments, path = arguments_of(op)

      it(row[1] .. " asks what its row says, and gives what that answers", function()
         local input = op.query and query_of(op) or row.takes and {} or nil
         arguments[#op.parameters + 1] = input
         local value = assert(client[row[1]](client, unpack(arguments, 1, #op.parameters + 1)))
         local asked = world.asked(token)
         assert.equal(row[2], asked.method)
         assert.equal("/operations" .. path, (asked.uri:gsub("%?.*", "")))
         for name, given in pairs(op.query and input or {}) do
            local text = tostring(type(given) == "table" and given[1] or given):gsub(" ", "%%20")
            assert.is_truthy(asked.uri:find(("[?&]%s=%s"):format(name, (text:gsub("%W", "%%%0")))), name)
         end
         assert.equal(row.takes and "{}" or nil, asked.body)
         if not row.answers then
            assert.is_true(value)
         elseif op.source then
            assert.equal(2, #value[op.source.key])
         else
            assert.equal(row.answers == "bytes" and "string" or "table", type(value))
         end
      end)

      for name, mode in pairs(op.methods) do
         if mode ~= "once" then
            it(name .. " goes through every page", function()
               local ids = {}
               arguments[#op.parameters + 1] = { limit = 2 }
               local given = client[name](client, unpack(arguments, 1, #op.parameters + 1))
               for _, item in ipairs(mode == "all" and assert(given) or {}) do
                  ids[#ids + 1] = item[op.source.id]
               end
               for item in mode == "each" and given or next, {} do
                  ids[#ids + 1] = item[op.source.id]
               end
               assert.same({ "id1", "id2", "id3" }, ids)
            end)
         end
      end
   end

   it("has a second name where the API's is odd", function()
      assert.is_table(client:rollback_deploy("d", "e", {}))
      assert.matches("/deploys/e/rollback$", world.asked(token).uri)
      assert.is_table(client:set_hibernation_override("d", { isHibernating = false }))
      assert.equal("POST", world.asked(token).method)
   end)

   it("sends a body as it is given: nothing added, nothing for what is absent", function()
      local variables = { { key = "A", isSecret = true }, { key = "B", isSecret = false, value = "" } }
      assert(client:update_deployment("d", { environmentVariables = variables, name = "n" }))
      local sent =
         '{"name":"n","environmentVariables":[{"key":"A","isSecret":true},{"key":"B","value":"","isSecret":false}]}'
      local decode = require("cjson").decode
      assert.same(decode(sent), decode(world.asked(token).body))
      assert(client:update_deploy("d", "e", '{"description": "as it is"}'))
      assert.equal('{"description": "as it is"}', world.asked(token).body)
   end)

   it("gives what is no page as an error that says so", function()
      client = astro.client({
         base_url = world.stand_in .. "/lists/nothing/1",
         token = token,
         organization = "cmorg",
      })
      local value, message, err = client:all_deployments()
      assert.is_nil(value)
      assert.equal("GET deployments: decode: no list of deployments", message)
      assert.equal("decode", err.kind)
   end)

   it("each takes any endpoint's pages", function()
      local ids = {}
      local template, given = "/organizations/{organizationId}/things/{x}/rockets", { params = { x = "y" } }
      for item in client:each(template, "rockets", { limit = 1, anything = "goes" }, given) do
         ids[#ids + 1] = item.id
      end
      assert.same({ "id1", "id2", "id3" }, ids)
      local uri = "/operations/organizations/cmorg/things/y/rockets?anything=goes&limit=1&offset=2"
      assert.equal(uri, world.asked(token).uri)
   end)

   for what, case in pairs({
      ["an id that is none"] = {
         "get_cluster",
         { "a/b" },
         "bad argument 'cluster_id' to 'get_cluster' %(an id of letters, digits",
      },
      ["an id that is missing"] = {
         "get_deploy",
         { "d" },
         "bad argument 'deploy_id' to 'get_deploy' %(a string expected, got nil%)",
      },
      ["a misspelt query key"] = {
         "list_deploys",
         { "d", { limt = 1 } },
         "bad query key to 'list_deploys' %(unknown name; did you mean 'limit'%?%)",
      },
      ["a misspelt value"] = {
         "list_clusters",
         { { provider = "AWSS" } },
         "bad query key 'provider' to 'list_clusters' %(unknown value; did you mean 'AWS'%?%)",
      },
      ["a query without what must be there"] = {
         "get_deployment_logs",
         { "d", { limit = 1 } },
         "bad query to 'get_deployment_logs' %(a value for 'sources' expected%)",
      },
      ["a body with a misspelt name"] = {
         "create_deploy",
         { "d", { git = { commitSh = "x" } } },
         "bad body to 'create_deploy' %(no field 'commitSh' of CreateDeployGitRequest; did you mean 'commitSha'%?%)",
      },
      ["a body with a misspelt name in a list"] = {
         "update_deployment",
         { "d", { workerQueues = { { nam = "x" } } } },
         "no field 'nam' of UpdateWorkerQueueRequest; did you mean 'name'%?",
      },
      ["no body"] = {
         "create_deploy",
         { "d" },
         "bad argument 'body' to 'create_deploy' %(a table expected, got nil%)",
      },
      ["a body that is no JSON"] = {
         "create_deploy",
         { "d", { description = print } },
         "bad argument 'body' to 'create_deploy' %(a value that is a function%)",
      },
      ["an option that is none"] = {
         "delete_team",
         { "t", { timeot = 1 } },
         "bad option to 'delete_team' %(unknown name; did you mean 'timeout'%?%)",
      },
      ["more arguments than there are"] = {
         "delete_team",
         { "t", {}, {} },
         "bad argument #3 to 'delete_team' %(2 at most expected%)",
      },
      ["a page of any endpoint that has no size"] = {
         "each",
         { "/x", "items", { limit = "1" } },
         "bad query key 'limit' to 'each' %(a whole number",
      },
   }) do
      it("refuses " .. what .. ", and sends nothing", function()
         local ok, message = pcall(client[case[1]], client, unpack(case[2]))
         assert.is_false(ok)
         assert.matches(case[3], message)
         assert.same({}, world.asked(token))
      end)
   end

   it("lets pass a field and a value that are newer than it", function()
      assert(client:update_team("t", { name = "n", hologram = true }))
      assert.matches('"hologram":true', world.asked(token).body, 1, true)
      assert(client:list_clusters({ provider = "HETZNER" }))
   end)

   it("makes a method when it is touched, once", function()
      local name = "get_workspace"
      assert.equal(client[name], client_of(token)[name])
      assert.is_nil(client.get_rocket)
   end)

   it("asks v1 for what it alone has, and refuses to ask v1beta1", function()
      local options =
         { base_url = world.stand_in, token = token, organization = "cmorg", rate = false, retries = 0 }
      local _, _, err = astro.client(options):get_self_user()
      assert.equal("not_found", err.kind)
      options.api_version = "v1beta1"
      local ok, message = pcall(function()
         return astro.client(options):get_self_user()
      end)
      assert.is_false(ok)
      assert.matches("'get_self_user' is for api_version 'v1' alone", message)
   end)

   it("has a shape for each object that a row names", function()
      local shape, objects = require "astro.api.shape", require "astro.api.objects"
      for _, row in ipairs(operations) do
         local answers = row.answers and row.answers:match "^%a+"
         assert.is_truthy(
            not answers or answers == "bytes" or objects[answers] or shape.objects[answers],
            answers
         )
         assert.is_truthy(not row.takes or bodies[row.takes], row.takes)
      end
      assert.equal(75, #operations)
   end)
end)
