local core = require "astro.core"
local world = require "spec.support.world"

local unpack = table.unpack or unpack -- luacheck: ignore 143

local TOKEN = "spec-token-that-is-carried"

-- Only looks on.
local function by_libcurl(_, libcurl)
   return libcurl()
end

local function raised(f, ...)
   local ok, message = pcall(f, ...)
   assert.is_false(ok)
   return message
end

describe("a transport that goes on by libcurl", function()
   local head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"

   for name, case in pairs({
      connect = { "http://127.0.0.1:1" },
      tls = { world.host "untrusted.localhost" },
      timeout = { world.fault("hold", head), { timeout = 0.1 } },
      transport = { world.fault("send", head) },
      ["transport, by HTTP/2"] = { world.fault("send", head, world.stand_in .. "/faults") },
      too_large = { world.answer("200 OK", ("x"):rep(101)), { max_body = 100 } },
      not_found = { world.answer("404 x", ("x"):rep(101)), { max_body = 100 } },
      rate_limited = {
         world.fault("send", "HTTP/1.1 429 x\r\nRetry-After: 7\r\nContent-Length: 100\r\n\r\nhello"),
      },
   }) do
      it("leads to the same error: " .. name, function()
         local errs = {}
         for i, transport in ipairs({ false, by_libcurl }) do
            local given = { base_url = case[1], retries = 0, transport = transport or nil }
            local client = world.client("", given)
            local _, _, err = client:get_deployment("x", case[2])
            err.message = err.message:gsub("%d+ m", "N m"):gsub("%d+ out", "N out")
            errs[i] = err
            client:close()
         end
         assert.equal(name:match "^[%l_]+", errs[1].kind)
         assert.same(errs[1], errs[2])
      end)
   end

   it("has the answer as it came, but decompressed", function()
      local seen = {}
      local client = world.client("/platform/v1beta1", {
         transport = function(request, libcurl)
            local status, headers, body = libcurl()
            seen[#seen + 1] = { request.url, status, headers["content-type"], body }
            return status, headers, body
         end,
      })
      assert.equal(world.full, client:get_deployment(world.full).id)
      local url, status, kind, body = unpack(seen[1])
      assert.matches("/platform/v1beta1/organizations/[^/]+/deployments/" .. world.full .. "$", url)
      assert.same({ 200, "application/json" }, { status, kind })
      assert.equal(world.read("spec/fixtures/v1beta1/" .. world.full .. ".json"), body)
   end)

   it("has the headers of the last head alone, each in small letters, a list of several", function()
      local seen
      local answer = "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nX-One:  a b \r\nx-two: 1\r\nX-Two:2\r\n"
         .. "X-None:\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nTrailer: y\r\n\r\n"
      local client = world.client("", {
         base_url = world.fault("send", answer),
         transport = function(_, libcurl)
            local status, headers, body = libcurl()
            seen = headers
            return status, headers, body
         end,
      })
      assert.same({}, client:get_deployment "x")
      assert.same({
         ["x-one"] = "a b",
         ["x-two"] = { "1", "2" },
         ["x-none"] = "",
         ["transfer-encoding"] = "chunked",
      }, seen)
   end)

   it("sends what the client would: token, headers, body, by its connections", function()
      local client = world.client("/echo", { transport = by_libcurl, headers = { ["X-Extra"] = "extra" } })
      local first, second = client:get_deployment "x", client:get_deployment "y"
      assert.equal("extra", first.extra)
      assert.matches("^Bearer spec%-token", first.authorization)
      assert.equal(first.connection, second.connection)
      local posted = client:request("POST", "/things", { body = { a = 1 } })
      assert.same({ "POST", "application/json" }, { posted.method, posted.contentType })
      client:close()
   end)

   it("falls back to v1, and may go on as often as it likes", function()
      local urls = {}
      local client = world.client("", {
         base_url = world.host "gone410.localhost",
         transport = function(request, libcurl)
            urls[#urls + 1] = request.url:match "/(%w+)/organizations"
            libcurl()
            return libcurl()
         end,
      })
      assert.equal(world.full, client:get_deployment(world.full).id)
      assert.equal("v1", urls[#urls])
   end)

   it("ends as cancelled where the client was closed", function()
      local client
      client = world.client("/echo", {
         transport = function(_, libcurl)
            client:close()
            return libcurl()
         end,
      })
      local _, message = client:get_deployment "x"
      assert.equal("GET deployment x: cancelled: the client was closed", message)
   end)
end)

describe("an attempt for Lua to carry out", function()
   it("is concluded once", function()
      local carried, request = core.carry({ method = "GET", path = "/x", target = "x" }, TOKEN)
      assert.equal("GET", request.method)
      assert.equal("x", carried:conclude("f", 200, {}, '{"id":"x"}').value.id)
      assert.matches("concluded already", raised(carried.conclude, carried, "f", 200, {}, "{}"))
      assert.equal("astro.core.carried", tostring(carried))
   end)

   it("holds nothing once it is forgotten", function()
      local function pages_after(count)
         for i = 1, count do
            core.carry({ method = "POST", path = "/x", target = "x", body = ("x"):rep(100000) }, TOKEN)
            if i % 20 == 0 then -- what it holds is no weight to Lua's collector
               collectgarbage()
               collectgarbage()
            end
         end
         return tonumber(world.read("/proc/self/statm"):match "^%d+ (%d+)")
      end
      local before = pages_after(20)
      assert.is_true(pages_after(500) < before + 5000) -- of 4 KiB; the bodies have 12000
   end)
end)

-- Lua 5.1 has no loops: see spec/pollable_spec.lua.
for _, name in ipairs((_VERSION == "Lua 5.1" and not jit) and {} or { "poll", "cqueues", "luv" }) do
   it("a transport that goes on by libcurl yields to astro.loop." .. name, function()
      local output = world.run(
         [[
         local astro, loop = require "astro", require("astro.loop." .. arg[1])
         local client = astro.client {
            loop = loop,
            base_url = os.getenv "ASTRO_API_URL" .. "/slow/0.2",
            transport = function(_, libcurl)
               return libcurl()
            end,
         }
         local ticks, done = 0, 0
         local function one()
            assert(client:get_deployment("id").id == "id")
            done = done + 1
         end
         loop.run(one, one, one, function()
            while done < 3 do
               loop.sleep(0.01)
               ticks = ticks + 1
            end
         end)
         print(ticks > 3)
         loop.run(function()
            local _, message = client:get_deployment "id"
            print(message)
         end, function()
            loop.sleep(0.01)
            client:close()
         end)
      ]],
         { arguments = name }
      )
      assert.equal("true\nGET deployment id: cancelled: the client was closed\n", output)
   end)
end
