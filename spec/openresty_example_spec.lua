-- examples/openresty, as it is, but for the port and the seconds.

local cjson = require "cjson"
local nginx = require "spec.support.nginx"
local world = require "spec.support.world"

local FOLDER = "examples/openresty/"

describe("examples/openresty/nginx.conf", function()
   local server, token

   --- Starts it with the stand-in's answers below a path.
   local function start(path, fresh)
      local text = world.read(FOLDER .. "nginx.conf"):gsub("fresh = %d+", "fresh = " .. (fresh or 30))
      text = text:gsub("failed = %d+", "failed = 0.1"):gsub("worker_processes auto", "worker_processes 2")
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

   it("serves what it has when the service fails, and says so", function()
      start("/sequence/HEALTHY,403", 0.1)
      local deployment, status, origin = get "cmsequence"
      assert.same({ "HEALTHY", 200, "MISS" }, { deployment.status, status, origin })
      nginx.eventually(function()
         deployment, status, origin = get "cmsequence"
         assert.same({ "HEALTHY", 200 }, { deployment.status, status })
         return origin ~= "HIT"
      end)
      assert.equal("STALE", origin)
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
      it("tells no more than the kind of " .. file, function()
         start("/errors/" .. file)
         local document, status = get "cmfailing"
         assert.same({ { error = expected[1] }, expected[2] }, { document, status })
      end)
   end

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
   it("gives the status, or the kind of the error", function()
      local server = nginx.start(world.read(FOLDER .. "worker_thread.conf"), FOLDER .. "*.lua")
      assert.equal("HEALTHY\n", (server:get("/status/" .. world.full)))
      local body, status = server:get "/status/cmdep0nobody"
      assert.same({ "not_found\n", 404 }, { body, status })
      server:stop()
   end)
end)
