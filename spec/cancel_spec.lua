local astro = require "astro"
local core = require "astro.core"
local world = require "spec.support.world"

local FIRST, SECOND = "cmmany00000000000000000001", "cmmany00000000000000000002"

-- Every method, with its options last, and what an error of kind `cancelled` is told by.
local methods = {
   get_deployment = function(client, given)
      return select(3, client:get_deployment(FIRST, given))
   end,
   list_deployments = function(client, given)
      return select(3, client:list_deployments({}, given))
   end,
   each_deployment = function(client, given)
      return select(2, pcall(client:each_deployment({}, given)))
   end,
   get_deployments = function(client, given)
      local found, failed = client:get_deployments({ FIRST, SECOND }, given)
      return not next(found) and failed[FIRST].kind == failed[SECOND].kind and failed[SECOND]
   end,
   wait_for = function(client, given)
      return select(3, client:wait_for(FIRST, given))
   end,
   request = function(client, given)
      return select(3, client:request("GET", "/organizations/{organizationId}/deployments", given))
   end,
}

describe("a canceller", function()
   for name, method in pairs(methods) do
      it("ends at once a call of " .. name .. " that it is given to when it is cancelled already", function()
         local token, asked = world.token(), 0
         local client = world.client("/lists/plain/3", { token = token })
         local cancel = astro.canceller()
         cancel "no longer wanted"
         local err = method(client, {
            cancel = cancel,
            token = function()
               asked = asked + 1
               return token
            end,
         })
         assert.same({ "cancelled", 0, 0 }, { err.kind, err.attempts, asked })
         assert.matches(": cancelled: no longer wanted$", err.message)
         assert.same({ 0, 0 }, { world.counts(token).lists, world.counts(token).ones })
         assert.equal("cmmany00000000000000000001", client:get_deployment(FIRST).id)
      end)

      it("is refused by " .. name .. " where it is none", function()
         local ok, message = pcall(method, world.client "/lists/plain/3", { cancel = function() end })
         assert.is_false(ok)
         assert.matches(
            ("bad option 'cancel' to '%s' %%(what astro.canceller%%(%%) gives expected, got function%%)"):format(
               name
            ),
            message
         )
      end)
   end

   it("says why, once, and shows it", function()
      local cancel = astro.canceller()
      assert.equal("astro.canceller", tostring(cancel))
      cancel(true) -- nginx's timers call what they are given so
      assert.equal("astro.canceller (cancelled: by the caller)", tostring(cancel))
      cancel "later"
      assert.equal("astro.canceller (cancelled: by the caller)", tostring(cancel))
      cancel = astro.canceller()
      cancel "in\ntwo lines"
      assert.equal("astro.canceller (cancelled: in two lines)", tostring(cancel))
   end)

   it("may serve many calls, of astro.get_deployment and of a client's own options, too", function()
      local cancel = astro.canceller()
      local base = world.stand_in .. "/lists/plain/3"
      local client = world.client("/lists/plain/3", { cancel = cancel })
      local options = { cancel = cancel, base_url = base }
      assert(astro.get_deployment(nil, FIRST, world.token(), options))
      assert(client:get_deployment(FIRST))
      cancel()
      local _, _, err = astro.get_deployment(nil, FIRST, world.token(), options)
      assert.equal("cancelled", err.kind)
      _, _, err = client:get_deployment(FIRST)
      assert.equal("cancelled", err.kind)
   end)

   it("ends what follows where a call's own function calls it", function()
      local token, cancel = world.token(), astro.canceller()
      local client = world.client("/lists/plain/3", { token = token, concurrency = 1 })
      local found, failed = client:get_deployments({ FIRST, SECOND }, {
         list = false,
         cancel = cancel,
         on_progress = function()
            cancel()
         end,
      })
      assert.same({ FIRST, "cancelled" }, { found[FIRST].id, failed[SECOND].kind })
      assert.equal(1, world.counts(token).ones)
   end)

   -- What a call comes to whose canceller a hook calls a little later.
   local function interrupted(call)
      local cancel, start = astro.canceller(), core.clock()
      debug.sethook(function()
         if core.clock() - start > 0.3 then
            cancel()
         end
      end, "c")
      local _, _, err = call(cancel)
      debug.sethook()
      return err.kind
   end

   it("ends a blocking call that a hook interrupts", function()
      local client = world.client("/slow/20", { timeout = 3, retries = 0 })
      assert.equal(
         "cancelled",
         interrupted(function(cancel)
            return client:get_deployment("id", { cancel = cancel })
         end)
      )
   end)

   it("ends at once a blocking call that sleeps between two looks", function()
      local client, start = world.client "/slow/20", core.clock()
      local given = { status = "HIBERNATING", interval = 10 }
      assert.equal(
         "cancelled",
         interrupted(function(cancel)
            given.cancel = cancel
            return client:wait_for("fast", given)
         end)
      )
      assert.is_true(core.clock() - start < 5)
   end)
end)

-- Lua 5.1 has no loops: see spec/pollable_spec.lua.
local loops = (_VERSION == "Lua 5.1" and not jit) and {} or { "poll", "cqueues", "luv" }

-- What is held is so until it is released.
local HEAD = [[
   local astro, core = require "astro", require "astro.core"
   local loop = require("astro.loop." .. arg[1])
   local base = os.getenv "ASTRO_API_URL"
   -- Any path of the stand-in is below its base.
   local function client(given)
      given = given or {}
      given.loop, given.base_url, given.api_version, given.rate = loop, given.base_url or base, "none", false
      return astro.client(given)
   end
   local cancel = astro.canceller()
   -- Waits until so many of the held calls have reached the stand-in.
   local function await(client, count)
      while client:request("GET", "/counts/").under_way < count do
         loop.sleep(0.01)
      end
   end
]]

for _, name in ipairs(loops) do
   describe("a canceller, in astro.loop." .. name, function()
      local function run(program)
         return world.run(HEAD .. program, { arguments = name })
      end

      local function sorted_lines(program)
         local lines = {}
         for line in run(program):gmatch "[^\n]+" do
            lines[#lines + 1] = line
         end
         table.sort(lines)
         return lines
      end

      it("ends its call alone, and leaves the connection", function()
         local lines = sorted_lines [[
            local client = client()
            local connection
            loop.run(function()
               connection = client:request("GET", "/echo/x").connection
               client:request("GET", "/hold/")
            end)
            loop.run(function()
               print(select(3, client:request("GET", "/slow/0/held", { cancel = cancel })).message)
            end, function()
               print(client:request("GET", "/slow/0/other").id)
            end, function()
               await(client, 2)
               cancel "enough"
               local again = client:request("GET", "/echo/x")
               print(again.protocol, again.connection == connection)
               client:request("GET", "/release/")
            end)
         ]]
         assert.same({ "GET /slow/0/held: cancelled: enough", "HTTP/2.0\ttrue", "other" }, lines)
      end)

      it("ends its call alone by HTTP/1.1, too", function()
         local lines = sorted_lines(([[
            local client = client { base_url = "%s" }
            loop.run(function()
               client:request("GET", "/hold/")
            end)
            loop.run(function()
               print(select(3, client:request("GET", "/slow/0/held", { cancel = cancel })).kind)
            end, function()
               print(client:request("GET", "/slow/0/other").id)
            end, function()
               await(client, 2)
               cancel()
               print(client:request("GET", "/echo/x").protocol)
               client:request("GET", "/release/")
            end)
         ]]):format(world.plain()))
         assert.same({ "HTTP/1.1", "cancelled", "other" }, lines)
      end)

      it("ends every kind of call at once, and wakes who sleeps between two looks", function()
         local output = run [[
            local other, client, ended = client(), client { base_url = base .. "/slow/0" }, 0
            local given, looks = { cancel = cancel }, 0
            local function kind(err)
               ended = ended + 1
               return err.kind
            end
            loop.run(function()
               other:request("GET", "/hold/")
            end)
            local kinds = { loop.run(function()
               return kind(select(3, client:get_deployment("held", given)))
            end, function()
               return kind(select(2, pcall(client:each_deployment({}, given))))
            end, function()
               local _, failed = client:get_deployments({ "one", "two" }, given)
               return failed.one.kind == failed.two.kind and kind(failed.two)
            end, function()
               local asleep = { cancel = cancel, status = "HIBERNATING", interval = 20 }
               function asleep.on_poll()
                  looks = looks + 1
               end
               return kind(select(3, client:wait_for("fast", asleep)))
            end, function()
               await(other, 3)
               while looks == 0 do
                  loop.sleep(0.01)
               end
               cancel()
               for _ = 1, 3 do
                  assert(other:request("GET", "/echo/x"))
               end
               local at_once = ended
               other:request("GET", "/release/")
               return at_once
            end) }
            print(table.concat(kinds, " "))
         ]]
         assert.equal("cancelled cancelled cancelled cancelled 4\n", output)
      end)
   end)
end
