local world = require "spec.support.world"
local core = require "astro.core"

local function raised(options)
   local ok, message = pcall(core.get_deployment, "org", "id", "token", options)
   assert.is_false(ok)
   return message
end

describe("options", function()
   it("stand in one table, with their defaults and variables", function()
      local found = {}
      for _, option in ipairs(core.options) do
         assert.is_string(option.text)
         local default, variable = tostring(option.default), tostring(option.env)
         found[#found + 1] = ("%s %s %s %s"):format(option.name, option.type, default, variable)
      end
      assert.same({
         "api_version version auto ASTRO_API_VERSION",
         "base_url url https://api.astronomer.io ASTRO_API_URL",
         "ca_file string nil ASTRO_CA_FILE",
         "ca_path string nil nil",
         ("timeout seconds %s nil"):format(tostring(30.0)),
         ("attempt_timeout seconds %s nil"):format(tostring(10.0)),
         ("connect_timeout seconds %s nil"):format(tostring(5.0)),
         "max_body integer 16777216 nil",
         "proxy proxy nil nil",
         "headers headers nil nil",
         "user_agent string nil nil",
         "retries integer 2 nil",
         "log function nil nil",
      }, found)
   end)

   for name, values in pairs({
      api_version = { "v2", "", 1, "v1beta1 ", false },
      base_url = { "", 1, "api.astronomer.io", "https://", "x\ny" },
      ca_file = { "", 1, "a\0b", "a\nb" },
      ca_path = { "", true },
      timeout = { 0, -1, 86401, "30", 0 / 0, 1 / 0, -1 / 0, {} },
      attempt_timeout = { 0, "x" },
      connect_timeout = { 0, false },
      max_body = { 0, 1.5, 2 ^ 31, "1" },
      proxy = { "", true, 1, "http://x\n" },
      headers = { "X: 1", 1, false },
      user_agent = { "", 1, "a\r\nb" },
      retries = { -1, 11, 0.5, "0" },
      log = { "stderr", true },
   }) do
      it("raises for a bad " .. name, function()
         for _, value in ipairs(values) do
            assert.matches(
               "^bad option '" .. name .. "' to 'get_deployment' %(.* expected",
               raised({ [name] = value })
            )
         end
      end)
   end

   it("raises for what is no table and for a name that is no string", function()
      assert.equal("bad argument 'options' to 'get_deployment' (a table expected, got number)", raised(5))
      assert.equal("bad option to 'get_deployment' (a name expected, got a number)", raised({ "timeout" }))
   end)

   it("says where the caller stands", function()
      local ok, message = pcall(function()
         core.get_deployment("org", "id", "token", { timeout = 0 })
      end)
      assert.is_false(ok)
      assert.matches("^[^\n]*options_spec.lua:%d+: bad option 'timeout'", message)
      assert.matches("seconds from 0.001 to 86400 expected, got 0", message)
   end)

   it("accept retries", function()
      assert.is_table(core.get_deployment(nil, world.full, world.token(), { retries = 3 }))
   end)

   it("come from the environment at the call, and the call goes before it", function()
      local variables = { ASTRO_API_URL = world.plain() .. "/echo", ASTRO_CA_FILE = "/no/such/file" }
      world.with_environment(variables, function()
         local asked = assert(core.get_deployment(nil, "x", "token"))
         assert.equal("HTTP/1.1", asked.protocol)
         local options = { base_url = world.stand_in .. "/echo" }
         local _, _, err = core.get_deployment(nil, "x", "token", options)
         assert.equal("tls", err.kind)
      end)
      assert.is_table(core.get_deployment(nil, world.full, world.token()))
   end)

   it("count an empty variable as unset", function()
      world.with_environment({ ASTRO_API_VERSION = "" }, function()
         assert.is_table(core.get_deployment(nil, world.full, world.token()))
      end)
   end)

   it("name a variable that is wrong", function()
      world.with_environment({ ASTRO_API_VERSION = "v7" }, function()
         assert.equal(
            "bad environment variable ASTRO_API_VERSION for 'get_deployment' "
               .. '("v1beta1", "v1", "none" or "auto" expected)',
            raised()
         )
         assert.matches("^bad environment variable", raised({ timeout = 1 }))
      end)
      world.with_environment({ ASTRO_API_URL = "ftp://x" }, function()
         assert.matches("^bad environment variable ASTRO_API_URL", raised())
      end)
   end)

   it("are left as they are", function()
      local options = { timeout = 5, headers = { ["X-Extra"] = "1" } }
      assert(core.get_deployment(nil, world.full, world.token(), options))
      assert.same({ timeout = 5, headers = { ["X-Extra"] = "1" } }, options)
   end)

   it("trust ca_file or ca_path in place of the system's authorities", function()
      local ca_file = os.getenv "ASTRO_CA_FILE"
      world.with_environment({ ASTRO_CA_FILE = false }, function()
         local token = world.token() -- one, so that curl's handle is used again
         local function kind(options)
            local _, _, err = core.get_deployment(nil, world.full, token, options)
            return err and err.kind
         end
         assert.equal("tls", kind({}))
         assert.is_nil(kind({ ca_file = ca_file }))
         assert.equal("tls", kind({})) -- nothing stays from the call before
         local folder = world.shell("mktemp -d"):gsub("\n", "")
         world.shell(("cp %s %s/ca.pem && openssl rehash %s"):format(ca_file, folder, folder))
         assert.is_nil(kind({ ca_path = folder }))
         assert.is_nil(kind({ ca_path = folder })) -- by the connection that is there
         assert.equal("tls", kind({}))
         world.shell("rm -r " .. folder)
      end)
   end)
end)
