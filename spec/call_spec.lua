local call = require "astro.client.call"
local world = require "spec.support.world"

local ID = "cmmany00000000000000000001"

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
   each = function(client, given)
      local path = "/organizations/{organizationId}/deployments"
      return client:each(path, "deployments", {}, given)()
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

-- What was asked for, as bytes.
local function head_of(client, given)
   local asked = assert(client:get_deployment("id", given))
   return (asked.head:gsub("..", function(digits)
      return string.char(tonumber(digits, 16))
   end))
end

local function mirrored(given)
   given.base_url = world.faults "http://127.0.0.1" .. "/mirror/x"
   return world.client("", given)
end

local function count(text, pattern)
   return select(2, text:gsub(pattern, ""))
end

for name, method in pairs(methods) do
   describe("a call of " .. name, function()
      it("takes a token of its own, or a function that gives one", function()
         local kept, own, given = world.token(), world.token(), world.token()
         local client = world.client("/lists/plain/3", { token = kept })
         method(client, { token = own })
         method(client, {
            token = function()
               return given
            end,
         })
         for token, calls in pairs({ [kept] = 0, [own] = 1, [given] = 1 }) do
            local counts = world.counts(token)
            assert.equal(calls, counts.lists + counts.ones)
         end
      end)

      it("takes an organization and headers of its own", function()
         local client = world.client("/lists/plain/3", { organization = "first" })
         local seen = method(client, {
            organization = "other",
            headers = { ["X-Extra"] = "own" },
            connect_timeout = 3,
         })
         local deployment = seen[ID] or seen.deployments and seen.deployments[1] or seen
         assert.same({ "other", "own" }, { deployment.organizationId, deployment.description })
      end)

      it("refuses what is none of these, and never repeats a token", function()
         local client = world.client "/echo"
         for option, value in pairs({
            token = "secret-word\r\n x",
            organization = "a/b",
            headers = { Authorization = "x" },
            connect_timeout = -1,
         }) do
            local ok, message = pcall(method, client, { [option] = value })
            assert.is_false(ok)
            assert.matches(("^[^\n]*bad [^\n]*%s' to '%s' %%("):format(option, name), message)
            assert.is_nil(message:find("secret", 1, true))
         end
      end)
   end)
end

describe("the headers of a call", function()
   it("go before the client's, whatever the case of their names, and leave them as they are", function()
      local client = mirrored({ headers = { ["X-First"] = "first", ["X-Both"] = "first" } })
      local head = head_of(client, { headers = { ["x-both"] = "own", ["X-Own"] = "own" } })
      assert.matches("\r\nX%-First: first\r\n", head)
      assert.matches("\r\nx%-both: own\r\n", head)
      assert.matches("\r\nX%-Own: own\r\n", head)
      assert.equal(1, count(head:lower(), "\r\nx%-both:"))
      head = head_of(client)
      assert.matches("\r\nX%-Both: first\r\n", head)
      assert.is_nil(head:find("own", 1, true))
   end)

   it("have one X-API-Version: the call's own, before api_pin", function()
      local client = mirrored({ api_pin = "1.0" })
      local head = head_of(client, { headers = { ["X-Own"] = "own" } })
      assert.matches("\r\nX%-API%-Version: 1%.0\r\n", head)
      head = head_of(client, { headers = { ["x-api-version"] = "2.0" } })
      assert.matches("\r\nx%-api%-version: 2%.0\r\n", head)
      assert.equal(1, count(head:lower(), "\r\nx%-api%-version:"))
   end)

   it("are merged into a new table", function()
      local base, other = { A = "1", b = "1" }, { a = "2" }
      assert.same({ a = "2", b = "1" }, call.headers(base, other))
      assert.same({ A = "1", b = "1" }, base)
      assert.same({ a = "2" }, other)
   end)
end)
