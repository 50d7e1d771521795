local core = require "astro.core"
local world = require "spec.support.world"

describe("exchange", function()
   it("tries again after what may pass, twice", function()
      assert.is_table(world.client("/sequence/502,504,200"):get_deployment "id")
      local _, _, err = world.client("/sequence/503"):get_deployment "id"
      assert.same({ "server", 503, 3 }, { err.kind, err.status, err.attempts })
   end)

   it("takes other answers as the last word", function()
      for _, status in ipairs({ 400, 401, 403, 404, 409, 501 }) do
         local _, _, err = world.client(("/sequence/%d,200"):format(status)):get_deployment "id"
         assert.same({ status, 1 }, { err.status, err.attempts })
      end
   end)

   it("tries as often as retries says", function()
      for retries = 0, 1 do
         local client = world.client("", { base_url = world.fault("send", ""), retries = retries })
         local _, _, err = client:get_deployment "id"
         assert.same({ "transport", retries + 1 }, { err.kind, err.attempts })
         _, _, err = client:get_deployment("id", { retries = 0 })
         assert.equal(1, err.attempts)
      end
   end)

   it("tries again after an attempt that was silent", function()
      local client =
         world.client("", { base_url = world.fault("hold", ""), attempt_timeout = 0.05, retries = 1 })
      local _, _, err = client:get_deployment "id"
      assert.same({ "timeout", 2 }, { err.kind, err.attempts })
   end)

   it("ends with its timeout, retries and all", function()
      local client = world.client("", { base_url = world.fault("hold", ""), timeout = 0.2, retries = 10 })
      local start = core.clock()
      local _, _, err = client:get_deployment "id"
      assert.equal("timeout", err.kind)
      assert.is_true(core.clock() - start < 10) -- an attempt alone may take that long
   end)

   it("counts its timeout over all attempts together", function()
      local _, _, err = world.client("/sequence/503+1", { timeout = 1.5, retries = 5 }):get_deployment "id"
      assert.same({ 503, 2 }, { err.status, err.attempts })
   end)

   it("takes from the wire what it gives up", function()
      local program = [[
         local client = require("astro").client { base_url = arg[1] }
         print(pcall(client.get_deployments, client, { "slow", "fast" }, {
            list = false,
            on_progress = function() error("enough", 0) end,
         }))
         print(tcp_connections "$PPID")
      ]]
      -- By HTTP/1.1: the answered one's connection is kept, the other's is closed.
      local arguments = world.plain() .. "/slow/20"
      local output = world.run(world.TCP_CONNECTIONS .. program, { arguments = arguments })
      -- Before Lua 5.4, what on_progress raises leaves what is under way to its own end.
      local open = tonumber(_VERSION:match "5%.%d") >= 5.4 and 1 or 2
      assert.equal(("false\tenough\n%d\n"):format(open), output)
   end)

   for form, header in pairs({ seconds = "1", ["a date"] = "date" }) do
      it("obeys Retry-After in " .. form .. ", for every call of the token", function()
         local token = world.token()
         local client = world.client(("/sequence/429+%s,200"):format(header), { token = token })
         local start = core.clock()
         assert.is_table(client:get_deployment "id")
         assert.is_true(core.clock() - start >= 0.5)
      end)
   end

   it("lets one call's 429 slow the others of its client and token", function()
      local client = world.client("/sequence/429+1,200", { token = world.token() })
      local _, _, err = client:get_deployment("id", { retries = 0 })
      assert.equal("rate_limited", err.kind)
      local start = core.clock()
      assert.is_table(client:get_deployment "id")
      assert.is_true(core.clock() - start >= 0.5)
   end)

   it("has ways out of a pause: another client, no rate, another host", function()
      local given = { token = world.token(), retries = 0 }
      local client = world.client("/sequence/429+600,200", given)
      assert.equal(429, select(3, client:get_deployment "id").status)
      assert.equal(0, select(3, client:get_deployment "id").attempts)
      assert(world.client("/sequence/200", given):get_deployment "id")
      given.rate = false
      local unbound =
         world.client("/sequence/429+600,200", { token = world.token(), retries = 0, rate = false })
      assert.equal(429, select(3, unbound:get_deployment "id").status)
      assert(unbound:get_deployment "id")
      assert(unbound:request("GET", "/x"))
   end)

   it("fails at once where Retry-After is past the deadline, and says how long", function()
      local client = world.client "/sequence/429+600,200"
      local _, _, err = client:get_deployment "id"
      assert.same({ "rate_limited", 429, 600, 1 }, { err.kind, err.status, err.retry_after, err.attempts })
      local message
      _, message, err = client:get_deployment "id"
      assert.same({ "rate_limited", 0 }, { err.kind, err.attempts })
      assert.is_true(err.retry_after > 200 and err.retry_after <= 300) -- the longest pause there is
      assert.matches("^GET deployment id: rate_limited: the service asked to wait another %d+ s$", message)
   end)

   it("lets what a token function raises through, and remains usable", function()
      local broken = true
      local client = world.client("/echo", {
         token = function()
            if broken then
               error("no vault", 0)
            end
            return "token"
         end,
      })
      assert.same({ false, "no vault" }, { pcall(client.get_deployment, client, "id") })
      broken = false
      assert.is_table(client:get_deployment "id")
   end)

   it("tries again before it starts what was not tried yet", function()
      local client = world.client("/sequence/503,200", { rate = 20, timeout = 1 })
      local ids = {}
      for i = 1, 36 do
         ids[i] = "id" .. i
      end
      local _, failed = client:get_deployments(ids, { list = false })
      assert.same({}, failed)
   end)

   it("counts what the rate makes it wait for in its timeout, and does not wait in vain", function()
      local client = world.client("/echo", { rate = 0.1, timeout = 2, token = world.token() })
      for _ = 1, 4 do
         assert(client:get_deployment "id")
      end
      local start = core.clock()
      local _, message, err = client:get_deployment "id"
      assert.same({ "timeout", 0 }, { err.kind, err.attempts })
      assert.matches(
         "^GET deployment id: timeout: its turn by the client's own rate would come in %d+ s$",
         message
      )
      assert.is_true(core.clock() - start < 2)
   end)

   it("gives up at once where the service's pause is longer than a retry has time", function()
      local paused, client = false, nil
      client = world.client("/sequence/503,429+60,200", {
         token = world.token(),
         timeout = 3,
         log = function()
            if not paused then
               paused = true
               client:get_deployment("other", { retries = 0 })
            end
         end,
      })
      local start = core.clock()
      local _, _, err = client:get_deployment "id"
      assert.same({ "rate_limited", true }, { err.kind, err.retry_after > 50 })
      assert.is_true(core.clock() - start < 3)
   end)

   it("bounds a Retry-After that is no sensible one", function()
      local base = world.answer("429 Too Many Requests", "", "Retry-After: 9223372036854775807\r\n")
      local client = world.client("", { base_url = base, retries = 0 })
      local _, _, err = client:get_deployment "id"
      assert.same({ "rate_limited", 604800 }, { err.kind, err.retry_after })
   end)

   it("lets a 429 to any method slow its token", function()
      local client = world.client("/sequence/429+1,200", { token = world.token() })
      local _, _, err = client:request("POST", "/things", { body = {}, retries = 0 })
      assert.equal("rate_limited", err.kind)
      local start = core.clock()
      assert.is_table(client:get_deployment "id")
      assert.is_true(core.clock() - start >= 0.5)
   end)

   it("tries any method again where it was certainly not processed, and nothing else but a GET", function()
      local client = world.client("/sequence/429,503,200", { token = world.token(), rate = false })
      local _, _, err = client:request("POST", "/things", { body = {} })
      assert.same({ 503, 2 }, { err.status, err.attempts })
      client = world.client("", { base_url = "http://127.0.0.1:1", timeout = 20 })
      _, _, err = client:request("DELETE", "/things")
      assert.same({ "connect", 3 }, { err.kind, err.attempts })
   end)

   for _, status in ipairs({ 408, 425, 520, 530 }) do
      it("tries again after " .. status, function()
         assert(world.client(("/sequence/%d,200"):format(status)):get_deployment "id")
      end)
   end

   it("tells each attempt to the log, never the token nor a body", function()
      local token = "marked-token-of-the-log"
      local lines = {}
      local client = world.client("/sequence/503,200", {
         token = token,
         log = function(level, text, fields)
            lines[#lines + 1] = level .. " " .. text
            for _, string in ipairs(world.strings(fields)) do
               assert.is_nil(string:find(token, 1, true))
            end
         end,
      })
      assert(client:get_deployment "id")
      assert.equal(2, #lines)
      local path = ("/organizations/%s/deployments/id"):format(world.org)
      local pattern = "^debug GET " .. path:gsub("%-", "%%-") .. ": %s in %%d+ ms %%(attempt %d%s%%)$"
      assert.matches(pattern:format(503, 1, ", request stand%-in%-503"), lines[1])
      assert.matches(pattern:format(200, 2, ""), lines[2])
      assert.is_nil(table.concat(lines):find(token, 1, true))
   end)

   it("does not let what the log raises change a result, and says so once", function()
      local program = [[
         local client = require("astro").client { base_url = arg[1], log = function() error("fu\n\27ll", 0) end }
         for _ = 1, 2 do
            print(client:get_deployment("id") ~= nil, (client:request("POST", "/things", { body = {} })) ~= nil)
         end
      ]]
      local output = world.run(program .. "io.stdout:flush()", { arguments = world.stand_in .. "/echo 2>&1" })
      assert.same({ 2, 1 }, {
         select(2, output:gsub("true\ttrue\n", "")),
         select(2, output:gsub("astro: the log function raised: fu ll\n", "")),
      })
   end)

   it("returns what a token function cannot give, in its words", function()
      local client = world.client("/echo", {
         token = function()
            return nil, "the vault is\nsealed"
         end,
      })
      for _, call in ipairs({
         function()
            return client:get_deployment "id"
         end,
         function()
            return client:request("POST", "/x")
         end,
      }) do
         local _, message, err = call()
         assert.same({ "unauthorized", 0 }, { err.kind, err.attempts })
         assert.matches("unauthorized: the vault is sealed$", message)
      end
      local _, failed = client:get_deployments({ "a", "b" })
      assert.same({ "unauthorized", "unauthorized" }, { failed.a.kind, failed.b.kind })
   end)

   it("asks a token function once more, told so, before a 401 is final", function()
      local told = {}
      local function client(tokens)
         told = {}
         return world.client("/sequence/401,401,200", {
            token = function(err)
               told[#told + 1] = err and err.status or "none"
               return tokens[#told], "no other"
            end,
         })
      end
      local old, new = world.token(), world.token()
      local _, _, err = client({ old, new }):get_deployment "id"
      assert.same({ 401, 2 }, { err.status, err.attempts })
      assert.same({ "none", 401 }, told)
      _, _, err = client({ world.token(), nil }):get_deployment "id"
      assert.same({ 401, 1 }, { err.status, err.attempts })
      local same = world.token()
      _, _, err = client({ same, same }):get_deployment "id"
      assert.same({ 401, 1 }, { err.status, err.attempts })
      local rotated = world.client("/sequence/401", {
         token = function(failed)
            return failed and "good" or same
         end,
      })
      assert.equal(2, select(3, rotated:request("POST", "/x")).attempts)
   end)

   it("keeps the frames of on_progress and on_poll in a traceback", function()
      local function innermost()
         error "enough"
      end
      local function on_either()
         innermost()
      end
      local client = world.client "/echo"
      for _, call in ipairs({
         function()
            client:get_deployments({ "a" }, { list = false, on_progress = on_either })
         end,
         function()
            client:wait_for("a", { on_poll = on_either })
         end,
      }) do
         local _, traceback = xpcall(call, debug.traceback)
         assert.matches("innermost", traceback)
      end
   end)

   it("writes the log to stderr by the level in ASTRO_LOG", function()
      local program = [[require("astro").get_deployment(nil, arg[1])]]
      local function lines(level)
         return world.with_environment({ ASTRO_LOG = level }, function()
            return (world.run(program, { arguments = world.full }))
         end)
      end
      for _, level in ipairs({ "debug", "DEBUG", "1" }) do
         local pattern = "^astro: debug: GET /organizations/[^\n]*: 200 in %d+ ms %(attempt 1%)\n$"
         assert.matches(pattern, lines(level), 1, false, level)
      end
      for _, level in ipairs({ "", "off", "none", "false", "0", "OFF", "info", "warn", "error", "Error" }) do
         assert.equal("", lines(level), level)
      end
   end)
end)

describe("wait_for", function()
   it("looks until the status is there", function()
      local seen = {}
      local client = world.client "/sequence/CREATING,404,DEPLOYING,500,UNHEALTHY,HEALTHY"
      local deployment = assert(client:wait_for("id", {
         interval = 0.01,
         on_poll = function(deployment, err)
            seen[#seen + 1] = deployment and deployment.status or err.status
         end,
      }))
      assert.equal("HEALTHY", deployment.status)
      assert.same({ "CREATING", 404, "DEPLOYING", 500, "UNHEALTHY", "HEALTHY" }, seen)
   end)

   for name, status in pairs({
      ["one status"] = "HIBERNATING",
      ["a list"] = { "UNHEALTHY", "HIBERNATING" },
      ["a function"] = function(deployment)
         return deployment.status:find "^HIB"
      end,
      ["one that nobody knows"] = "SUSPENDED",
   }) do
      it("waits for " .. name, function()
         local client = world.client "/sequence/DEPLOYING,HIBERNATING,SUSPENDED"
         assert.is_table(client:wait_for("id", { status = status, interval = 0.01 }))
      end)
   end

   it("tells the log of a status that nobody knows, and suggests where one is close", function()
      local warned
      local client = world.client("/sequence/SUSPENDED", {
         log = function(level, text)
            warned = level == "warn" and text or warned
         end,
      })
      assert(client:wait_for("id", { status = "SUSPENDED" }))
      assert.matches("SUSPENDED", warned)
      for wrong, right in pairs({ HEALTY = "HEALTHY", healthy = "HEALTHY", CREATIN = "CREATING" }) do
         local ok, message = pcall(client.wait_for, client, "id", { status = wrong })
         assert.is_false(ok)
         assert.matches("did you mean '" .. right .. "'%?", message)
      end
   end)

   it("ends at once where no further look would help, and by its timeout", function()
      local _, _, err = world.client("/sequence/DEPLOYING,403"):wait_for("id", { interval = 0.01 })
      assert.equal("forbidden", err.kind)
      assert.equal("DEPLOYING", err.deployment.status)
      local _, message
      _, message, err = world.client("/sequence/DEPLOYING"):wait_for("id", { interval = 0.01, timeout = 0.1 })
      assert.equal("timeout", err.kind)
      assert.matches("status DEPLOYING %(because%)$", message)
   end)

   it("lets what on_poll raises through, and remains usable", function()
      local client = world.client "/sequence/HEALTHY"
      assert.same({
         false,
         "enough",
      }, {
         pcall(client.wait_for, client, "id", {
            on_poll = function()
               error("enough", 0)
            end,
         }),
      })
      assert.is_table(client:wait_for "id")
   end)
end)
