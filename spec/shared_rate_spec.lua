-- The rate of all workers of an nginx, inside Debian's nginx with its Lua module and four workers.

local nginx = require "spec.support.nginx"
local world = require "spec.support.world"

describe("rate_dict", function()
   local server, token

   setup(function()
      server = nginx.start(world.read "spec/support/shared_rate.conf")
   end)

   teardown(function()
      server:stop()
   end)

   before_each(function()
      token = world.token()
   end)

   local function get(path)
      return (server:get(path .. (path:find "?" and "&" or "?") .. "token=" .. token))
   end

   --- So many fetches at once: the outcomes, each with how often it came, and how many workers had one.
   local function fetch(count, client)
      local outcomes, workers, seen = {}, 0, {}
      local path = ("/fetch?client=%s&token=%s"):format(client, token)
      for _, connection in ipairs(server:open_many(count, path)) do
         local pid, outcome = nginx.answer(connection):match "^(%d+) (.*)\n$"
         outcomes[outcome] = (outcomes[outcome] or 0) + 1
         workers = workers + (seen[pid] and 0 or 1)
         seen[pid] = true
      end
      return outcomes, workers
   end

   --- Each worker has its connection to the stand-in then.
   local function warm_up(client)
      nginx.eventually(function()
         local _, workers = fetch(8, client)
         return workers == 4
      end)
      token = world.token()
   end

   it("keeps the rate of one token among four workers, and turns nobody away", function()
      warm_up "quick"
      local outcomes, workers = fetch(100, "quick")
      assert.same({ cmquick = 100 }, outcomes)
      assert.equal(4, workers)
   end)

   it("holds all workers back after a 429 that one of them got", function()
      assert.same({ ["rate_limited 1"] = 1 }, (fetch(1, "paused")))
      local outcomes, workers = fetch(40, "paused")
      assert.same({ ["rate_limited 0"] = 40 }, outcomes)
      assert.equal(4, workers)
      token = world.token()
      assert.same({ ["rate_limited 1"] = 1 }, (fetch(1, "paused")))
   end)

   it("gives turns in their order, whichever worker asks, and a burst as ever", function()
      assert.equal("-0.20 -0.10 0.00 0.10 0.20 0.30 0.40 0.50 ", get "/turns?dict=rates")
   end)

   it("gives a turn that is not used to the next who asks", function()
      assert.equal("true true\n", get "/give_back")
   end)

   it("lets a call through that may start at once, and no other", function()
      assert.equal("true true true false false false true false true\n", get "/take")
   end)

   it("gives each worker its share where the dictionary has no room, and says so", function()
      local shares = get "/turns?dict=crowded"
      assert.equal("0.00 0.00 0.40 0.40 0.80 0.80 1.20 1.20 ", shares) -- a fourth of 10 a second
      assert.same({ cmquick = 20 }, (fetch(20, "crowded")))
      assert.matches("lua_shared_dict of the option rate_dict: no memory; each worker keeps", server:log())
   end)

   it("counts what clients did that are gone, where there is no room", function()
      assert.equal("0.00 0.40 0.80 ", get "/clients")
   end)

   it("does not put the token into the dictionary", function()
      fetch(2, "quick")
      local keys = get "/keys"
      assert.matches("astro %x+", keys)
      assert.not_matches(token, keys, 1, true)
   end)

   it("refuses what is no dictionary of this nginx, and a rate that is none", function()
      local unknown, none, shared = get("/misuse"):match "^(.-)\n(.-)\n(.-)\n$"
      local expected =
         "bad option 'rate_dict' to 'client' (the name of a lua_shared_dict of this nginx expected,"
      assert.matches(expected, unknown, 1, true)
      assert.matches("bad option 'rate_dict' to 'client' (the option 'rate' is false)", none, 1, true)
      assert.matches("bad option 'rate_dict' to 'with' (shared with the first client", shared, 1, true)
      local ok, message = pcall(require("astro").client, { rate_dict = "rates" })
      assert.is_false(ok)
      assert.matches(expected, message, 1, true)
   end)
end)
