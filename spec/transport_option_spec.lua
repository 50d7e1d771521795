local astro = require "astro"
local by_socket = require "spec.support.socket_transport"
local core = require "astro.core"
local world = require "spec.support.world"

local TOKEN = "spec-token-of-the-transport"

-- A client whose answers are these, one after another: each the transport's results, or a function that gives them.
-- The requests that it was given come second.
local function client_of(answers, given)
   local requests = {}
   given = given or {}
   given.base_url = given.base_url or "https://transport.invalid/base"
   given.token = given.token or TOKEN
   given.rate = given.rate or false
   given.transport = function(request)
      requests[#requests + 1] = request
      local answer = answers[math.min(#requests, #answers)]
      if type(answer) == "function" then
         return answer(request)
      end
      return answer[1], answer[2], answer[3]
   end
   return astro.client(given), requests
end

local function raised(f, ...)
   local ok, message = pcall(f, ...)
   assert.is_false(ok)
   return message
end

-- Only looks on.
local function by_libcurl(_, libcurl)
   return libcurl()
end

local ONE = { 200, {}, '{"id":"one"}' }

describe("a transport of one's own", function()
   -- What libcurl and each transport bring from the same address.
   local function assert_same(base_url, options, id)
      options = options or {}
      local results = {}
      for i, transport in ipairs({ false, by_socket, by_libcurl }) do
         local client = astro.client({
            base_url = base_url,
            token = options.token or world.token(),
            retries = 0,
            rate = false,
            max_body = options.max_body,
            transport = transport or nil,
         })
         local value, message, err =
            client:request("GET", "/organizations/{organizationId}/deployments/" .. (id or "x"))
         local deployment, second, failure = client:get_deployment(id or "x")
         results[i] = {
            value = value,
            message = message,
            err = err,
            deployment = deployment,
            second = second,
            failure = failure,
         }
         client:close()
      end
      assert.same(results[1], results[2])
      assert.same(results[1], results[3])
      return results[3]
   end

   for file in io.popen("ls spec/fixtures/errors"):lines() do
      it("leads to the same errors as libcurl: " .. file, function()
         local base = world.plain() .. "/errors/" .. file
         assert.is_string(assert_same(base).failure.kind)
      end)
   end

   for path in io.popen("ls spec/fixtures/v*/*"):lines() do
      local version, id = path:match "(v[^/]+)/(%w+)%.json$"
      it("leads to the same Deployments as libcurl: " .. path, function()
         local base = world.plain() .. (version == "v1" and "/v1" or "/platform/v1beta1")
         assert.equal(id, assert_same(base, {}, id).deployment.id)
      end)
   end

   local function http(seconds)
      return os.date("!%a, %d %b %Y %H:%M:%S GMT", 1700000000 + seconds)
   end

   for name, case in pairs({
      ["a 429 with seconds"] = { "429 x", "", "Retry-After: 7\r\n", "rate_limited" },
      ["a 503 with a date beside its own"] = {
         "503 x",
         "",
         ("Date: %s\r\nretry-AFTER: %s\r\n"):format(http(0), http(90)),
         "server",
      },
      ["a redirect elsewhere"] = { "302 x", "", "Location: https://else.example/x?key=1\r\n", "invalid" },
      ["a redirect within the host"] = { "307 x", "", "LOCATION: /sign-in\r\n", "invalid" },
      ["a redirect to nowhere"] = { "301 x", "", "", "invalid" },
      ["a 304"] = { "304 x", "", "Location: https://else.example/\r\n", "invalid" },
      ["a 412"] = { "412 x", "{}", "", "invalid" },
      ["a 599"] = { "599 x", ("x"):rep(2000), "", "server" },
      ["a 401 that repeats the token"] = { "401 x", '{"message":"no ' .. TOKEN .. '"}', "", "unauthorized" },
      ["HTML"] = { "200 OK", "<html>" .. TOKEN, "", "decode" },
      ["a list"] = { "200 OK", "[1]", "", "decode" },
      ["nothing"] = { "200 OK", "", "", "decode" },
      ["half of it"] = { "200 OK", '{"id":', "", "decode" },
      ["too much"] = { "200 OK", ("x"):rep(101), "", "too_large", 100 },
      ["an error with too much"] = { "404 x", ("x"):rep(101), "", "not_found", 100 },
   }) do
      it("leads to the same error as libcurl: " .. name, function()
         local base = world.answer(case[1], case[2], case[3])
         local found = assert_same(base, { max_body = case[5], token = TOKEN })
         assert.equal(case[4], found.failure.kind)
         for _, text in ipairs(world.strings(found)) do
            assert.is_nil(text:find(TOKEN, 1, true))
         end
      end)
   end

   it("gives the same pages, lists and waits", function()
      local client =
         world.client("", { base_url = world.plain() .. "/lists/plain/250", transport = by_socket })
      local count = 0
      for _ in client:each_deployment() do
         count = count + 1
      end
      assert.equal(250, count)
      local ids = { "cmmany00000000000000000001", "nobody", "cmmany00000000000000000250" }
      local found, failed = client:get_deployments(ids)
      assert.same({ ids[1], ids[3], "not_found" }, { found[ids[1]].id, found[ids[3]].id, failed.nobody.kind })
      client = world.client("", {
         base_url = world.plain() .. "/sequence/CREATING,503,HEALTHY",
         transport = by_socket,
      })
      assert.equal("HEALTHY", client:wait_for("id", { interval = 0.001 }).status)
   end)

   it("is given all that is sent", function()
      local client, requests = client_of({ { 200, {}, "{}" } }, {
         headers = { ["X-Extra"] = "extra", ["X-Empty"] = "" },
         user_agent = "spec/1",
         api_pin = "1.0",
         timeout = 20,
         attempt_timeout = 5,
      })
      assert(client:request("POST", "/things", { body = { name = "etl" }, query = { a = "b c" } }))
      local request = requests[1]
      assert.same({ "POST", '{"name":"etl"}' }, { request.method, request.body })
      assert.equal("https://transport.invalid/base/things?a=b%20c", request.url)
      local agent = request.headers["User-Agent"]
      request.headers["User-Agent"] = nil
      assert.matches("^spec/1 lua%-astro/", agent)
      assert.same({
         Authorization = "Bearer " .. TOKEN,
         Accept = "application/json, */*;q=0.1",
         ["Content-Type"] = "application/json",
         ["X-API-Version"] = "1.0",
         ["X-Empty"] = "",
         ["X-Extra"] = "extra",
         ["x-astro-client-identifier"] = "lua-astro",
         ["x-astro-client-version"] = astro._VERSION:match "[%d.]+",
      }, request.headers)
      assert.is_true(request.timeout > 15 and request.timeout <= 20) -- what is tried once has the whole time
      assert(client:request("GET", "/things"))
      assert.is_nil(requests[2].body)
      assert.is_true(requests[2].timeout > 0 and requests[2].timeout <= 5)
   end)

   it("is an option of one call, too, before the client's", function()
      local client, requests = client_of({ ONE })
      local two = function()
         return 200, {}, '{"id":"two"}'
      end
      assert.equal("two", client:get_deployment("x", { transport = two }).id)
      assert.equal("one", client:get_deployment("x").id)
      assert.equal(1, #requests)
      local options = { transport = two, base_url = "https://transport.invalid/x" }
      assert.equal("two", astro.get_deployment("o", "x", TOKEN, options).id)
   end)

   it("takes headers by any letters, and lists of values", function()
      local client = client_of({ { 429, { ["rEtry-aFTER"] = { "3", "9" } } } }, { retries = 0 })
      local _, _, err = client:get_deployment "x"
      assert.same({ 9, "rate_limited" }, { err.retry_after, err.kind })
   end)

   it("is asked again as retries, Retry-After and deadlines have it", function()
      local gone = { 503, {}, "" }
      local client, requests = client_of({ gone, { nil, "broken pipe" }, ONE }, { rate = false })
      assert.equal("one", client:get_deployment("x").id)
      assert.equal(3, #requests)
      client, requests = client_of(
         { { 429, { ["Retry-After"] = "20" } }, ONE },
         { timeout = 10, rate = 1000 }
      )
      local _, _, err = client:get_deployment "x"
      assert.same({ "rate_limited", 20, 1, 1 }, { err.kind, err.retry_after, err.attempts, #requests })
      _, _, err = client:get_deployment "x" -- the pause holds for all of the client's calls
      assert.same({ "rate_limited", 0, 1 }, { err.kind, err.attempts, #requests })
      client, requests = client_of({ gone, ONE })
      _, _, err = client:request("POST", "/things")
      assert.same({ "server", 1, 1 }, { err.kind, err.attempts, #requests })
      client, requests = client_of({ { nil, "refused", "connect" }, ONE })
      assert.equal("one", client:request("POST", "/things").id) -- it was certainly not processed
      assert.equal(2, #requests)
   end)

   it("is counted by the rate", function()
      local client, requests = client_of({ ONE }, { rate = 0.001, timeout = 1, token = world.token() })
      local err
      repeat
         local _
         _, _, err = client:get_deployment "x"
      until err or #requests > 10
      assert.matches("its turn by the client's own rate", err.message)
      assert.equal(4, #requests)
   end)

   it("has one request at a time, each told before the next", function()
      local client, requests = client_of({ { 401, {}, "" } })
      local _, failed = client:get_deployments({ "a", "b", "c" }, { list = false })
      assert.same({ "unauthorized", "unauthorized" }, { failed.a.kind, failed.c.kind })
      assert.equal(1, #requests)
   end)

   it("falls back to v1 where v1beta1 is gone, and remembers", function()
      local lines = {}
      local client, requests = client_of({
         function(request)
            if request.url:find("v1beta1", 1, true) then
               return 404, {}, "404 page not found"
            end
            return 200, {}, '{"id":"by v1"}'
         end,
      }, {
         base_url = "https://gone.transport.invalid",
         log = function(level, text)
            lines[#lines + 1] = level == "warn" and text or nil
         end,
      })
      for _ = 1, 2 do
         assert.equal("by v1", client:get_deployment("x").id)
      end
      local urls = {}
      for i, request in ipairs(requests) do
         urls[i] = request.url:match "invalid(/.-)/organizations"
      end
      assert.same({ "/platform/v1beta1", "/v1", "/v1" }, urls)
      assert.same({ "the service answers 404 for API version v1beta1: using v1 from now on" }, lines)
   end)

   it("is told of in the log, and so is the service's end", function()
      local lines, warned = {}, nil
      local headers = { Sunset = "Sun, 31 Jan 2027 23:59:59 GMT", deprecation = "by transport" }
      local client = client_of({ { 200, headers, "{}" } }, {
         log = function(level, text)
            lines[#lines + 1] = level == "debug" and text or nil
            warned = level == "warn" and text or warned
         end,
      })
      assert(client:get_deployment "x")
      assert.matches("^GET /organizations/.*: 200 in %d+ ms %(attempt 1%)$", lines[1])
      assert.equal(
         "the service says: Deprecation: by transport Sunset: Sun, 31 Jan 2027 23:59:59 GMT",
         warned
      )
   end)

   it("brings the next token after a 401", function()
      local client, requests = client_of({ { 401, {}, "" }, ONE }, {
         token = function(err)
            return err and "the-second-token" or "the-first-token"
         end,
      })
      assert.equal("one", client:get_deployment("x").id)
      assert.equal("Bearer the-second-token", requests[2].headers.Authorization)
   end)

   for kind, words in pairs({
      connect = "connect: no " .. "***",
      tls = "tls: no ***",
      timeout = "timeout: no ***",
      transport = "transport: no ***",
      too_large = "too_large: the answer is longer than max_body",
   }) do
      it("may say why nothing came: " .. kind, function()
         local client = client_of({ { nil, "no " .. TOKEN, kind } }, { retries = 0 })
         local value, message, err = client:get_deployment "x"
         assert.is_nil(value)
         assert.equal("GET deployment x: " .. words, message)
         assert.same({ kind, 1 }, { err.kind, err.attempts })
      end)
   end

   it("fails as transport where it says nothing else, in one line of a bounded length", function()
      local client = client_of({ { nil, ("long\nwords "):rep(1000) .. TOKEN } }, { retries = 0 })
      local _, message, err = client:get_deployment "x"
      assert.equal("transport", err.kind)
      assert.matches("^GET deployment x: transport: long words [^\n]+$", message)
      assert.is_true(#message < 300)
   end)

   it("never shows a token that its words end in", function()
      local token = ("long-token-"):rep(20)
      for length = 0, 260 do
         local client = client_of({ { nil, ("x"):rep(length) .. token } }, { retries = 0, token = token })
         local _, message = client:get_deployment "x"
         assert.is_nil(message:find("long", 1, true), message)
      end
   end)

   it("fails as transport with a status that is none", function()
      for _, status in ipairs({ 0, 99, 100, 199, 600, 999, 1000, 10200, -200, 1e15 }) do
         local client = client_of({ { status, {}, "{}" } }, { retries = 0 })
         local value, message, err = client:get_deployment "x"
         assert.same({ nil, "transport", nil }, { value, err.kind, err.status })
         assert.equal("GET deployment x: transport: no final status", message)
      end
   end)

   for wanted, results in pairs({
      ["a whole number as status, or nil and why there is none"] = {
         { "200", {}, "" },
         { 200.5, {}, "" },
         { 0 / 0, {}, "" },
         { 1 / 0, {}, "" },
         { -1 / 0, {}, "" },
         { true, {}, "" },
         { {}, {}, "" },
      },
      ["a table of headers behind the status"] = { { 200 }, { 200, "x", "" } },
      ["headers that are strings or lists of strings, by their names"] = {
         { 200, { "Date: x" } },
         { 200, { Date = 1 } },
         { 200, { Date = { 1 } } },
         { 200, { Date = { a = "b" } } },
         { 200, { Date = { "x", nil, "y" } } },
      },
      ["a string or nil as body"] = { { 200, {}, {} }, { 200, {}, 1 } },
      ["a status, headers and a body, or nil and a string that says why not"] = {
         {},
         { nil, {} },
         { nil, 1 },
      },
      ["'connect', 'tls', 'timeout', 'transport', 'too_large' or nil behind nil and why"] = {
         { nil, "x", "not_found" },
         { nil, "x", "x" },
         { nil, "x", {} },
      },
   }) do
      it("must return " .. wanted, function()
         for _, result in ipairs(results) do
            local client, requests = client_of({ result, ONE })
            local message = raised(function()
               client:get_deployment "x"
            end)
            local plain = ("bad option 'transport' to 'get_deployment' (its function must return %s)"):format(
               wanted
            )
            assert.equal(plain, message:match "^[^\n:]*transport_option_spec.lua:%d+: (.*)$")
            assert.equal("one", client:get_deployment("x").id) -- the next call works
            assert.equal(2, #requests)
         end
      end)
   end

   it("passes what it raises, and leaves nothing under way", function()
      local mark = {}
      local client = client_of({
         function()
            error(mark)
         end,
         ONE,
      })
      local ok, what = pcall(client.get_deployment, client, "x")
      assert.same({ false, true }, { ok, what == mark })
      assert.equal("one", client:get_deployment("x").id)
   end)

   it("may itself make calls of the client", function()
      local client
      client = client_of({
         function()
            return 200, {}, '{"id":"' .. client:get_deployment("inner").id .. '"}'
         end,
         ONE,
      })
      assert.equal("one", client:get_deployment("outer").id)
   end)

   it("comes to cancelled where the client is closed meanwhile", function()
      local client
      client = client_of({
         function()
            client:close()
            return 200, {}, "{}"
         end,
      })
      local _, message, err = client:get_deployment "x"
      assert.equal("GET deployment x: cancelled: the client was closed", message)
      assert.same({ "cancelled", 1 }, { err.kind, err.attempts })
   end)

   it("is refused where it is no function", function()
      for _, value in ipairs({ {}, "x", true }) do
         assert.matches(
            "bad option 'transport' to 'client' %(a function expected",
            raised(astro.client, { transport = value })
         )
      end
   end)

   it("needs neither network nor libcurl's handles", function()
      local session, made = core.session, 0
      core.session = function(...)
         made = made + 1
         local inner = session(...)
         return setmetatable({}, {
            __index = function(_, name)
               assert(name == "close" or name == "next" or name == "unwatch" or name == "wake", name)
               return function(_, ...)
                  return inner[name](inner, ...)
               end
            end,
         })
      end
      local client = client_of({ ONE })
      core.session = session
      assert.equal("one", client:get_deployment("x").id)
      client:close()
      assert.equal(1, made)
   end)
end)

-- Lua 5.1 has no loops: see spec/pollable_spec.lua.
for _, name in ipairs((_VERSION == "Lua 5.1" and not jit) and {} or { "poll", "cqueues", "luv" }) do
   it("a transport that yields serves calls side by side, in astro.loop." .. name, function()
      local output = world.run(
         [[
         local astro, loop = require "astro", require("astro.loop." .. arg[1])
         local under_way, most, seen = 0, 0, {}
         local client = astro.client {
            loop = loop,
            base_url = "https://transport.invalid/x",
            rate = false,
            transport = function(request)
               local id = request.url:match "[^/]+$"
               under_way = under_way + 1
               most = math.max(most, under_way)
               loop.sleep(0.01)
               under_way = under_way - 1
               if not seen[id] then
                  seen[id] = true
                  return 503, {}, ""
               end
               return 200, {}, ('{"id":"%s"}'):format(id)
            end,
         }
         local tasks = {}
         for i = 1, 5 do
            tasks[i] = function()
               return (client:get_deployment("id" .. i) or {}).id
            end
         end
         print(loop.run((table.unpack or unpack)(tasks)))
         print(most)
         print(pcall(loop.run, function()
            client:get_deployment("x", { transport = function()
               loop.sleep(0.01)
               error("raised on purpose", 0)
            end })
         end))
         loop.run(function()
            local _, message = client:get_deployment("x", { transport = function()
               loop.sleep(0.01)
               client:close()
               return 200, {}, "{}"
            end })
            print(message)
         end)
      ]],
         { arguments = name }
      )
      assert.equal(
         "id1\tid2\tid3\tid4\tid5\n5\nfalse\traised on purpose\n"
            .. "GET deployment x: cancelled: the client was closed\n",
         output
      )
   end)
end
