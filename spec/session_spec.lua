local world = require "spec.support.world"
local core = require "astro.core"

local ECHO = { base_url = world.stand_in .. "/echo" }
local HELD = { base_url = world.fault("hold", "") }

describe("session", function()
   local session

   before_each(function()
      session = core.session()
   end)

   after_each(function()
      session:close()
   end)

   local function results()
      local found = {}
      while session:wait(10) do
         local ticket, deployment, _, err = session:next()
         found[ticket] = deployment or err
      end
      return found
   end

   it("gives what many submitted at once come to, by ticket", function()
      local tickets = {}
      for i = 1, 20 do
         tickets[session:submit("org", "id-" .. i, "token", ECHO)] = i
      end
      local refused =
         session:submit("org", "id", "token", { base_url = world.error_answer "403_permissions.json" })
      local found = results()
      assert.equal("forbidden", found[refused].kind)
      for ticket, i in pairs(tickets) do
         assert.matches("/id%-" .. i .. "$", found[ticket].uri)
      end
   end)

   it("never blocks in step and next", function()
      assert.is_nil(session:next())
      session:step()
      local ticket = session:submit("org", "id", "token", HELD)
      session:step()
      assert.is_nil(session:next())
      assert.is_false(session:wait(0))
      assert.is_true(session:cancel(ticket))
      assert.is_false(session:wait())
   end)

   it("gives a result once", function()
      session:submit("org", "id", "token", ECHO)
      assert.is_true(session:wait(10))
      assert.is_number((session:next()))
      assert.is_nil(session:next())
      assert.is_false(session:wait())
   end)

   it("forgets what is cancelled, once", function()
      local first = session:submit("org", "first", "token", HELD)
      local second = session:submit("org", "second", "token", ECHO)
      assert.is_true(session:cancel(first))
      assert.is_false(session:cancel(first))
      assert.is_false(session:cancel(0))
      assert.is_false(session:cancel(99))
      local found = results()
      assert.is_nil(found[first])
      assert.is_table(found[second])
   end)

   it("ends what is under way as cancelled when it is closed", function()
      local ticket = session:submit("org", "id", "token", HELD)
      session:step()
      session:close()
      session:close()
      local got, deployment, message, err = session:next()
      assert.equal(ticket, got)
      assert.is_nil(deployment)
      assert.equal("GET deployment id: cancelled: the session was closed", message)
      assert.equal("cancelled", err.kind)
      assert.is_nil(session:next())
      assert.is_false(session:wait(10))
      assert.error_matches(function()
         session:submit("org", "id", "token", ECHO)
      end, "submit: the session is closed")
   end)

   it("closes itself where Lua 5.4 says <close>", function()
      if _VERSION == "Lua 5.4" then
         local chunk = load "local core = ... local s <close> = core.session() return s"
         assert.equal("astro.core.session (closed)", tostring(chunk(core)))
      end
      assert.equal("astro.core.session", tostring(session))
   end)

   it("can be collected with everything under way", function()
      for _ = 1, 10 do
         local dropped = core.session()
         dropped:submit("org", "id", "token", HELD)
         dropped:submit("org", "id", "token", ECHO)
         dropped:step()
      end
      collectgarbage()
      collectgarbage()
      assert.is_table(core.get_deployment("org", "id", "token", ECHO))
   end)

   it("falls back between versions", function()
      local options = { base_url = world.host "gone410.localhost" }
      local ticket = session:submit(nil, world.full, world.token(), options)
      while not session:next() do
         session:wait(10)
      end
      assert.equal(1, ticket)
   end)

   it("names its function in what misuse raises", function()
      assert.error_matches(function()
         session:submit("org", "", "token")
      end, "bad argument 'id' to 'submit'")
      assert.error(function()
         session.next(core)
      end)
      assert.error(function()
         session:wait "soon"
      end)
      assert.error(function()
         session:wait(-1)
      end)
   end)
end)
