local world = require "spec.support.world"
local core = require "astro.core"

-- As JSON may write each of its characters.
local function escaped(text, form)
   return (text:gsub(".", function(c)
      return ("\\u" .. form):format(c:byte())
   end))
end

describe("secret", function()
   it("never repeats the token", function()
      local token = "eyJhbGciOi.marked+token/of=mine"
      local both = token .. " " .. escaped(token, "%04x")
      for _, answer in ipairs({
         { "401 x", "no " .. token .. " here, " .. token },
         { "401 x", ('{"message":"bad %s","requestId":"%s"}'):format(both, both) },
         {
            "400 x",
            ('{"fieldErrors":[{"field":"%s","code":"%s","message":"%s"}]}'):format(both, both, both),
         },
         { "200 x", "<html>" .. token },
         { "200 x", token },
         { "500 x", ("x"):rep(500) .. token },
         { "500 x", ("x"):rep(190) .. token },
      }) do
         local err = world.failure(world.answer(answer[1], answer[2]), token)
         for _, text in ipairs(world.strings(err)) do
            assert.is_nil(text:find(token, 1, true), text)
            assert.is_nil(text:find(token:sub(1, 10), 1, true), text)
         end
      end
      local _, message, err = core.get_deployment(nil, "x", token, { base_url = "http://127.0.0.1:1" })
      assert.is_nil((message .. tostring(err)):find(token, 1, true))
   end)

   it("never repeats the token where the service sends on or says that it ends", function()
      local token = "eyjhbgcioi.marked.token.of.mine"
      local err = world.failure(world.answer("302 x", "", "Location: https://" .. token .. "/\r\n"), token)
      assert.matches("a redirect to %*%*%*, not followed$", err.message)
      local lines = {}
      local base_url = world.answer("200 OK", "{}", "Deprecation: " .. token .. "\r\n")
      assert.is_table(core.get_deployment("org", "id", token, {
         base_url = base_url,
         log = function(_, text)
            lines[#lines + 1] = text
         end,
      }))
      assert.same({ "the service says: Deprecation: ***" }, lines)
   end)

   it("masks the passwords of any number of URLs, in the time that one pass takes", function()
      local start = os.clock()
      local body = ("http://u:password@h "):rep(400000)
      local err = world.failure(world.answer("500 x", body), nil, { timeout = 60 })
      assert.matches("Error: http://u:%*%*%*@h http://u:%*%*%*@h ", err.message)
      assert.is_true(os.clock() - start < 10)
   end)

   it("never repeats a proxy's password", function()
      local proxy = world.faults "http://somebody:marked-password@127.0.0.1"
      local err = world.failure("https://refuse.invalid", nil, { proxy = proxy })
      assert.is_nil(err.message:find("marked-password", 1, true))
      err = world.failure(
         "https://refuse.invalid",
         nil,
         { proxy = "bogus://somebody:marked-password@127.0.0.1:1" }
      )
      assert.equal(
         "GET deployment x: connect: Unsupported proxy scheme for 'bogus://somebody:***@127.0.0.1:1'",
         err.message
      )
   end)

   it("leaves the server's words whole where a token is no secret", function()
      local err = world.failure(world.answer("401 x", '{"message":"token expired"}'), "token")
      assert.equal("GET deployment x: 401 Unauthorized: token expired", err.message)
   end)

   it("is not repeated by what misuse raises", function()
      local token = "marked-token.with.dots"
      for _, arguments in ipairs({
         { token, "id", "token" },
         { "org", token, "token" },
         { "org", "id", token .. "\n\1" },
         { "org", "id", token .. "\0" },
         { "org", "id", "token", token },
         { "org", "id", "token", { base_url = token } },
         { "org", "id", "token", { api_version = token } },
         { "org", "id", "token", { timeout = token } },
         { "org", "id", "token", { [token] = 1 } },
         { "org", "id", "token", { proxy = token .. "\n" } },
         { "org", "id", "token", { headers = { ["X " .. token] = "" } } },
         { "org", "id", "token", { headers = { X = token .. "\r\n" } } },
         { "org", "id", "token", { user_agent = token .. "\n" } },
      }) do
         local ok, message = pcall(core.get_deployment, (table.unpack or unpack)(arguments, 1, 4))
         assert.is_false(ok)
         assert.is_nil(message:find(token, 1, true), message)
      end
   end)

   it("masks the token as JSON may write it", function()
      local token = "token/with/slashes.and-More_1"
      local twice = escaped(token, "%04x"):gsub("\\", "\\\\")
      for _, written in ipairs({
         "token\\/with\\/slashes.and-More_1",
         escaped(token, "%04x"),
         escaped(token, "%04X"),
         "token" .. escaped("/", "%04x") .. "with\\/slashes.and-" .. escaped("More", "%04X") .. "_1",
      }) do
         local body = ('{"error":"%s","a":"\\u0041\\u00","b":"\\uzz"}'):format(written)
         local err = world.failure(world.answer("500 Internal Server Error", body), token)
         assert.equal('{"error":"***","a":"\\u0041\\u00","b":"\\uzz"}', err.body)
         assert.matches(': 500 Internal Server Error: {"error":"%*%*%*"', err.message)
      end
      local body = ('{"message":"%s","fieldErrors":[{"message":"%s"}]}'):format(twice, twice)
      local err = world.failure(world.answer("400 x", body), token)
      assert.matches(": %*%*%*$", err.message)
      assert.equal("***", err.field_errors[1].message)
   end)
end)
