local world = require "spec.support.world"
local core = require "astro.core"

local function raised(base_url)
   local options = { base_url = base_url }
   local ok, message = pcall(core.get_deployment, "org", "id", "token", options)
   assert.is_false(ok, base_url)
   return message:match "^bad option 'base_url' to 'get_deployment' %((.*) expected"
end

local function uri(base_url, api_version)
   local options = { base_url = base_url, api_version = api_version }
   return assert(core.get_deployment("org", "id", "token", options)).uri
end

describe("base", function()
   for base_url, wanted in pairs({
      ["api.astronomer.io"] = "a URL with a scheme",
      ["/v1"] = "a URL with a scheme",
      ["https:api.astronomer.io"] = "a URL with a scheme",
      ["https://api.astronomer.io:99999"] = "a URL with a port up to 65535",
      ["https://api.astronomer.io:x/v1"] = "a URL with a port up to 65535",
      ["https://[::1"] = "a well-formed URL",
      ["nothing://api.astronomer.io"] = "an https:// URL",
      ["ftp://api.astronomer.io"] = "an https:// URL",
      ["file:///etc/passwd"] = "an https:// URL",
      ["https://user@api.astronomer.io"] = "a URL without a user",
      ["https://user:password@api.astronomer.io"] = "a URL without a user",
      ["https://@api.astronomer.io"] = "a URL without a user",
      ["https://api.astronomer.io?x=1"] = "a URL without query and fragment",
      ["https://api.astronomer.io/?"] = "a URL without query and fragment",
      ["https://api.astronomer.io#x"] = "a URL without query and fragment",
      ["https://api.astronomer.io/ v1"] = "a URL without spaces",
      ["http://api.astronomer.io"] = "https:// for a host that is not loopback",
      ["http://127.0.0.1.example.com"] = "https:// for a host that is not loopback",
      ["http://localhost.example.com"] = "https:// for a host that is not loopback",
      ["http://128.0.0.1"] = "https:// for a host that is not loopback",
      ["http://0.0.0.0"] = "https:// for a host that is not loopback",
      ["http://[::2]"] = "https:// for a host that is not loopback",
      ["https://" .. ("x"):rep(2100)] = "a URL of at most 2048 bytes",
   }) do
      it("refuses " .. base_url:sub(1, 60), function()
         assert.equal(wanted, raised(base_url))
      end)
   end

   it("allows http to a loopback host", function()
      local port = os.getenv "STAND_IN_HTTP_PORT"
      for _, host in ipairs({ "127.0.0.1", "localhost", "LOCALHOST" }) do
         assert.matches("^/echo/", uri(("http://%s:%s/echo"):format(host, port)))
      end
      for _, host in ipairs({ "[::1]", "127.9.9.9" }) do -- nobody listens there, but it is asked
         local options = { base_url = ("http://%s:1"):format(host) }
         local _, _, err = core.get_deployment("org", "id", "token", options)
         assert.equal("connect", err.kind)
      end
   end)

   it("with a path is used as it is", function()
      for _, version in ipairs({ "auto", "v1", "v1beta1" }) do
         assert.equal("/echo/organizations/org/deployments/id", uri(world.stand_in .. "/echo", version))
      end
      assert.equal("/echo/organizations/org/deployments/id", uri(world.stand_in .. "/echo/"))
      assert.equal("/echo/a/b/organizations/org/deployments/id", uri(world.stand_in .. "/echo/a/b//"))
   end)

   it("is the API's own root, without a version's path, where api_version says so", function()
      for _, slash in ipairs({ "", "/" }) do
         assert.equal("/organizations/org/deployments/id", uri(world.stand_in .. slash, "none"))
      end
   end)

   it("without one gets the version's", function()
      for _, slash in ipairs({ "", "/" }) do
         for version, field in pairs({
            auto = "workloadIdentity",
            v1beta1 = "workloadIdentity",
            v1 = "effectiveWorkloadIdentity",
         }) do
            local options = { base_url = world.stand_in .. slash, api_version = version }
            local deployment = assert(core.get_deployment(nil, world.full, world.token(), options))
            assert.is_string(deployment[field])
         end
      end
   end)
end)
