local astro = require "astro"
local world = require "spec.support.world"

local function raised(f, ...)
   local ok, message = pcall(f, ...)
   assert.is_false(ok)
   return message
end

describe("client", function()
   it("keeps organization, token and options, which go before the environment", function()
      local client = world.client("/echo", {
         organization = "mine",
         token = " Bearer kept\n",
         api_pin = "1.0",
         headers = { ["X-Extra"] = "extra" },
      })
      local asked = assert(client:get_deployment "id")
      assert.equal("/echo/organizations/mine/deployments/id", asked.uri)
      assert.equal("Bearer kept", asked.authorization)
      assert.equal("extra", asked.extra)
      assert.equal("1.0", asked.apiVersion)
      client:close()
   end)

   it("takes the rest from the environment", function()
      world.with_environment({ ASTRO_API_TOKEN = "env", ASTRO_ORGANIZATION_ID = "env-org" }, function()
         local client = astro.client({ base_url = world.stand_in .. "/echo" })
         local asked = assert(client:get_deployment "id")
         assert.equal("/echo/organizations/env-org/deployments/id", asked.uri)
         assert.equal("Bearer env", asked.authorization)
      end)
      world.with_environment({ ASTRO_API_TOKEN = false, ASTRO_ORGANIZATION_ID = false }, function()
         local client = astro.client()
         assert.matches("ASTRO_ORGANIZATION_ID is not set", raised(client.get_deployment, client, "id"))
         client = astro.client({ organization = "org" })
         assert.matches("ASTRO_API_TOKEN is not set", raised(client.get_deployment, client, "id"))
      end)
   end)

   it("lets a call set its own times, retries and sizes", function()
      local client = world.client("", { base_url = world.fault("hold", ""), retries = 0 })
      local _, _, err = client:get_deployment("id", { timeout = 0.1 })
      assert.same({ "timeout", 1 }, { err.kind, err.attempts })
      client = world.client "/lists/plain/3"
      _, _, err = client:list_deployments({}, { max_body = 10 })
      assert.equal("too_large", err.kind)
      for name, home in pairs({ rate = "client", proxy = "client", status = "wait_for", params = "request" }) do
         local message = raised(client.get_deployment, client, "id", { [name] = "x" })
         assert.matches(
            ("bad option '%s' to 'get_deployment' %%(an option of '%s'%%)"):format(name, home),
            message
         )
      end
      local message = raised(client.get_deployment, client, "id", { timeot = 1 })
      assert.matches("bad option to 'get_deployment' %(unknown name; did you mean 'timeout'%?%)", message)
      assert.matches(
         "an option of 'client'",
         raised(client.request, client, "GET", "/", { user_agent = "x" })
      )
   end)

   for name, value in pairs({
      organization = "a/b",
      token = "",
      rate = -1,
      concurrency = 0,
      api_pin = "1\r\n",
      timeout = -1,
      log = "stderr",
      colour = "red",
   }) do
      it("refuses a wrong " .. name .. " at once, and says where", function()
         local message = raised(function()
            astro.client({ [name] = value })
         end)
         assert.matches("^[^\n]*client_spec.lua:%d+: bad %a+ ", message)
         assert.matches("to 'client'", message)
      end)
   end

   it("says where its caller stands, whatever the depth", function()
      local client = world.client "/lists/plain/3"
      for name, call in pairs({
         ["'id' to 'get_deployment'"] = function()
            client:get_deployment "a/b"
         end,
         ["'ids' to 'get_deployments'"] = function()
            client:get_deployments({ "a", 7 })
         end,
         ["query key to 'list_deployments' %(unknown name; did you mean 'workspaceIds'%?"] = function()
            client:list_deployments({ workspaceId = "x" })
         end,
         ["query key to 'each_deployment'"] = function()
            client:each_deployment({ sort = "x" })
         end,
         ["option 'interval' to 'wait_for'"] = function()
            client:wait_for("id", { interval = 0 })
         end,
         ["option 'status' to 'wait_for' %(unknown status; did you mean 'HEALTHY'?"] = function()
            client:wait_for("id", { status = "HEALTY" })
         end,
         ["'path' to 'request'"] = function()
            client:request("GET", "/{x}")
         end,
         ["'method' to 'request'"] = function()
            client:request("get", "/x")
         end,
      }) do
         assert.matches("^[^\n]*client_spec.lua:%d+: bad [^\n]*" .. name, raised(call))
      end
   end)

   it("leaves the caller's tables as they are", function()
      local given =
         { base_url = world.stand_in .. "/lists/plain/3", headers = {}, api_pin = "1.0", token = "t" }
      local query, ids = { limit = 2 }, { "b", "a", "b" }
      local client = astro.client(given)
      assert(client:list_deployments(query))
      for _ in client:each_deployment(query) do
      end
      client:get_deployments(ids, { list = false })
      assert.same({ limit = 2 }, query)
      assert.same({ "b", "a", "b" }, ids)
      assert.same({}, given.headers)
   end)

   it("shows base and organization, never the token", function()
      local client = astro.client({ organization = "org", token = "marked-token" })
      assert.equal(("astro.client (%s, org)"):format(world.stand_in), tostring(client))
      for _, text in ipairs(world.strings(client)) do
         assert.is_nil(text:find("marked-token", 1, true))
      end
      client:close()
      assert.matches("closed", tostring(client))
   end)

   it("is closed once and for all", function()
      local client = world.client "/echo"
      assert(client:get_deployment "id")
      client:close()
      client:close()
      for _, method in ipairs({
         "get_deployment",
         "list_deployments",
         "each_deployment",
         "get_deployments",
         "request",
      }) do
         assert.matches(method .. ": the client is closed", raised(client[method], client, "id"))
      end
      assert.equal(client.close, getmetatable(client).__close)
   end)

   it("ends what is under way as cancelled when it is closed", function()
      local client = world.client("", { base_url = world.stand_in })
      local ids = {}
      for i = 1, 5 do
         ids[i] = "cmdep0nobody" .. i
      end
      local _, failed = client:get_deployments(ids, {
         list = false,
         on_progress = function(done)
            if done == 1 then
               client:close()
            end
         end,
      })
      local kinds = {}
      for _, err in pairs(failed) do
         kinds[err.kind] = (kinds[err.kind] or 0) + 1
      end
      assert.equal(5, (kinds.cancelled or 0) + (kinds.not_found or 0))
      assert.is_true((kinds.cancelled or 0) > 0)
   end)

   it("takes a changed token of the environment, and refuses what is none", function()
      local client = astro.client({ base_url = world.stand_in .. "/echo" })
      for _, token in ipairs({ "first-token", "second-token" }) do
         world.with_environment({ ASTRO_API_TOKEN = token }, function()
            assert.equal("Bearer " .. token, assert(client:get_deployment "id").authorization)
         end)
      end
      world.with_environment({ ASTRO_API_TOKEN = "" }, function()
         local ok, message = pcall(client.get_deployment, client, "id")
         assert.is_false(ok)
         assert.matches("bad argument 'token' to 'get_deployment' %(.*ASTRO_API_TOKEN is not set%)", message)
      end)
      assert.is_false(pcall(astro.get_deployment, nil, "id", false))
      assert.is_false(pcall(astro.get_deployment, false, "id"))
   end)

   it("shows no password of the environment", function()
      world.with_environment({ ASTRO_API_URL = "https://user:hunter22@example.com" }, function()
         assert.is_nil(tostring(astro.client()):find("hunter22", 1, true))
      end)
   end)

   it("says of the environment what a method has against it, where the method is called", function()
      world.with_environment({ ASTRO_API_URL = "http://api.example.com" }, function()
         local there, told = astro.client({ organization = "o", token = "t" }), 0
         for name, call in pairs({
            get_deployment = function()
               astro.get_deployment("o", "id", "t")
            end,
            list_deployments = function()
               there:list_deployments()
            end,
            get_deployments = function()
               there:get_deployments({ "id" })
            end,
            each_deployment = function()
               there:each_deployment()()
            end,
            wait_for = function()
               there:wait_for "id"
            end,
            request = function()
               there:request("GET", "/x")
            end,
         }) do
            local ok, message = pcall(call)
            assert.is_false(ok)
            local start = "^[^\n:]*client_spec.lua:%d+: bad environment variable ASTRO_API_URL for '"
            assert.matches(start .. name .. "' %(https:// for a host", message)
            told = told + 1
         end
         assert.equal(6, told)
         local here = astro.client({ base_url = world.stand_in .. "/echo", organization = "o", token = "t" })
         assert.is_table(here:get_deployment("id", { timeout = 5 }))
      end)
   end)

   it("refuses a body for GET, and paths that walk however they are written", function()
      local client = world.client "/echo"
      assert.has_error(function()
         client:request("GET", "/x", { body = {} })
      end)
      for _, path in ipairs({ "/a/%2e%2e/b", "/a/.%2E/b", "/%2e" }) do
         local ok, message = pcall(client.request, client, "GET", path)
         assert.is_false(ok)
         assert.matches("without '.' and '..' segments", message, 1, true)
      end
   end)

   it("says of whom its own protocol is", function()
      for _, name in ipairs({ "pollfd", "events", "timeout", "step" }) do
         local ok, message = pcall(astro.client()[name], {})
         assert.is_false(ok)
         assert.matches("bad argument 'self' to '" .. name, message)
      end
   end)

   it("asks a token function at each attempt", function()
      local asked = 0
      local client = world.client("/sequence/503,503,200", {
         token = function()
            asked = asked + 1
            return "rotating-client-spec"
         end,
      })
      assert(client:get_deployment "id")
      assert.equal(3, asked)
   end)

   it("tells the log of the service's end, once", function()
      local lines = {}
      local client = world.client("/deprecated", {
         log = function(level, text, fields)
            lines[#lines + 1] = level == "warn" and text or nil
            assert.is_table(fields)
         end,
      })
      assert(client:get_deployment "id")
      assert(client:get_deployment "id")
      assert.equal(1, #lines)
      assert.matches("[Dd]eprecation: true", lines[1])
      assert.matches("[Ss]unset: Sun, 31 Jan 2027 23:59:59 GMT", lines[1])
   end)
end)

describe("client:request", function()
   local client = world.client "/echo"

   it("reaches any endpoint, the organization filled in", function()
      local value, status = client:request("GET", "/organizations/{organizationId}/clusters/{id}", {
         params = { id = "a b" },
         query = { names = { "x", "y" }, limit = 2 },
      })
      assert.equal(200, status)
      assert.equal(
         ("/echo/organizations/%s/clusters/a%%20b?limit=2&names=x&names=y"):format(world.org),
         value.uri
      )
   end)

   it("sends a table as JSON and a string as it is, on a fresh connection", function()
      local first = client:request("GET", "/x")
      local second = client:request("POST", "/x", { body = { name = "etl" } })
      assert.equal("POST", second.method)
      assert.equal("application/json", second.contentType)
      assert.not_equal(first.connection, second.connection)
      local slow = world.client("", { base_url = world.plain() .. "/echo" })
      first = slow:request("GET", "/x")
      assert.equal(first.connection, slow:request("GET", "/x").connection)
      for _, method in ipairs({ "POST", "PUT", "PATCH", "DELETE" }) do
         assert.not_equal(first.connection, slow:request(method, "/x").connection)
      end
      local raw = "HTTP/1.1 200 OK\r\n\r\n"
      local plain = world.client("", { base_url = world.fault("send", raw) })
      assert.same({ true, 200 }, { plain:request("POST", "/x", { body = "as it is" }) })
   end)

   it("refuses a body that JSON does not have, by its name and at the caller's line", function()
      for what, body in pairs({
         ["a string that is no UTF-8"] = { a = { "\255\254" } },
         ["a value that is a function"] = { print },
         ["a number as a key"] = { 1, nil, 3 },
      }) do
         local ok, message = pcall(client.request, client, "POST", "/x", { body = body })
         assert.is_false(ok)
         local wanted = ("bad option 'body' to 'request' (%s)"):format(what)
         assert.equal(wanted, message:match "^[^\n:]*client_spec.lua:%d+: ([^\n]*)$")
      end
      assert.is_false(pcall(client.request, client, "POST", "/x", { body = { ["\255"] = 1 } }))
      assert.is_false(pcall(client.request, client, "POST", "/x", { body = { "\237\160\128" } }))
   end)

   it("does not try again what may have been done", function()
      for _, method in ipairs({ "POST", "PUT", "PATCH", "DELETE" }) do
         local failing = world.client "/sequence/503,200"
         local _, _, err = failing:request(method, "/x")
         assert.same({ "server", 1 }, { err.kind, err.attempts })
      end
   end)

   it("gives true for an empty answer, and any JSON", function()
      local function ask(body)
         local there = world.client("", { base_url = world.answer("200 OK", body) })
         return (there:request("GET", "/x"))
      end
      assert.equal(true, ask "")
      assert.equal(12, ask "12")
      assert.equal(false, ask "false")
      assert.same({ 1, 2 }, ask "[1,null,2]")
      local there = world.client("", { base_url = world.fault("send", "HTTP/1.1 204 No Content\r\n\r\n") })
      assert.same({ true, 204 }, { there:request("DELETE", "/x") })
   end)

   it("gives the same errors", function()
      local there = world.client "/errors/403_permissions.json"
      local value, message, err = there:request("GET", "/things")
      assert.is_nil(value)
      assert.equal("forbidden", err.kind)
      assert.matches("^GET /things: 403 Forbidden: Insufficient permissions %(request ", message)
   end)
end)
