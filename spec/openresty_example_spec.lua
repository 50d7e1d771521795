-- examples/openresty, as it is, but for the port and the seconds.

local cjson = require "cjson"
local nginx = require "spec.support.nginx"
local world = require "spec.support.world"

local FOLDER = "examples/openresty/"

describe("examples/openresty/nginx.conf", function()
   local server, token

   --- Starts it with the stand-in's answers below a path.
   local function start(path, fresh, workers)
      local text = world.read(FOLDER .. "nginx.conf"):gsub("fresh = %d+", "fresh = " .. (fresh or 30))
      text = text:gsub("failed = %d+", "failed = 0.1")
      text = text:gsub("worker_processes auto", "worker_processes " .. (workers or 2))
      token = world.token()
      local variables = { ASTRO_API_TOKEN = token, ASTRO_API_URL = world.stand_in .. path }
      world.with_environment(variables, function()
         server = nginx.start(text, FOLDER .. "*.lua")
      end)
   end

   after_each(function()
      server:stop()
   end)

   --- The document, the status and where it comes from.
   local function answer(connection)
      local body, status, head = nginx.answer(connection)
      assert.matches("\r\nContent-Type: application/json\r\n", head, 1, true)
      return cjson.decode(body), status, head:match "X%-Cache: (%u+)"
   end

   local function get(id)
      return answer(server:open("/deployments/" .. id))
   end

   --- What libcurl, which asks for compressed bodies, gets of a path: status, headers, the document.
   local function fetch(path, headers, method)
      local got
      local client = require("astro").client({
         base_url = "http://127.0.0.1:" .. server.port,
         api_version = "none",
         token = "nobody",
         on_response = function(_, response)
            got = response
         end,
      })
      local document, _, err = client:request(method or "GET", path, { retries = 0, headers = headers })
      client:close()
      return got.status, got.headers, document or err and err.body
   end

   it("answers with what anybody may see", function()
      start "/platform/v1beta1"
      local deployment, status, origin = get(world.full)
      assert.same({ 200, "MISS" }, { status, origin })
      assert.same({
         id = world.full,
         name = "Hourly Orders",
         status = "HEALTHY",
         statusReason = "All components are ready",
         airflowVersion = "2.10.3",
         runtimeVersion = "12.6.0",
         updatedAt = "2026-03-01T09:31:07.5Z",
      }, deployment)
   end)

   it("makes one fetch for a hundred requests at once, of all workers", function()
      start "/slow/1"
      local connections, origins = server:open_many(100, "/deployments/cmslow"), {}
      for _, connection in ipairs(connections) do
         local deployment, status, origin = answer(connection)
         assert.same({ "cmslow", 200 }, { deployment.id, status })
         origins[origin] = (origins[origin] or 0) + 1
      end
      assert.same({ MISS = 1, HIT = 99 }, origins)
      assert.equal(1, world.counts(token).ones)
   end)

   it("fetches again when the time to live is over, not before", function()
      start("/sequence/CREATING,HEALTHY", 0.3)
      assert.equal("CREATING", get("cmsequence").status)
      local deployment, _, origin = get "cmsequence"
      assert.same({ "CREATING", "HIT" }, { deployment.status, origin })
      nginx.eventually(function()
         deployment, _, origin = get "cmsequence"
         return deployment.status ~= "CREATING"
      end)
      assert.same({ "HEALTHY", "MISS" }, { deployment.status, origin })
   end)

   it("serves what it has when the service fails, says so, and logs why", function()
      start("/sequence/HEALTHY,403", 0.1)
      local deployment, status, origin = get "cmsequence"
      assert.same({ "HEALTHY", 200, "MISS" }, { deployment.status, status, origin })
      nginx.eventually(function()
         deployment, status, origin = get "cmsequence"
         assert.same({ "HEALTHY", 200 }, { deployment.status, status })
         return origin ~= "HIT"
      end)
      assert.equal("STALE", origin)
      assert.matches("%[warn%] [^\n]*GET deployment cmsequence: 403", server:log())
   end)

   it("forgets what the service says is not there", function()
      start("/sequence/HEALTHY,404,403", 0.1)
      local seen = {}
      nginx.eventually(function()
         local _, status = get "cmsequence"
         seen[#seen + 1] = seen[#seen] ~= status and status or nil
         return status >= 500
      end)
      assert.same({ 200, 404, 502 }, seen)
   end)

   for file, expected in pairs({
      ["404_not_found.json"] = { "not_found", 404 },
      ["401_expired.json"] = { "unauthorized", 502 },
      ["403_permissions.json"] = { "forbidden", 502 },
      ["429_empty.txt"] = { "rate_limited", 503 },
   }) do
      it("tells the kind of " .. file .. " in its own words, and the log the rest", function()
         start("/errors/" .. file)
         local document, status = get "cmfailing"
         assert.same({ expected[1], expected[2] }, { document.error, status })
         assert.matches("^[%a, ]+$", document.message)
         assert.matches("%[warn%] [^\n]*GET deployment cmfailing: " .. file:match "^%d+", server:log())
      end)
   end

   it("has an ETag for either form of a body, and a Vary", function()
      start "/platform/v1beta1"
      local path = "/deployments/" .. world.full
      local status, headers, deployment = fetch(path)
      assert.same({ 200, "gzip", "HEALTHY" }, { status, headers["content-encoding"], deployment.status })
      assert.matches('^W/"%x+"$', headers.etag)
      assert.equal("Accept-Encoding", headers.vary)
      local body, _, head = nginx.answer(server:open(path))
      for _, line in ipairs({ "ETag: " .. headers.etag, "Vary: Accept-Encoding", "Content-Length: " .. #body }) do
         assert.matches("\r\n" .. line .. "\r\n", head .. "\r\n", 1, true)
      end
      assert.not_matches("Content-Encoding", head, 1, true)
   end)

   it("answers 304 where the If-None-Match has the ETag, weakly compared, in a list, or is *", function()
      start "/platform/v1beta1"
      local path = "/deployments/" .. world.full
      local etag = select(2, fetch(path)).etag
      for _, known in ipairs({ etag, etag:sub(3), '"other", ' .. etag .. ', W/"third"', "*" }) do
         local status, headers, body = fetch(path, { ["If-None-Match"] = known })
         assert.same({ 304, etag, "Accept-Encoding" }, { status, headers.etag, headers.vary })
         assert.equal("", body or "")
      end
      for _, unknown in ipairs({ '"other"', 'W/"other", "third"', etag:sub(1, -3) .. '"' }) do
         assert.equal(200, (fetch(path, { ["If-None-Match"] = unknown })))
      end
   end)

   it("has the same ETag after it has fetched again, and in another nginx; no 304 for a failure", function()
      start("/sequence/HEALTHY,CREATING,HEALTHY,404", 0.1)
      local path, etags, status = "/deployments/cmsequence", {}, nil
      local _, first = fetch(path)
      server:stop()
      start("/sequence/HEALTHY,CREATING,HEALTHY,404", 0.1)
      nginx.eventually(function()
         local headers
         status, headers = fetch(path, { ["If-None-Match"] = etags[1] and "*" })
         if headers.etag ~= etags[#etags] then
            etags[#etags + 1] = headers.etag
         end
         return status == 404
      end)
      assert.same({ first.etag, etags[2], first.etag }, etags)
   end)

   it("keeps the rate of the token for all workers", function()
      start("/platform/v1beta1", 30, 4)
      local function count_refused(name)
         local connections, statuses = {}, {}
         for i = 1, 40 do
            connections[i] = server:open(("/deployments/%s%d"):format(name, i))
         end
         for _, connection in ipairs(connections) do
            local _, status = answer(connection)
            statuses[status] = true
         end
         assert.same({ [404] = true }, statuses)
         local log = world.read(os.getenv "STAND_IN_DIR" .. "/error.log")
         return select(2, log:gsub("limiting requests[^\n]*/" .. name, ""))
      end
      -- A machine that stands still for a moment sends at once what was to be apart.
      local least = math.huge
      for i = 1, 3 do
         least = least > 0 and math.min(least, count_refused("cmrate" .. i .. "x")) or 0
      end
      assert.equal(0, least)
   end)

   it("says in JSON what there is not", function()
      start "/platform/v1beta1"
      local document, status = answer(server:open "/deployments/")
      assert.same(
         { "not_found", "there is only /deployments/<id>", 404 },
         { document.error, document.message, status }
      )
      local headers
      status, headers = fetch("/deployments/" .. world.full, nil, "DELETE")
      assert.same(
         { 405, "GET, HEAD", "application/json" },
         { status, headers.allow, headers["content-type"] }
      )
   end)

   it("does not start without a token", function()
      start ""
      local started, message = world.with_environment({ ASTRO_API_TOKEN = false }, function()
         return pcall(nginx.start, world.read(FOLDER .. "nginx.conf"), FOLDER .. "*.lua")
      end)
      assert.is_false(started)
      assert.matches("ASTRO_API_TOKEN is not set", message)
   end)
end)

describe("examples/openresty/worker_thread.conf", function()
   it("gives the status, or the kind of the error, which is logged", function()
      local server = nginx.start(world.read(FOLDER .. "worker_thread.conf"), FOLDER .. "*.lua")
      assert.equal("HEALTHY\n", (server:get("/status/" .. world.full)))
      local body, status = server:get "/status/cmdep0nobody"
      assert.same({ "not_found\n", 404 }, { body, status })
      assert.matches("%[warn%] [^\n]*GET deployment cmdep0nobody: 404", server:stop())
   end)
end)
