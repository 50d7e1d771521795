local astro = require "astro"
local signed = require "spec.support.signed"
local world = require "spec.support.world"

-- A client of the stand-in's echo, which counts what is sent to it.
local function client_of(token, given)
   given = given or {}
   given.token = token
   return world.client("/echo", given)
end

local function bearer(client, ...)
   local asked, message, err = client:get_deployment("id", ...)
   return asked and asked.authorization, message, err
end

local function assert_secret(token, ...)
   for _, part in ipairs({ token, token:match "^.-%.(.-)%." }) do
      for _, value in ipairs({ ... }) do
         for _, text in ipairs(world.strings(value)) do
            assert.is_nil(text:find(part, 1, true), text)
         end
      end
   end
end

describe("an expired token", function()
   it("fails a call before it is sent", function()
      local token, lines = signed.expiring(-185), {}
      local client = client_of(token, {
         log = function(...)
            lines[#lines + 1] = { ... }
         end,
      })
      local _, message, err = client:get_deployment "id"
      local expected = "unauthorized: the token expired 3 min ago by this machine's clock"
      assert.equal("GET deployment id: " .. expected, message)
      assert.same({ "unauthorized", 0, nil }, { err.kind, err.attempts, err.status })
      assert_secret(token, message, err, lines)
      _, message = client:list_deployments()
      assert.equal("GET deployments: " .. expected, message)
      _, message = client:wait_for "id"
      assert.equal("GET deployment id: " .. expected, message)
      _, message = client:request("POST", "/x")
      assert.equal("POST /x: " .. expected, message)
      local _, failed = client:get_deployments({ "a", "b" })
      assert.same({ "unauthorized", "unauthorized" }, { failed.a.kind, failed.b.kind })
      local ok, raised = pcall(client:each_deployment())
      assert.same({ false, "unauthorized" }, { ok, raised.kind })
      assert.same({}, lines)
   end)

   it("fails a call of astro.get_deployment, too", function()
      local options = { base_url = world.stand_in .. "/echo" }
      local _, _, err = astro.get_deployment("org", "id", signed.expiring(-185), options)
      assert.same({ "unauthorized", 0 }, { err.kind, err.attempts })
      world.with_environment({ ASTRO_API_TOKEN = signed.expiring(-185) }, function()
         _, _, err = astro.get_deployment("org", "id", nil, options)
         assert.same({ "unauthorized", 0 }, { err.kind, err.attempts })
      end)
      options.check_token = false
      assert.is_table(astro.get_deployment("org", "id", signed.expiring(-185), options))
   end)

   it("is sent where nobody wants it checked, or the clocks may differ by as much", function()
      local token = signed.expiring(-185)
      assert.equal("Bearer " .. token, bearer(client_of(token, { check_token = false })))
      assert.is_nil(bearer(client_of(token)))
      token = signed.expiring(-50)
      assert.equal("Bearer " .. token, bearer(client_of(token)))
      assert.is_nil(bearer(client_of(signed.expiring(-70))))
      token = signed.expiring(3600)
      assert.equal("Bearer " .. token, bearer(client_of(token)))
      assert.equal("Bearer " .. token, bearer(client_of(" Bearer " .. token .. "\n")))
   end)

   for seconds, text in pairs({
      [100] = "1%d%d s ago",
      [125] = "2 min ago",
      [7300] = "2 h ago",
      [200000] = "2 days ago",
   }) do
      it("tells how long ago: " .. text, function()
         local _, message = bearer(client_of(signed.expiring(-seconds)))
         assert.matches("the token expired " .. text, message)
      end)
   end

   it("is one that expires meanwhile; until then nobody looks at it again", function()
      local tokens = require "astro.client.token"
      local now, looks = 0, 0
      local call = {
         name = "spec",
         token = signed.expiring(100),
         pollable = {
            clock = function()
               return now
            end,
         },
      }
      local time = os.time -- luacheck: ignore 122
      local function at(seconds)
         now = seconds
         os.time = function() -- luacheck: ignore 122
            looks = looks + 1
            return time() + seconds
         end
         local text, why = tokens.of(call, nil, now)
         os.time = time -- luacheck: ignore 122
         return text, why
      end
      assert.equal(call.token, (at(0)))
      assert.equal(call.token, (at(150)))
      assert.equal(1, looks)
      local text, why = at(170)
      assert.is_nil(text)
      assert.matches("^the token expired %d+ s ago", why)
      assert.equal(call.token, (at(0)))
   end)
end)

describe("a token function", function()
   local function giving(...)
      local tokens, asked = { ... }, {}
      return asked,
         function(err)
            asked[#asked + 1] = err or false
            return tokens[#asked]
         end
   end

   it("is asked once more, with the error, where its token has expired", function()
      local fresh = signed.expiring(3600)
      local asked, f = giving(signed.expiring(-185), fresh)
      assert.equal("Bearer " .. fresh, bearer(client_of(f)))
      assert.same({ 2, false, "unauthorized" }, { #asked, asked[1], asked[2].kind })
      assert.matches("get_deployment: unauthorized: the token expired 3 min ago", asked[2].message)
      for _, method in ipairs({ "list_deployments", "request" }) do
         asked, f = giving(signed.expiring(-185), fresh)
         local client = client_of(f)
         client[method](client, method == "request" and "GET" or nil, method == "request" and "/x" or nil)
         assert.equal(2, #asked)
      end
   end)

   it("is believed no second time", function()
      local asked, f = giving(signed.expiring(-185), signed.expiring(-300), signed.expiring(3600))
      local _, message, err = bearer(client_of(f))
      assert.same({ "unauthorized", 0, 2 }, { err.kind, err.attempts, #asked })
      assert.matches("expired 5 min ago", message)
      asked, f = giving(signed.expiring(-185), nil)
      _, message = bearer(client_of(function(told)
         local token = f(told)
         return token, not token and "the vault is closed" or nil
      end))
      assert.equal("GET deployment id: unauthorized: the vault is closed", message)
      assert.equal(2, #asked)
   end)

   it("is not asked more where nobody wants tokens checked", function()
      local expired = signed.expiring(-185)
      local asked, f = giving(expired)
      assert.equal("Bearer " .. expired, bearer(client_of(f, { check_token = false })))
      assert.equal(1, #asked)
   end)
end)

describe("client:token_info", function()
   it("says what a token says", function()
      local token = signed.token '{"exp":1700000000,"permissions":["organizationId:cmorg0"]}'
      local client = client_of("Bearer " .. token)
      assert.same({ expires_at = 1700000000, organization = "cmorg0", opaque = false }, client:token_info())
      client:token_info().organization = "changed"
      assert.equal("cmorg0", client:token_info().organization)
      assert.same({ opaque = true }, client_of("opaque-token"):token_info())
      world.with_environment({ ASTRO_API_TOKEN = token }, function()
         assert.equal(1700000000, astro.client():token_info().expires_at)
      end)
      world.with_environment({ ASTRO_API_TOKEN = false }, function()
         local ok, message = pcall(function()
            astro.client():token_info()
         end)
         assert.is_false(ok)
         assert.matches("token_spec.lua:%d+: bad argument 'token' to 'token_info'", message)
      end)
   end)

   it("says why a token function gives none", function()
      local info, message, err = client_of(function()
         return nil, "the vault is closed"
      end):token_info()
      assert.same(
         { nil, "token_info: unauthorized: the vault is closed", "unauthorized" },
         { info, message, err.kind }
      )
      assert.equal("token_info: unauthorized: the vault is closed", message)
   end)
end)

describe("the organization", function()
   local token = signed.expiring(3600, ',"permissions":["organizationId:of-the-token"]')
   local none = { ASTRO_ORGANIZATION_ID = false, ASTRO_API_TOKEN = false }

   local function uri(client)
      return assert(client:get_deployment "id").uri:match "/organizations/([^/]+)"
   end

   it("is the token's where neither client nor environment has one", function()
      world.with_environment(none, function()
         local client = client_of(token)
         assert.equal("of-the-token", uri(client))
         local asked = assert(client:request("GET", "/organizations/{organizationId}/x"))
         assert.matches("/organizations/of%-the%-token/x$", asked.uri)
         assert.matches("/of%-the%-token$", assert(client:get_organization()).uri)
         local options = { base_url = world.stand_in .. "/echo" }
         asked = assert(astro.get_deployment(nil, "id", token, options))
         assert.matches("/organizations/of%-the%-token/", asked.uri)
         assert.equal("of-the-token", uri(client_of("opaque-one", { organization = "of-the-token" })))
         assert.equal("mine", uri(client_of(token, { organization = "mine" })))
      end)
      world.with_environment({ ASTRO_ORGANIZATION_ID = "of-the-environment" }, function()
         assert.equal("of-the-environment", uri(client_of(token)))
      end)
      world.with_environment({ ASTRO_ORGANIZATION_ID = false, ASTRO_API_TOKEN = token }, function()
         assert.equal("of-the-token", uri(astro.client({ base_url = world.stand_in .. "/echo" })))
      end)
   end)

   it("is that of a token function, which is asked once for it", function()
      world.with_environment(none, function()
         local asked = 0
         local client = client_of(function()
            asked = asked + 1
            return token
         end)
         assert.equal("of-the-token", uri(client))
         assert.equal("of-the-token", uri(client))
         assert.equal(3, asked)
      end)
   end)

   it("is missing as ever where the token does not say", function()
      world.with_environment(none, function()
         for _, given in ipairs({ "opaque-token", signed.expiring(3600) }) do
            local client = client_of(given)
            local ok, message = pcall(client.get_deployment, client, "id")
            assert.is_false(ok)
            assert.matches(
               "bad argument 'organization' to 'get_deployment' %(.*ASTRO_ORGANIZATION_ID is not set",
               message
            )
            ok, message = pcall(client.request, client, "GET", "/organizations/{organizationId}/x")
            assert.is_false(ok)
            assert.matches("nothing given for {organizationId}", message, 1, true)
         end
         local ok, message = pcall(astro.get_deployment, nil, "id", "opaque-token")
         assert.is_false(ok)
         assert.matches(
            "bad argument 'org' to 'get_deployment' %(.*ASTRO_ORGANIZATION_ID is not set",
            message
         )
      end)
      world.with_environment({ ASTRO_ORGANIZATION_ID = "a/b" }, function()
         assert.is_false(pcall(uri, client_of(token)))
      end)
   end)
end)
