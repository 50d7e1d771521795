local astro = require "astro"
local world = require "spec.support.world"

local ID = "cmmany00000000000000000001"
local TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

-- Collects what on_response is told.
local function collector()
   local told = {}
   return told,
      function(request, response)
         told[#told + 1] = { request = request, response = response }
      end
end

local function raised(f, ...)
   local ok, message = pcall(f, ...)
   assert.is_false(ok)
   return message
end

-- Every method, with its options last.
local methods = {
   get_deployment = function(client, given)
      return client:get_deployment(ID, given)
   end,
   list_deployments = function(client, given)
      return client:list_deployments({}, given)
   end,
   each_deployment = function(client, given)
      return client:each_deployment({}, given)()
   end,
   get_deployments = function(client, given)
      return client:get_deployments({ ID }, given)
   end,
   wait_for = function(client, given)
      return client:wait_for(ID, given)
   end,
   request = function(client, given)
      return client:request("GET", "/organizations/{organizationId}/deployments", given)
   end,
}

describe("on_request and on_response", function()
   for name, method in pairs(methods) do
      it("are asked by " .. name, function()
         local client = world.client "/lists/plain/3"
         local told, on_response = collector()
         local value = assert(method(client, {
            on_request = function(request)
               request.headers["X-Extra"] = "by the hook"
            end,
            on_response = on_response,
         }))
         local deployment = value[ID] or value.deployments and value.deployments[1] or value
         assert.equal("by the hook", deployment.description)
         assert.equal(1, #told)
         assert.matches("^/organizations/[^/]+/deployments", told[1].request.path)
         assert.same({ 200, 1, "2" }, {
            told[1].response.status,
            told[1].response.attempts,
            told[1].response.http_version,
         })
      end)
   end

   it("are options of a client, of astro.get_deployment and of one call", function()
      local told, on_response = collector()
      local client = world.client("/echo", { on_response = on_response })
      assert(client:get_deployment "id")
      assert(client:get_deployment("id", { on_response = function() end }))
      assert(client:with({ organization = "other" }):get_deployment "id")
      assert(
         astro.get_deployment(
            nil,
            "id",
            world.token(),
            { base_url = world.stand_in .. "/echo", on_response = on_response }
         )
      )
      assert.equal(3, #told)
      for _, name in ipairs({ "on_request", "on_response" }) do
         assert.matches(
            ("bad option '%s' to 'get_deployment' %%(a function expected, got string%%)"):format(name),
            raised(client.get_deployment, client, "id", { [name] = "x" })
         )
      end
   end)
end)

describe("on_request", function()
   it("is called before each attempt, and what it writes is of that attempt alone", function()
      local client = world.client("/sequence/503,200", { headers = { ["X-Extra"] = "first" } })
      local asked = {}
      local deployment = assert(client:get_deployment("id", {
         on_request = function(request)
            asked[#asked + 1] = request
            if request.attempt == 1 then
               request.headers["x-extra"] = "by the hook"
            end
         end,
      }))
      assert.equal("first", deployment.description)
      assert.same({ 1, 2 }, { asked[1].attempt, asked[2].attempt })
      assert.same(
         { "GET", "deployment id", "/organizations/" .. world.org .. "/deployments/id" },
         { asked[1].method, asked[1].target, asked[1].path }
      )
      assert.same({}, asked[2].headers)
   end)

   it("goes before the client's headers and the call's, whatever the case", function()
      local client = world.client("/echo", { headers = { ["X-Extra"] = "first" }, api_pin = "1.0" })
      local function on_request(request)
         request.headers["x-EXTRA"] = TRACE
      end
      local asked =
         client:get_deployment("id", { headers = { ["x-extra"] = "call" }, on_request = on_request })
      assert.same({ TRACE, "1.0" }, { asked.extra, asked.apiVersion })
      asked = client:get_deployment("id", {
         on_request = function(request)
            request.headers = { traceparent = TRACE }
         end,
      })
      assert.equal("first", asked.extra)
   end)

   it("raises on what must not be sent, at the caller's, and sends nothing", function()
      local token = world.token()
      local client = world.client("/lists/plain/3", { token = token })
      for expected, headers in pairs({
         ["'Authorization' is set by the library alone"] = { Authorization = "x" },
         ["without control characters"] = { x = "a\r\nb: c" },
         ["a name of letters"] = { ["a b"] = "x" },
         ["strings expected"] = { x = 5 },
         ["a table expected, got string"] = "x",
      }) do
         local message = raised(function()
            client:get_deployment(ID, {
               on_request = function(request)
                  request.headers = headers
               end,
            })
         end)
         assert.matches(
            "^[^\n]*hooks_spec.lua:%d+: bad option 'headers' to 'on_request' %(.*" .. expected,
            message
         )
      end
      assert.equal(0, world.counts(token).ones)
      assert.equal(ID, client:get_deployment(ID).id)
   end)

   it("passes on what it raises, leaving nothing under way", function()
      local token = world.token()
      local client = world.client("/lists/plain/3", { token = token })
      local problem = {}
      local ok, value = pcall(client.get_deployments, client, { ID, "nobody", "nobody-else" }, {
         list = false,
         on_request = function(request)
            if request.target == "deployment nobody-else" then
               error(problem)
            end
         end,
      })
      assert.same({ false, true }, { ok, value == problem })
      assert.equal(ID, client:get_deployment(ID).id)
   end)

   it("may cancel its call, which is then not sent", function()
      local token, cancel = world.token(), astro.canceller()
      local client = world.client("/lists/plain/3", { token = token })
      local _, _, err = client:get_deployment(ID, {
         cancel = cancel,
         on_request = function()
            cancel()
         end,
      })
      assert.same({ "cancelled", 0, 0 }, { err.kind, err.attempts, world.counts(token).ones })
   end)
end)

describe("on_response", function()
   local function told_of(base_url, options, given)
      local told, on_response = collector()
      given = given or {}
      given.base_url, given.on_response = base_url, on_response
      local client = world.client("", given)
      local value, message, err = client:get_deployment("id", options)
      return told, value, message, err
   end

   it("is told how each attempt ended", function()
      local told, value = told_of(world.stand_in .. "/sequence/503,404")
      assert.is_nil(value)
      assert.equal(2, #told)
      local first, second = told[1].response, told[2].response
      assert.same({ 503, "server", 1 }, { first.status, first.err.kind, told[1].request.attempt })
      assert.same({ 404, "not_found", 2 }, { second.status, second.err.kind, told[2].request.attempt })
      assert.same({ "stand-in-503", "stand-in-404" }, { first.request_id, second.request_id })
      assert.equal(2, second.attempts)
      assert.is_true(first.seconds >= 0 and first.seconds < 60)
   end)

   it("has the final answer's headers by small names, each once", function()
      local interim = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
      local head = "HTTP/1.1 200 OK\r\nX-One: 1 \r\nVary: a\r\nVARY:b\r\nX-Request-ID: abc\r\nX-Empty:\r\n"
         .. "Set-Cookie: a=1, x\r\nSet-Cookie: b=2\r\nTransfer-Encoding: chunked\r\n\r\n"
      local body = "2\r\n{}\r\n0\r\nX-Trailer: t\r\n\r\n"
      local told = told_of(world.fault("send", interim .. head .. body))
      local response = told[1].response
      assert.same({
         ["x-one"] = "1",
         vary = "a, b",
         ["x-request-id"] = "abc",
         ["x-empty"] = "",
         ["set-cookie"] = "a=1, x\nb=2",
         ["transfer-encoding"] = "chunked",
      }, response.headers)
      assert.same({ 200, "1.1", "abc" }, { response.status, response.http_version, response.request_id })
      assert.is_nil(response.err)
   end)

   it("has no headers where there was no answer", function()
      local told, _, _, err = told_of(world.fault("send", "HTTP/1.1 200 OK\r\nX-Cut: 1\r\n"), { retries = 0 })
      assert.equal("transport", err.kind)
      assert.same({}, told[1].response.headers)
      assert.same({ "transport" }, { told[1].response.err.kind, told[1].response.http_version })
      told = told_of("http://127.0.0.1:1", { retries = 0 })
      assert.same({}, told[1].response.headers)
      assert.equal("connect", told[1].response.err.kind)
   end)

   it("has no headers of a proxy's answer to CONNECT", function()
      local told = told_of(
         "https://refuse.localhost",
         { retries = 0 },
         { proxy = world.faults "http://127.0.0.1" }
      )
      assert.same({}, told[1].response.headers)
      assert.same({ "connect" }, { told[1].response.err.kind, told[1].response.http_version })
   end)

   it("is not told the token, even where the server repeats it", function()
      local token = world.token()
      local answer = ("HTTP/1.1 200 OK\r\nX-Echo: Bearer %s\r\nContent-Length: 2\r\n\r\n{}"):format(token)
      local told = told_of(world.fault("send", answer), nil, { token = token })
      assert.matches("^Bearer ", told[1].response.headers["x-echo"])
      for _, text in ipairs(world.strings(told)) do
         assert.is_nil(text:find(token, 1, true))
      end
   end)

   it("counts the request to an API version that is gone", function()
      local output = world.run(([[
         local client = require("astro").client {
            base_url = "%s",
            on_response = function(request, response) print(request.attempt, response.attempts, response.status) end,
         }
         assert(client:get_deployment "%s")
         assert(client:get_deployment "%s")
      ]]):format(world.host "gone410.localhost", world.full, world.full))
      assert.equal("1\t2\t200\n1\t1\t200\n", output)
   end)

   it("is told of what was cancelled", function()
      local told, on_response = collector()
      local cancel = astro.canceller()
      local client = world.client "/lists/plain/3"
      client:get_deployments({ ID, "nobody" }, {
         list = false,
         cancel = cancel,
         concurrency = nil,
         on_progress = function()
            cancel "enough"
         end,
         on_response = on_response,
      })
      assert.is_true(#told >= 1)
      for _, one in ipairs(told) do
         assert.is_true(one.response.status ~= nil or one.response.err.kind == "cancelled")
      end
   end)

   it("changes no result by what it raises, which stderr is told once", function()
      local output = world.run(([[
         local astro = require "astro"
         local client = astro.client { base_url = "%s/echo", on_response = function() error("on purpose", 0) end }
         print(client:get_deployment("id").method, client:get_deployment("id").method)
      ]]):format(world.stand_in))
      assert.equal("astro: on_response raised: on purpose\nGET\tGET\n", output)
   end)

   it("is told by a transport of one's own, too", function()
      local told, on_response = collector()
      local token = world.token()
      local client = astro.client({
         token = token,
         base_url = "https://transport.invalid/x",
         on_response = on_response,
         on_request = function(request)
            request.headers.traceparent = TRACE
         end,
         transport = function(request)
            local headers = { ["X-Seen"] = request.headers.traceparent, Vary = { "a", "b" } }
            headers["Retry-After"], headers["X-Token"] = "1", request.headers.Authorization
            return 404, headers, "{}"
         end,
      })
      local _, _, err = client:get_deployment "id"
      assert.equal("not_found", err.kind)
      local response = told[1].response
      assert.same({ TRACE, "a, b", "1", 404 }, {
         response.headers["x-seen"],
         response.headers.vary,
         response.headers["retry-after"],
         response.status,
      })
      assert.is_nil(response.http_version)
      assert.is_nil(response.headers["x-token"]:find(token, 1, true))
   end)

   it("is told by a transport that goes on by libcurl", function()
      local told, on_response = collector()
      local client = world.client("/echo", {
         on_response = on_response,
         on_request = function(request)
            request.headers["X-Extra"] = TRACE
         end,
         transport = function(_, libcurl)
            return libcurl()
         end,
      })
      assert.equal(TRACE, client:get_deployment("id").extra)
      assert.equal("application/json", told[1].response.headers["content-type"])
   end)
end)

-- Lua 5.1 has no loops: see spec/pollable_spec.lua.
for _, name in ipairs((_VERSION == "Lua 5.1" and not jit) and {} or { "poll", "cqueues", "luv" }) do
   it("on_request and on_response may wait, in astro.loop." .. name, function()
      local output = world.run(
         [[
         local astro, loop = require "astro", require("astro.loop." .. arg[1])
         local client = astro.client {
            loop = loop,
            base_url = os.getenv "ASTRO_API_URL" .. "/echo",
            on_request = function(request)
               loop.sleep(0.01)
               request.headers["X-Extra"] = request.target
            end,
            on_response = function(request, response)
               loop.sleep(0.01)
               print(request.target, response.status)
            end,
         }
         print(loop.run(function()
            return client:get_deployment("one").extra
         end, function()
            return client:get_deployment("two").extra
         end))
      ]],
         { arguments = name }
      )
      local lines = {}
      for line in output:gmatch "[^\n]+" do
         lines[#lines + 1] = line
      end
      table.sort(lines)
      assert.same({ "deployment one\t200", "deployment one\tdeployment two", "deployment two\t200" }, lines)
   end)
end
