-- The loop for OpenResty, inside Debian's nginx with its Lua module and one worker.

local nginx = require "spec.support.nginx"
local world = require "spec.support.world"

local function start()
   return nginx.start(
      world.read "spec/support/resty.conf",
      "spec/support/fetch.lua spec/support/cosocket_transport.lua"
   )
end

--- Waits until so many held fetches of a token have reached the stand-in, and none of their answers us.
local function await(count, token, connections)
   nginx.eventually(function()
      assert.is_false(nginx.any_ready(connections), "an answer before all fetches were under way")
      return world.counts(token).under_way == count
   end)
end

describe("astro.loop.resty", function()
   local server, token

   setup(function()
      server = start()
   end)

   teardown(function()
      server:stop()
   end)

   before_each(function()
      token = world.token()
   end)

   local function get(path, id)
      return (server:get(("%s?id=%s&token=%s"):format(path, id or "fast", token)):gsub("\n$", ""))
   end

   --- So many that are held.
   local function fetches(count)
      world.hold(token)
      return server:open_many(count, "/fetch?token=" .. token)
   end

   it("has twenty fetches under way together, and pings answered meanwhile", function()
      local connections = fetches(20)
      await(20, token, connections)
      for _ = 1, 50 do
         assert.equal("pong\n", (server:get "/ping"))
      end
      assert.is_false(nginx.any_ready(connections))
      world.release(token)
      for _, connection in ipairs(connections) do
         assert.equal("cmslow\n", (nginx.answer(connection)))
      end
      assert.equal(20, world.counts(token).together)
   end)

   it("answers a quick fetch before a slow one that began earlier", function()
      local connections = fetches(1)
      await(1, token, connections)
      assert.equal("fast", get "/fetch")
      assert.is_false(nginx.any_ready(connections))
      world.release(token)
      assert.equal("cmslow\n", (nginx.answer(connections[1])))
   end)

   for _, path in ipairs({ "/rewrite", "/access", "/fetch", "/timer" }) do
      it("serves " .. path, function()
         assert.equal("fast", get(path))
      end)
   end

   it("gives the kind of an error", function()
      assert.equal("not_found", get("/fetch", "nobody"))
   end)

   it(
      "runs functions side by side, gives what they gave, lets through what one raises, and ends the others",
      function()
         local output = get "/run"
         assert.equal("cmslow fast\n1nil3nil4\nraised stop\nraised late\ndead\n", output:match "^.-dead\n")
         assert.matches("bad argument '#2' to 'run' %(a function expected, got number%)\n", output)
         assert.matches("bad argument 'seconds' to 'sleep' %(a number expected, got nil%)$", output)
      end
   )

   it("fetches over cosockets by a transport of one's own, side by side", function()
      assert.equal("fast", get "/transport")
      assert.equal("not_found", get("/transport", "nobody"))
      world.hold(token)
      local connections = server:open_many(5, "/transport?token=" .. token)
      await(5, token, connections)
      assert.equal("pong\n", (server:get "/ping"))
      world.release(token)
      for _, connection in ipairs(connections) do
         assert.equal("cmslow\n", (nginx.answer(connection)))
      end
   end)

   it("yields from an iterator", function()
      assert.equal("250", get "/each")
   end)

   it("serves the methods of the table of operations", function()
      assert.equal("id1 id2 id3 3 true true", get "/rows")
   end)

   it("wakes a Deployment for a function, and leaves it as it was found", function()
      assert.equal("HEALTHY false 1 0 nil 1 1\nraised on purpose nil 2 2\ntrue\nfalse", get "/while_awake")
   end)

   it("follows a log", function()
      assert.equal("start start the the the the Task next late next end", get "/log")
   end)

   it("ends what a closed client has under way", function()
      world.hold(token)
      local connection = server:open("/close?token=" .. token)
      await(1, token, { connection })
      server:get "/closing"
      assert.equal("cancelled\n", (nginx.answer(connection)))
      world.release(token)
   end)

   it("ends at once what a canceller is called for, and who sleeps between two looks", function()
      world.hold(token)
      assert.equal("cancelled\ncancelled\n2", get "/cancel")
      world.release(token)
   end)

   it("watches, and its watch ends where it waits", function()
      assert.equal("changed UNHEALTHY\nchanged HEALTHY\nfailed server\nover", get "/watch")
   end)

   it("steps nothing where nothing is under way", function()
      assert.equal("fast", get "/fetch")
      local steps = get "/steps"
      for _ = 1, 20 do
         server:get "/ping"
      end
      assert.equal(steps, get "/steps")
   end)

   it("steps nothing while a client only sleeps", function()
      local looks, steps = get("/wait"):match "^(%d+) (%d+)$"
      assert.equal("2", looks)
      assert.is_true(tonumber(steps) < 10, steps)
   end)

   it("stops where nothing is to come any more, though no step said so", function()
      assert.equal("3", get "/idle")
   end)

   it("has one timer, even where the worker stood still", function()
      local connections = fetches(1)
      await(1, token, connections)
      local late = server:open("/fetch?token=" .. token, "Last: ") -- all but the empty line
      server:get "/ping"
      local stall = server:open "/stall"
      nginx.eventually(function()
         return nginx.any_ready({ stall })
      end)
      late:send "\r\n"
      nginx.answer(stall)
      await(2, token, { late })
      assert.equal("1", get "/timers")
      world.release(token)
      nginx.answer(connections[1])
      nginx.answer(late)
   end)

   it("outlives a step that raises", function()
      assert.equal("4", get "/raising")
      assert.matches("astro: .*a step that fails", server:log())
      assert.equal("fast", get "/fetch")
   end)

   it("drops the result of a request whose client has gone, and the others go on", function()
      local connections = fetches(10)
      await(10, token, connections)
      for i = 1, 5 do
         connections[i]:close()
      end
      world.release(token)
      for i = 6, 10 do
         assert.equal("cmslow\n", (nginx.answer(connections[i])))
      end
      nginx.eventually(function()
         return get "/running" == "0"
      end)
      assert.equal("fast", get "/fetch")
   end)

   it("ends its timer though the last request was killed", function()
      local connections = fetches(1)
      await(1, token, connections)
      connections[1]:close()
      world.release(token)
      nginx.eventually(function()
         local steps = get "/steps"
         server:get "/ping"
         return world.counts(token).under_way == 0 and get "/steps" == steps
      end)
      assert.equal("0", get "/running")
   end)

   it("ends what a killed request has under way, though nobody waits any more", function()
      local connections = fetches(1)
      await(1, token, connections)
      connections[1]:close()
      server:get "/ping"
      assert.equal("fast", get "/fetch")
      world.release(token)
      nginx.eventually(function()
         return get "/running" == "0"
      end)
   end)

   it("raises where nginx cannot wait", function()
      get "/filter"
      local plain, wrapped = get("/filter"):match "^raised (.-)\nraised (.*)$"
      local text = "get_deployment: a client with a loop is for coroutines, such as its loop's run makes"
      assert.matches(text .. " (nginx has none in the phase header_filter)", plain, 1, true)
      assert.matches(
         "astro.loop.resty cannot wait here: API disabled in the context of header_filter_by_lua",
         wrapped,
         1,
         true
      )
      assert.matches("(nginx has none in the phase log)", get "/logged", 1, true)
   end)
end)

describe("a blocking call in nginx", function()
   local server

   setup(function()
      server = start()
   end)

   teardown(function()
      server:stop()
   end)

   it("is refused where it would block a worker", function()
      local text = "get_deployment: this would block the nginx worker: "
         .. "give the client loop = require 'astro.loop.resty' (or blocking = true)"
      assert.matches(text, (server:get "/blocking"), 1, true)
   end)

   it("is allowed by blocking = true", function()
      assert.equal("fast\n", (server:get "/allowed"))
   end)

   it("is allowed in init_by_lua and init_worker_by_lua, one of a client with a loop is not", function()
      local in_init, with_loop, in_worker = server:get("/init"):match "^(%S+) raised (.*) (%S+)\n$"
      assert.same({ "fast", "fast" }, { in_init, in_worker })
      assert.matches("(nginx has none in the phase init)", with_loop, 1, true)
   end)

   it("is allowed in a worker thread", function()
      assert.equal("fast\n", (server:get "/thread"))
   end)
end)

describe("astro.loop.resty without a timer", function()
   local server, token

   before_each(function()
      server, token = start(), world.token()
   end)

   it("goes on where nginx refuses one", function()
      assert.equal("fast\ntrue\n", (server:get("/refused?id=fast&token=" .. token)))
      server:stop()
   end)

   it("goes on where nginx drops one", function()
      assert.equal("cmslow\n", (server:get("/full?token=" .. token)))
      assert.matches("failed to run timer with function defined at @[^\n]*resty.lua", server:stop())
   end)
end)

describe("an nginx that", function()
   local server, token, connections

   before_each(function()
      server, token = start(), world.token()
      world.hold(token)
      connections = server:open_many(3, "/fetch?token=" .. token)
      await(3, token, connections)
   end)

   local function assert_all_answered()
      world.release(token)
      for _, connection in ipairs(connections) do
         assert.equal("cmslow\n", (nginx.answer(connection)))
      end
   end

   it("quits lets calls under way end", function()
      server:signal "QUIT"
      assert_all_answered()
      server:await_end()
      assert.not_matches("%[alert%]", server:log())
   end)

   it("is reloaded lets calls under way end, and its new worker serves", function()
      local before = server:get "/worker"
      server:signal "HUP"
      nginx.eventually(function()
         return server:get "/worker" ~= before
      end)
      assert.is_false(nginx.any_ready(connections))
      assert.equal("fast\n", (server:get("/fetch?id=fast&token=" .. token)))
      assert_all_answered()
      assert.not_matches("%[alert%]", server:stop())
   end)
end)
