local world = require "spec.support.world"
local astro = require "astro"
local core = require "astro.core"
local pollable = require "astro.client.pollable"

if _VERSION == "Lua 5.1" and not jit then
   describe("pollable", function()
      it("says that Lua 5.1 cannot have a loop", function()
         local ok, message = pcall(astro.client, { loop = require "astro.loop.poll" })
         assert.is_false(ok)
         assert.matches(
            "pollable_spec.lua:%d+: a loop needs LuaJIT or Lua 5.2: in Lua 5.1 neither pcall",
            message
         )
      end)
   end)
   return
end

-- A loop that hands what it is given to whoever resumes the coroutine.
local BY_HAND = { run = pcall, wait = coroutine.yield, sleep = coroutine.yield }

local function hand_driven(path, given)
   given = given or {}
   given.loop = BY_HAND
   return world.client(path, given)
end

-- Wakes coroutines that wait for a client, all of them each time, until the last has ended; gives what each
-- gave, by its place.
local function drive_all(client, threads)
   local results, rest = {}, #threads
   while rest > 0 do
      core.poll({ client:pollfd() }, client:timeout())
      for i, thread in ipairs(threads) do
         if coroutine.status(thread) ~= "dead" then
            local ok, value, message, err = coroutine.resume(thread)
            assert(ok, value)
            results[i] = { value = value, message = message, err = err }
            rest = rest - (coroutine.status(thread) == "dead" and 1 or 0)
         end
      end
   end
   return results
end

local function drive(client, thread)
   local result = drive_all(client, { thread })[1]
   return result.value, result.message, result.err
end

local function started(f)
   local thread = coroutine.create(f)
   local results = { coroutine.resume(thread) }
   assert(results[1], results[2])
   return thread, (table.unpack or unpack)(results, 2)
end

describe("pollable", function()
   it("is readable when there is something to do, and no sooner", function()
      local client = hand_driven "/slow/0.2"
      local thread = started(function()
         return client:get_deployment "id"
      end)
      assert.same({ "r", "number" }, { client:events(), type(client:pollfd()) })
      assert.equal("id", drive(client, thread).id)
      local start = core.clock()
      core.poll({ client:pollfd() }, 0.02)
      assert.is_true(core.clock() - start >= 0.02)
   end)

   it("wakes who waits already when another one takes its answer", function()
      local client = hand_driven "/slow/0.1"
      local results = {}
      local function asking_for(id)
         return started(function()
            results[id] = client:get_deployment(id)
         end)
      end
      local first, second = asking_for "fast", asking_for "id"
      while not results.id do
         core.poll({ client:pollfd() }, client:timeout())
         assert(coroutine.resume(second))
      end
      local start = core.clock()
      core.poll({ client:pollfd() }, 5)
      assert.is_true(core.clock() - start < 4)
      assert.equal(0, client:timeout())
      assert(coroutine.resume(first))
      assert.equal("fast", results.fast.id)
   end)

   it("gives the loop what has the same protocol as the client", function()
      local client = hand_driven "/slow/0"
      local thread, awaited = started(function()
         return client:get_deployment "id"
      end)
      assert.equal(client:pollfd(), awaited:pollfd())
      assert.equal("r", awaited:events())
      assert.equal(client:timeout(), awaited:timeout())
      assert.is_boolean(awaited:step())
      assert.equal("id", drive(client, thread).id)
   end)

   it("has the timers of retries and rates in its timeout", function()
      local client = hand_driven("/sequence/429+1,200", { token = world.token() })
      assert.is_nil(client:timeout())
      local thread = started(function()
         return client:get_deployment "id"
      end)
      assert.is_true(client:timeout() > 5) -- when the attempt's time is over
      repeat
         core.poll({ client:pollfd() })
         assert(coroutine.resume(thread))
      until client:timeout() < 5
      assert.is_true(client:timeout() > 0.1 and client:timeout() <= 1)
      assert.is_table(drive(client, thread))
      assert.is_nil(client:timeout())
   end)

   it("does nothing for whom it wakes for nothing", function()
      local client = hand_driven "/slow/0.2"
      local thread = started(function()
         return client:get_deployment "id"
      end)
      for _ = 1, 10 do
         assert(coroutine.resume(thread))
      end
      assert.equal("id", drive(client, thread).id)
   end)

   it("brings each answer to who asked for it, whoever steps", function()
      local client = hand_driven "/echo"
      local threads = {}
      for i = 1, 20 do
         threads[i] = started(function()
            return client:get_deployment("id" .. i)
         end)
      end
      for i, results in ipairs(drive_all(client, threads)) do
         assert.matches("/id" .. i .. "$", results.value.uri)
      end
   end)

   it("wakes who waits when the client is closed, and closes its descriptor after the last", function()
      local client = hand_driven "/slow/20"
      local threads = {}
      for i = 1, 2 do
         threads[i] = started(function()
            return client:get_deployment "id"
         end)
      end
      local has_looked = false
      local sleeper = started(function()
         local function on_poll()
            has_looked = true
         end
         return client:wait_for("fast", { status = "HIBERNATING", interval = 60, on_poll = on_poll })
      end)
      repeat
         core.poll({ client:pollfd() }, client:timeout())
         assert(coroutine.resume(sleeper))
      until has_looked
      local start = core.clock()
      client:close()
      for i = 1, 2 do
         local _, message, err = drive(client, threads[i])
         assert.same({ "cancelled", message }, { err.kind, err.message })
         assert.is_number(client:pollfd())
      end
      local _, message = drive(client, sleeper)
      assert.equal("wait for deployment fast: cancelled: the client was closed", message)
      assert.is_nil(client:pollfd())
      assert.is_true(core.clock() - start < 10)
   end)

   it("drops the result of a coroutine that is gone, and keeps nothing of it", function()
      local client = hand_driven "/slow/0.1"
      local kept = setmetatable({}, { __mode = "k" })
      do
         local marker = {}
         kept[marker] = true
         started(function()
            client:get_deployment "id"
            return marker
         end)
      end
      local other = started(function()
         return client:get_deployment "other"
      end)
      collectgarbage()
      assert.equal("other", drive(client, other).id)
      client:step()
      local again = started(function()
         return client:get_deployment "again"
      end)
      assert.equal("again", drive(client, again).id)
      collectgarbage()
      collectgarbage()
      assert.is_nil((next(kept)))
   end)

   it("lets an alarm ring once for who never looks", function()
      local client = hand_driven("/sequence/503,200", { token = world.token() })
      started(function()
         client:get_deployment "id"
      end)
      local waiting = pollable.new(BY_HAND)
      local waiter = { inbox = {}, call = { share = waiting:join() } }
      started(function()
         waiting:pause(waiter, 0)
         waiting:pause(waiter, 0.001)
      end)
      core.poll({}, 0.002)
      assert.is_true(waiting:step())
      assert.is_nil(waiting:timeout())
      assert.is_false(waiting:step())
   end)

   it("says that a client with a loop is for coroutines", function()
      local client = hand_driven "/echo"
      for method, argument in pairs({
         get_deployment = "id",
         get_deployments = { "id" },
         wait_for = "id",
         list_deployments = {},
      }) do
         local ok, message = pcall(client[method], client, argument)
         assert.is_false(ok)
         assert.matches(
            "pollable_spec.lua:%d+: " .. method .. ": a client with a loop is for coroutines",
            message
         )
      end
   end)

   it("refuses what is no loop", function()
      for _, loop in ipairs({ "luv", {}, { wait = true } }) do
         local ok, message = pcall(astro.client, { loop = loop })
         assert.is_false(ok)
         assert.matches("bad option 'loop' to 'client' %(a loop expected", message)
      end
   end)

   it("gives all that asked their answers, whatever a log function raises", function()
      local client = hand_driven("", {
         base_url = world.answer("200 OK", "{}", "Deprecation: of pollable_spec\r\n"),
         log = function(level)
            if level == "warn" then
               error("the log is full", 0)
            end
         end,
      })
      local threads = {}
      for i = 1, 3 do
         threads[i] = started(function()
            return pcall(client.get_deployment, client, "id" .. i)
         end)
      end
      for _, result in ipairs(drive_all(client, threads)) do
         assert.same({ true, {} }, { result.value, result.message })
      end
   end)

   it("comes back at once where the inbox is full already", function()
      local start = core.clock()
      pollable.new():pause({ call = {}, inbox = { {} } }, 20)
      assert.is_true(core.clock() - start < 10)
   end)

   it("ends a call that waits for a connection when its time is over", function()
      local given = { concurrency = 1, base_url = world.plain() .. "/slow/1", rate = false }
      local client = hand_driven("", given)
      local order = {}
      local threads = {}
      for i, timeout in ipairs({ 20, 0.1 }) do
         threads[i] = started(function()
            local _, _, err = client:get_deployment("id", { timeout = timeout, retries = 0 })
            order[#order + 1] = err and err.kind or "answer"
         end)
      end
      drive_all(client, threads)
      assert.same({ "timeout", "answer" }, order)
   end)

   it("has no descriptor for a client that blocks", function()
      assert.is_nil(world.client("/echo"):pollfd())
   end)

   it("lets a default client yield, too", function()
      local thread = coroutine.create(function()
         return astro.get_deployment(
            nil,
            "id",
            world.token(),
            { loop = BY_HAND, base_url = world.stand_in .. "/echo" }
         )
      end)
      local _, awaited = coroutine.resume(thread)
      assert.matches("/id$", drive(awaited, thread).uri)
   end)
end)
