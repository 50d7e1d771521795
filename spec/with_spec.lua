local astro = require "astro"
local world = require "spec.support.world"

local function raised(f, ...)
   local ok, message = pcall(f, ...)
   assert.is_false(ok)
   return message
end

describe("client:with", function()
   it("gives a client with other options, the rest the first one's", function()
      local first = world.client("/echo", {
         organization = "first",
         token = "first-token",
         headers = { ["X-Extra"] = "first" },
         api_pin = "1.0",
      })
      local asked = first:with({ organization = "other" }):get_deployment "id"
      assert.equal("/echo/organizations/other/deployments/id", asked.uri)
      assert.same(
         { "Bearer first-token", "first", "1.0" },
         { asked.authorization, asked.extra, asked.apiVersion }
      )
      asked = first:with({ token = "other-token", headers = { ["x-extra"] = "other" } }):get_deployment "id"
      assert.equal("/echo/organizations/first/deployments/id", asked.uri)
      assert.same(
         { "Bearer other-token", "other", "1.0" },
         { asked.authorization, asked.extra, asked.apiVersion }
      )
      asked = first:get_deployment "id"
      assert.same({ "Bearer first-token", "first" }, { asked.authorization, asked.extra })
      assert.equal("first-token", first:with():get_deployment("id").authorization:match "%S+$")
   end)

   it("has its times and retries", function()
      local first = world.client("", { base_url = world.fault("hold", ""), retries = 0 })
      local _, _, err = first:with({ timeout = 0.1 }):get_deployment "id"
      assert.same({ "timeout", 1 }, { err.kind, err.attempts })
   end)

   it("shares connections, which the last one closes", function()
      local first = world.client("/echo", { base_url = world.plain() .. "/echo" })
      local connection = first:get_deployment("id").connection
      local other = first:with({ token = world.token() })
      local third = other:with({ organization = "third" })
      assert.equal(connection, other:get_deployment("id").connection)
      first:close()
      assert.equal(connection, third:get_deployment("id").connection)
      other:close()
      assert.equal(connection, third:get_deployment("id").connection)
      assert.matches("get_deployment: the client is closed", raised(first.get_deployment, first, "id"))
      assert.matches("with: the client is closed", raised(first.with, first))
      third:close()
      third:close()
      assert.matches("get_deployment: the client is closed", raised(third.get_deployment, third, "id"))
   end)

   it("closes what it shares with one that is gone without being closed", function()
      local first = world.client "/echo"
      first:with({ organization = "other" })
      collectgarbage()
      collectgarbage()
      first:close()
      assert.is_false(pcall(first.get_deployment, first, "id"))
   end)

   it("tells its organization, and no token", function()
      local first = astro.client({ organization = "first", token = "marked-token" })
      local other = first:with({ organization = "other", token = "marked-token-2" })
      assert.equal(("astro.client (%s, other)"):format(world.stand_in), tostring(other))
      other:close()
      assert.equal(("astro.client (%s, other, closed)"):format(world.stand_in), tostring(other))
      assert.equal(("astro.client (%s, first)"):format(world.stand_in), tostring(first))
      for _, text in ipairs(world.strings(other)) do
         assert.is_nil(text:find("marked-token", 1, true))
      end
   end)

   it("refuses what is shared, and says so", function()
      local first = world.client "/echo"
      for name, value in pairs({
         loop = require "astro.loop.poll",
         concurrency = 3,
         rate = 5,
         base_url = "https://elsewhere.example",
         ca_file = "x",
         ca_path = "x",
         proxy = false,
      }) do
         local message = raised(function()
            first:with({ [name] = value })
         end)
         assert.matches("^[^\n]*with_spec.lua:%d+: ", message)
         assert.matches(
            ("bad option '%s' to 'with' %%(shared with the first client: an option of 'client'%%)$"):format(
               name
            ),
            message
         )
      end
      assert.matches(
         "bad option to 'with' %(unknown name; did you mean 'token'",
         raised(first.with, first, { tokn = "x" })
      )
      assert.matches("'token' to 'with'", raised(first.with, first, { token = "a b\n" }))
      assert.matches("'organization' to 'with'", raised(first.with, first, { organization = "a/b" }))
      assert.matches("'timeout' to 'with'", raised(first.with, first, { timeout = -1 }))
      assert.matches("'headers' to 'with'", raised(first.with, first, { headers = { Host = "x" } }))
   end)
end)

-- Lua 5.1 has no loops: see spec/pollable_spec.lua.
for _, name in ipairs((_VERSION == "Lua 5.1" and not jit) and {} or { "poll", "cqueues", "luv" }) do
   it("clients of the same connections end their own calls alone, in astro.loop." .. name, function()
      local output = world.run(
         [[
         local astro, loop = require "astro", require("astro.loop." .. arg[1])
         local base = os.getenv "ASTRO_API_URL"
         local first = astro.client { loop = loop, base_url = base, api_version = "none", rate = false }
         local other, sleeper = first:with { organization = "other" }, first:with { organization = "third" }
         local ended, looks = {}, 0
         local function ending(client, ...)
            local value, message = client:request("GET", ...)
            ended[#ended + 1] = value and value.id or message
         end
         loop.run(function()
            first:request("GET", "/hold/")
         end)
         loop.run(function()
            ending(first, "/slow/0/held")
         end, function()
            ending(other, "/slow/0/others")
         end, function()
            local given = { status = "HIBERNATING", interval = 20 }
            function given.on_poll()
               looks = looks + 1
            end
            local _, _, err = sleeper:wait_for("fast", given)
            ended[#ended + 1] = err.message
         end, function()
            while looks == 0 or other:request("GET", "/counts/").under_way < 2 do
               loop.sleep(0.01)
            end
            first:close()
            sleeper:close()
            for _ = 1, 3 do
               other:request("GET", "/echo/x")
            end
            ending(other, "/slow/0/fast")
            other:request("GET", "/release/")
         end)
         local two = { ended[1], ended[2] }
         table.sort(two)
         print(two[1], two[2])
         print(ended[3], ended[4])
         print(first:pollfd() ~= nil)
         other:close()
         print(first:pollfd() ~= nil)
      ]],
         { arguments = name }
      )
      assert.equal(
         "GET /slow/0/held: cancelled: the client was closed\t"
            .. "wait for deployment fast: cancelled: the client was closed\n"
            .. "fast\tothers\ntrue\nfalse\n",
         output
      )
   end)
end
