local world = require "spec.support.world"
local core = require "astro.core"

local function ask(options)
   options.base_url = world.stand_in .. "/echo"
   return assert(core.get_deployment("org", "id", "token", options))
end

local function raised(headers)
   local ok, message = pcall(ask, { headers = headers })
   assert.is_false(ok)
   return message
end

describe("headers", function()
   it("are ours", function()
      local asked = ask({})
      assert.equal("Bearer token", asked.authorization)
      assert.equal("application/json, */*;q=0.1", asked.accept)
      assert.equal("lua-astro", asked.clientIdentifier)
      assert.equal(core._VERSION, asked.clientVersion)
      local lua = jit and jit.version or _VERSION
      local name, curl = asked.userAgent:match "^(.*); libcurl/([%d.]+)%)$"
      assert.equal(("lua-astro/%s (%s"):format(core._VERSION, lua), name)
      assert.is_string(curl)
   end)

   it("offer every compression that libcurl has, once", function()
      local offered = ask({}).acceptEncoding
      assert.matches("^deflate, gzip[brzstd, ]*$", offered)
      assert.equal(1, select(2, offered:gsub("gzip", "")))
   end)

   it("put user_agent before ours", function()
      assert.matches("^my%-script/2 lua%-astro/", ask({ user_agent = "my-script/2" }).userAgent)
   end)

   it("say what a body is, unless the caller does", function()
      local client = world.client "/echo"
      local function content_type(headers)
         local its_own = world.client("/echo", { headers = headers })
         return its_own:request("PATCH", "/x", { body = {} }).contentType
      end
      assert.equal("application/json", client:request("PATCH", "/x", { body = {} }).contentType)
      assert.equal(
         "application/merge-patch+json",
         content_type({ ["content-TYPE"] = "application/merge-patch+json" })
      )
   end)

   it("are those of when they were given", function()
      local headers = { ["X-Extra"] = "then" }
      local client = world.client("/echo", { headers = headers })
      headers["X-Extra"], headers["X-More"] = "now", 5
      assert.equal("then", client:get_deployment("id").extra)
   end)

   it("have one X-API-Version, the caller's own before api_pin", function()
      local client = world.client("/echo", { api_pin = "1.0" })
      assert.equal("1.0", client:get_deployment("id").apiVersion)
      client = world.client("/echo", { api_pin = "1.0", headers = { ["x-api-version"] = "2.0" } })
      assert.equal("2.0", client:get_deployment("id").apiVersion)
   end)

   it("take the caller's too", function()
      assert.equal("some value", ask({ headers = { ["X-Extra"] = "some value" } }).extra)
      assert.equal("", ask({ headers = { ["X-Extra"] = "" } }).extra)
      assert.equal("naïve", ask({ headers = { ["x-extra"] = "naïve" } }).extra)
   end)

   it("keep nothing from one call to the next", function()
      ask({ headers = { ["X-Extra"] = "once" }, user_agent = "once" })
      local asked = ask({})
      assert.equal("", asked.extra)
      assert.matches("^lua%-astro/", asked.userAgent)
   end)

   for _, name in ipairs({
      "Authorization",
      "authorization",
      "Host",
      "Content-Length",
      "Transfer-Encoding",
      "User-Agent",
      "Accept",
      "X-Astro-Client-Version",
   }) do
      it("refuse " .. name, function()
         local text =
            "^[^\n]*bad option 'headers' to 'get_deployment' %('[%a-]+' is set by the library alone%)"
         assert.matches(text, raised({ [name] = "x" }))
      end)
   end

   it("refuse what is no header", function()
      for _, name in ipairs({ "", "a b", "a:", "a\r\nb", "a\0", "é" }) do
         assert.matches("a name of letters", raised({ [name] = "x" }))
      end
      for _, value in ipairs({ "a\r\nb", "a\nAuthorization: x", "a\0b", "\127" }) do
         assert.matches("a value without control characters expected", raised({ X = value }))
      end
      for _, headers in ipairs({ { "X: 1" }, { X = 1 }, { X = true } }) do
         assert.matches("strings expected", raised(headers))
      end
   end)

   it("have a limit", function()
      assert.matches("at most 8192 bytes", raised({ X = ("x"):rep(8192) }))
      local many = {}
      for i = 1, 65 do
         many["X-" .. i] = "x"
      end
      assert.matches("at most 64 headers", raised(many))
   end)
end)
