local world = require "spec.support.world"
local core = require "astro.core"

local ECHO = { base_url = world.stand_in .. "/echo" }

local function ask(org, id, token)
   return assert(core.get_deployment(org, id, token, ECHO))
end

local function raised(org, id, token)
   local ok, message = pcall(core.get_deployment, org, id, token, ECHO)
   assert.is_false(ok)
   return message
end

describe("request", function()
   it("asks for the one Deployment", function()
      local asked = ask("org-1_A", "id-2_B", "token")
      assert.equal("/echo/organizations/org-1_A/deployments/id-2_B", asked.uri)
      assert.equal("GET", asked.method)
   end)

   for _, length in ipairs({ 1, 25, 26, 27, 128 }) do
      it(("takes ids of %d characters"):format(length), function()
         local id = ("a"):rep(length)
         assert.equal(("/echo/organizations/%s/deployments/%s"):format(id, id), ask(id, id, "token").uri)
      end)
   end

   for name, id in pairs({
      ["empty"] = "",
      ["a dot"] = "..",
      ["a slash"] = "a/b",
      ["a percent sign"] = "%2e%2e",
      ["a question mark"] = "a?b",
      ["a blank"] = "a b",
      ["a line break"] = "a\r\nb",
      ["a NUL byte"] = "a\0b",
      ["a letter beyond ASCII"] = "é",
      ["too long"] = ("a"):rep(129),
   }) do
      it("refuses an id or organization that is or has " .. name, function()
         assert.matches("^bad argument 'id' to 'get_deployment' %(an id", raised("org", id, "token"))
         assert.matches("^bad argument 'org' to 'get_deployment' %(an id", raised(id, "id", "token"))
      end)
   end

   it("refuses what is no string", function()
      for _, value in ipairs({ 12, true, {}, print }) do
         local got = "%(a string expected, got " .. type(value) .. "%)$"
         assert.matches("^bad argument 'id' to 'get_deployment' " .. got, raised("org", value, "token"))
         assert.matches("^bad argument 'org' to 'get_deployment' " .. got, raised(value, "id", "token"))
      end
      assert.matches("'id' .*got nil%)$", raised("org", nil, "token"))
      assert.matches("'id' .*got nil%)$", (select(2, pcall(core.get_deployment))))
      for _, value in ipairs({ 12, true, {} }) do
         assert.matches("^bad argument 'token' .*got " .. type(value), raised("org", "id", value))
      end
   end)

   it("takes organization and token from the environment, and names what is missing", function()
      world.with_environment({ ASTRO_API_TOKEN = "env-token", ASTRO_ORGANIZATION_ID = "env-org" }, function()
         local asked = ask(nil, "id", nil)
         assert.equal("/echo/organizations/env-org/deployments/id", asked.uri)
         assert.equal("Bearer env-token", asked.authorization)
         assert.equal("Bearer given", ask("org", "id", "given").authorization)
      end)
      for _, value in ipairs({ false, "" }) do
         world.with_environment({ ASTRO_API_TOKEN = value, ASTRO_ORGANIZATION_ID = value }, function()
            assert.equal(
               "bad argument 'token' to 'get_deployment' "
                  .. "(a string expected, got nil, and ASTRO_API_TOKEN is not set)",
               raised("org", "id", nil)
            )
            assert.matches("ASTRO_ORGANIZATION_ID is not set", raised(nil, "id", "token"))
         end)
      end
      world.with_environment({ ASTRO_API_TOKEN = " Bearer x\n" }, function()
         assert.equal("Bearer x", ask("org", "id", nil).authorization)
      end)
   end)

   for _, text in ipairs({
      "secret",
      " secret",
      "secret\n",
      "\t secret \r\n",
      "Bearer secret",
      "bearer  secret",
      " Bearer secret\n",
   }) do
      it(("takes the token from %q"):format(text), function()
         assert.equal("Bearer secret", ask("org", "id", text).authorization)
      end)
   end

   for what, tokens in pairs({
      ["blanks"] = { "Bearer Bearer secret", "a b" },
      ["quotes"] = {
         '"secret"',
         "'secret'",
         "`secret`",
         '"Bearer secret"',
         "\226\128\156secret", -- each is told by itself
         "secret\226\128\157",
         "\226\128\152secret",
         "secret\226\128\153",
      },
      ["no%-break spaces"] = { "secret\194\160", "\194\160secret" },
      ["zero%-width spaces"] = { "secret\226\128\139", "se\226\128\139cret\n" },
      ["a byte order mark"] = { "\239\187\191secret" },
      ["characters beyond ASCII"] = { "sécret", "secret\255" },
      ["control characters"] = { "se\ncret", "se\0cret", "secret\127" },
   }) do
      it("refuses a token with " .. what .. ", and says so", function()
         for _, token in ipairs(tokens) do
            local message = raised("org", "id", token)
            assert.matches("^bad argument 'token' to 'get_deployment' %(a token without " .. what, message)
            assert.is_nil(message:find "cret")
         end
      end)
   end

   it("takes every other visible character in a token", function()
      local token = ""
      for code = 33, 126 do
         token = token .. string.char(code):gsub("[\"'`\\]", "")
      end
      assert.equal("Bearer " .. token, ask("org", "id", token).authorization)
   end)

   it("refuses a token that is empty, too long or has control characters", function()
      for _, token in ipairs({
         "",
         " ",
         "\n",
         "Bearer ",
         "a\nb",
         "a\r\nX: y",
         "a\0b",
         "a\127",
         ("x"):rep(16385),
      }) do
         assert.matches("^bad argument 'token' to 'get_deployment' %(", raised("org", "id", token))
      end
      local long = ("x"):rep(4000)
      assert.equal("Bearer " .. long, ask("org", "id", long).authorization)
   end)

   it("asks a token function at each request", function()
      local asked = 0
      local function token()
         asked = asked + 1
         return "turn-" .. asked .. "\n"
      end
      assert.equal("Bearer turn-1", ask("org", "id", token).authorization)
      assert.equal("Bearer turn-2", ask("org", "id", token).authorization)
      assert.equal(2, asked)
   end)

   it("lets a token function's own error through, and refuses what is no token", function()
      assert.matches(
         "no vault",
         raised("org", "id", function()
            error "no vault"
         end)
      )
      for _, value in ipairs({ false, 5, {}, "" }) do
         assert.matches(
            "^bad argument 'token'",
            raised("org", "id", function()
               return value
            end)
         )
      end
   end)

   it("is not confused by what a token function changes", function()
      local options = { base_url = ECHO.base_url, headers = { ["X-Extra"] = "before" } }
      local asked = core.get_deployment("org", "id", function()
         options.headers["X-Extra"] = "after"
         assert(core.get_deployment("org", "other", "inner", ECHO))
         collectgarbage()
         return "outer"
      end, options)
      assert.same({ "Bearer outer", "after" }, { asked.authorization, asked.extra })
   end)
end)
