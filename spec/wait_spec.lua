local failure = require("astro.client.failure").new
local wait = require "astro.client.wait"

-- A world whose clock moves when somebody sleeps or looks, and whose looks are given.
local function world_of(looks, seconds_a_look)
   local world = { now = 1000, sleeps = {}, looked = 0 }
   world.clock = function()
      return world.now
   end
   world.sleep = function(seconds)
      world.sleeps[#world.sleeps + 1] = seconds
      world.now = world.now + seconds
   end
   world.look = function()
      world.looked = world.looked + 1
      world.now = world.now + (seconds_a_look or 0)
      local look = looks[math.min(world.looked, #looks)]
      if type(look) == "table" then
         return look
      elseif look:match "^%l" then
         return failure(look, "GET: " .. look)
      end
      return { status = look, statusReason = "reason " .. look }
   end
   return world
end

local function run(looks, own, seconds_a_look)
   local world = world_of(looks, seconds_a_look)
   own = own or {}
   own.timeout, own.interval = own.timeout or 600, own.interval or 5
   own.is_met = own.is_met or function(deployment)
      return deployment.status == "HEALTHY"
   end
   local deployment, message, err = wait.run("cmx", own, world)
   return world, deployment, message, err
end

describe("wait", function()
   it("gives the Deployment as soon as it is as wished", function()
      local world, deployment = run({ "CREATING", "DEPLOYING", "HEALTHY" })
      assert.equal("HEALTHY", deployment.status)
      assert.same({ 5, 5 }, world.sleeps)
   end)

   it("ends on no status but the wished one", function()
      local looks = { "CREATING", "DEPLOYING", "UNKNOWN", "UNHEALTHY", "HIBERNATING", "SUSPENDED", "HEALTHY" }
      assert.equal(7, (run(looks)).looked)
   end)

   it("ends on no failure that may pass", function()
      local looks = {
         "not_found",
         "server",
         "rate_limited",
         "timeout",
         "connect",
         "transport",
         "tls",
         "decode",
         "HEALTHY",
      }
      assert.equal(#looks, (run(looks)).looked)
   end)

   for _, kind in ipairs({ "unauthorized", "forbidden", "invalid", "cancelled" }) do
      it("ends at once on " .. kind, function()
         local world, deployment, message, err = run({ "DEPLOYING", kind, "HEALTHY" })
         assert.is_nil(deployment)
         assert.equal("GET: " .. kind, message)
         assert.equal(kind, err.kind)
         assert.equal("DEPLOYING", err.deployment.status)
         assert.equal(2, world.looked)
      end)
   end

   it("ends on not_found after 60 s without a success", function()
      local world, _, _, err = run({ "not_found" })
      assert.equal("not_found", err.kind)
      assert.equal(13, world.looked)
      local looks = {}
      for i = 1, 40 do
         looks[i] = i % 10 == 0 and "DEPLOYING" or "not_found"
      end
      looks[41] = "HEALTHY"
      assert.equal(41, (run(looks)).looked)
   end)

   it("looks once more at the deadline, and names status and reason when that was not enough", function()
      local world, deployment, message, err = run({ "DEPLOYING" }, { timeout = 12 })
      assert.is_nil(deployment)
      assert.same({ 5, 5, 2 }, world.sleeps)
      assert.equal(4, world.looked)
      assert.equal("timeout", err.kind)
      assert.equal("DEPLOYING", err.deployment.status)
      assert.equal(
         "wait for deployment cmx: timeout: after 12 s: status DEPLOYING (reason DEPLOYING)",
         message
      )
      assert.equal(message, tostring(err))
      deployment = select(2, run({ "DEPLOYING", "DEPLOYING", "DEPLOYING", "HEALTHY" }, { timeout = 12 }))
      assert.equal("HEALTHY", deployment.status)
   end)

   it("looks once at least, however short the time", function()
      local world, deployment = run({ "HEALTHY" }, { timeout = 0.001 })
      assert.equal("HEALTHY", deployment.status)
      assert.equal(1, world.looked)
   end)

   it("takes a look that outlasts the deadline for the last", function()
      local world = run({ "DEPLOYING" }, { timeout = 12 }, 30)
      assert.equal(1, world.looked)
   end)

   it("keeps the last Deployment and the last failure", function()
      local _, _, message, err = run({ "DEPLOYING", "server" }, { timeout = 7 })
      assert.equal("DEPLOYING", err.deployment.status)
      assert.matches("status DEPLOYING %(reason DEPLOYING%); last look: GET: server$", message)
      message, err = select(3, run({ "server" }, { timeout = 7 }))
      assert.is_nil(err.deployment)
      assert.matches("nothing was seen; last look: GET: server$", message)
   end)

   it("says a status without a reason, and a reason in one line", function()
      local _, _, message = run({ { status = "UNKNOWN", statusReason = "" } }, { timeout = 1 })
      assert.matches("status UNKNOWN$", message)
      _, _, message = run({ { statusReason = "a\nb" } }, { timeout = 1 })
      assert.matches("status nil %(a b%)$", message)
      _, _, message = run({ { status = "A\27[2J\nB", statusReason = 5 } }, { timeout = 1 })
      assert.matches("status A %[2J B %(5%)$", message)
   end)

   it("tells each look, and lets what on_poll raises through", function()
      local told = {}
      run({ "DEPLOYING", "server", "HEALTHY" }, {
         on_poll = function(deployment, err, elapsed)
            told[#told + 1] = ("%s %d"):format(deployment and deployment.status or err.kind, elapsed)
         end,
      })
      assert.same({ "DEPLOYING 0", "server 5", "HEALTHY 10" }, told)
      assert.error_matches(function()
         run({ "DEPLOYING" }, {
            on_poll = function()
               error "enough"
            end,
         })
      end, "enough")
   end)
end)
