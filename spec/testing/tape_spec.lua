local core = require "astro.core"
local testing = require "astro.testing"
local world = require "spec.support.world"

local unpack = table.unpack or unpack -- luacheck: ignore 143

local function raised(f, ...)
   local ok, message = pcall(f, ...)
   assert.is_false(ok)
   return message
end

describe("astro.testing.record", function()
   local TOKEN = "recorded-token-secret"

   -- What a client comes to, over a transport: a bit of everything.
   local function story(transport, base_url)
      local client = testing.client({
         base_url = base_url,
         organization = world.org,
         transport = transport,
         token = TOKEN,
         headers = { ["X-Key"] = "key-of-mine" },
      })
      local results = {}
      for _, id in ipairs({ world.full, "cmdep0required000000000002", "nobody", world.full }) do
         results[#results + 1] = { client:get_deployment(id) }
      end
      results[#results + 1] = { client:list_deployments({ limit = 2 }) }
      results[#results + 1] = { client:request("POST", "/things", { body = { name = "x" } }) }
      return results
   end

   it("keeps what libcurl brings, and replay plays it again to the letter", function()
      local path = world.write("tape", "")
      local first = story(testing.record(path), world.stand_in)
      assert.equal("not_found", first[3][3].kind)
      assert.equal(world.full, first[1][1].id)
      local kept = world.read(path)
      local second = story(testing.replay(path), "https://elsewhere.invalid")
      assert.same(first, second)
      for _, secret in ipairs({ TOKEN, "key-of-mine" }) do
         assert.is_nil(kept:find(secret, 1, true))
      end
      assert.matches('"Authorization":"Bearer %*%*%*"', kept)
      assert.matches('"X%-Key":"%*%*%*"', kept)
      local again = world.write("tape", "")
      story(testing.record(again, testing.replay(path)), world.stand_in)
      assert.equal(kept, world.read(again)) -- the same in the same order
   end)

   local function line_of(transport, body)
      local path = world.write("tape", "")
      local client = testing.client({
         token = TOKEN,
         retries = 0,
         transport = testing.record(path, transport),
      })
      client:request("POST", "/things", { body = body or "{}" })
      local text = world.read(path)
      return core.decode(text), text, path
   end

   it("masks secret values, whoever says them, and the token in whatever form", function()
      local secret =
         { environmentVariables = { { key = "K", isSecret = true, value = "hunter2" } }, name = "shown" }
      local line, text = line_of(function()
         return 200,
            {},
            '{"environmentVariables":[{"key":"K","isSecret":true,"value":"hunter3"}],"name":"shown too"}'
      end, secret)
      assert.is_nil(text:find "hunter")
      assert.matches("shown", line.asked.body)
      assert.matches("shown too", line.came.body)
      text = select(
         2,
         line_of(function()
            return 401, {}, '{"message":"no recorded\\u002dtoken-secret"}'
         end)
      )
      assert.is_nil(text:find("token-secret", 1, true))
      assert.matches("no %*%*%*", text)
      text = select(
         2,
         line_of(function()
            return 200, {}, '{"id":"i","token":"made-just-now"}'
         end)
      )
      assert.is_nil(text:find("made-just-now", 1, true))
   end)

   it("keeps of an answer's headers those that count, and of a redirect the host", function()
      local line = line_of(function()
         return 302,
            {
               ["Set-Cookie"] = "session=1",
               ["RETRY-AFTER"] = { "3", "5" },
               Location = "https://else.example/?key=1",
               ["X-Other"] = "o",
            },
            ""
      end)
      assert.same({ ["retry-after"] = "5", location = "https://else.example" }, line.came.headers)
   end)

   it("keeps failures, and bodies that are no text", function()
      local line, _, path = line_of(function()
         return nil, "refused " .. TOKEN, "connect"
      end)
      assert.same({ kind = "connect", message = "refused ***" }, line.failed)
      local _, _, err = testing
         .client({ transport = testing.replay(path), retries = 0 })
         :request("POST", "/things", { body = "{}" })
      assert.equal("connect", err.kind)
      local bytes = "\255\0\1\200" .. TOKEN .. "\128"
      _, _, path = line_of(function()
         return 500, {}, bytes
      end)
      local client = testing.client({ transport = testing.replay(path) })
      _, _, err = client:request("POST", "/things", { body = "{}" })
      assert.equal("\255\0\1\200***\128", err.body)
   end)

   it("lets the client refuse what its transport must not return, and keeps none of it", function()
      local path = world.write("tape", "")
      local client = testing.client({
         transport = testing.record(path, function()
            return 200, "headers"
         end),
      })
      assert.matches("must return a table of headers", raised(client.get_deployment, client, "a"))
      assert.equal("", world.read(path))
   end)

   it("says where it cannot write", function()
      assert.matches(
         "tape_spec.lua:%d+: testing.record: /no/such/folder/x: ",
         raised(function()
            testing.record "/no/such/folder/x"
         end)
      )
      assert.matches("bad argument 'file' to 'testing.record'", raised(testing.record))
      assert.matches("bad argument 'transport' to 'testing.record'", raised(testing.record, "x", {}))
      local client = testing.client({
         transport = testing.record("/dev/full", function()
            return 200, {}, "{}"
         end),
      })
      assert.matches("testing.record: .*[Nn]o space", raised(client.get_deployment, client, "a"))
   end)
end)

describe("astro.testing.replay", function()
   local function taped(answers, f)
      local path, place = world.write("tape", ""), 0
      f(testing.client({
         transport = testing.record(path, function()
            place = place + 1
            return unpack(answers[place])
         end),
      }))
      return path
   end

   it("names what was not recorded, or not that often", function()
      local path = taped({ { 200, {}, '{"id":"a"}' }, { 200, {}, '{"id":"b"}' } }, function(client)
         client:get_deployment "a"
         client:get_deployment "a"
      end)
      local client = testing.client({ transport = testing.replay(path) })
      assert.equal("a", client:get_deployment("a").id)
      assert.equal("b", client:get_deployment("a").id)
      local function ask(id)
         return raised(function()
            client:get_deployment(id)
         end)
      end
      local start = "tape_spec.lua:%d+: testing.replay: [^ ]+ has no GET https://[^ ]+/deployments/"
      assert.matches(start .. "a more than 2 times$", ask "a")
      assert.matches(start .. "b$", ask "b")
   end)

   it("tells requests apart by method, path, query and body, not by host, headers or token", function()
      local path = taped(
         { { 200, {}, '"get"' }, { 200, {}, '"one"' }, { 200, {}, '"two"' } },
         function(client)
            client:request("GET", "/x", { query = { a = 1 } })
            client:request("POST", "/x", { body = { n = 1 } })
            client:request("POST", "/x", { body = { n = 2 } })
         end
      )
      local client = testing.client({
         transport = testing.replay(path),
         base_url = "https://other.invalid",
         token = "another-token",
         headers = { ["X-More"] = "1" },
      })
      assert.equal("two", (client:request("POST", "/x", { body = { n = 2 } })))
      assert.equal("one", (client:request("POST", "/x", { body = { n = 1 } })))
      assert.equal("get", (client:request("GET", "/x", { query = { a = 1 } })))
      assert.matches("has no GET", raised(client.request, client, "GET", "/x", { query = { a = 2 } }))
   end)

   it("says what it cannot read", function()
      assert.matches("testing.replay: /no/such/file: ", raised(testing.replay, "/no/such/file"))
      assert.matches("bad argument 'file' to 'testing.replay'", raised(testing.replay, {}))
      for _, text in ipairs({ "x", "{}", "[]", '{"asked":{}}', '{"asked":1,"came":{}}' }) do
         local path = world.write(
            "tape",
            '{"asked":{"method":"GET","url":"https://h/x"},"failed":{}}\n' .. text .. "\n"
         )
         assert.matches("testing.replay: line 2 of [^ ]+ is no exchange", raised(testing.replay, path))
      end
   end)
end)
