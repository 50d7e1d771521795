local astro = require "astro"
local world = require "spec.support.world"

local function ids_to(count)
   local ids = {}
   for i = 1, count do
      ids[i] = ("cmmany%020d"):format(i)
   end
   return ids
end

local function size(set)
   local count = 0
   for _ in pairs(set) do
      count = count + 1
   end
   return count
end

local function counts_of(token)
   local client = astro.client({ base_url = world.stand_in .. "/counts", token = token })
   local counts = client:request("GET", "/")
   return { counts.lists, counts.ones }
end

describe("get_deployments", function()
   local token

   before_each(function()
      token = world.token()
   end)

   local function organization_with(count, mode, given)
      given = given or {}
      given.base_url = ("%s/lists/%s/%d"):format(world.stand_in, mode or "plain", count)
      given.token = token
      if given.rate == nil then
         given.rate = false
      end
      return astro.client(given)
   end

   for _, count in ipairs({ 1, 100, 101, 1000 }) do
      it(("gives %d by the list, a hundred a request"):format(count), function()
         local found, failed = organization_with(count):get_deployments(ids_to(count))
         assert.equal(count, size(found))
         assert.same({}, failed)
         for id, deployment in pairs(found) do
            assert.equal(id, deployment.id)
         end
         assert.same({ math.ceil(count / 100), 0 }, counts_of(token))
      end)
   end

   it("asks singly for what the list does not give, and fails that alone", function()
      local found, failed = organization_with(3):get_deployments(ids_to(5))
      assert.equal(3, size(found))
      assert.equal(2, size(failed))
      for id, err in pairs(failed) do
         assert.equal("not_found", err.kind)
         assert.matches(id, err.message)
      end
      assert.same({ 1, 2 }, counts_of(token))
   end)

   it("asks singly where the list cannot be had", function()
      for mode, lists in pairs({ forbidden = 1, nothing = 1 }) do
         token = world.token()
         local found, failed = organization_with(5, mode):get_deployments(ids_to(5))
         assert.equal(5, size(found))
         assert.same({}, failed)
         assert.same({ lists, 5 }, counts_of(token))
      end
   end)

   -- How many attempts a call for 60 takes that gives none of them, and the kind of each failure.
   local function fruitless(given)
      local attempts, kinds = 0, {}
      given.token, given.organization, given.rate = token, "org", false
      given.log = function()
         attempts = attempts + 1
      end
      local found, failed = astro.client(given):get_deployments(ids_to(60))
      assert.same({}, found)
      assert.equal(60, size(failed))
      for _, err in pairs(failed) do
         kinds[err.kind] = true
      end
      return attempts, kinds
   end

   it("does not ask a dead service for each one", function()
      local refused = fruitless({ base_url = "http://127.0.0.1:1" })
      assert.equal(3, refused)
      local silent, kinds = fruitless({ base_url = world.fault("hold", ""), timeout = 0.2, retries = 0 })
      assert.same({ 1, { timeout = true } }, { silent, kinds })
      assert.equal(1, (fruitless({ base_url = world.stand_in .. "/sequence/429", retries = 0 })))
      local untrusted, by_tls = fruitless({ base_url = world.host "untrusted.localhost" })
      assert.same({ 1, { tls = true } }, { untrusted, by_tls })
   end)

   it("asks for one of them first where the list is broken, and for the rest if that is not", function()
      local broken, kinds = fruitless({ base_url = world.stand_in .. "/sequence/500", retries = 0 })
      assert.same({ 2, { server = true } }, { broken, kinds })
      broken, kinds = fruitless({ base_url = world.fault("send", ""), retries = 0 })
      assert.same({ 2, { transport = true } }, { broken, kinds })
      token = world.token()
      local client = organization_with(60, "broken", { retries = 0 })
      assert.equal(60, size((client:get_deployments(ids_to(60)))))
      assert.same({ 1, 60 }, counts_of(token))
   end)

   it("fails all by a 401, and sends nothing more", function()
      local client = organization_with(500, "expired", { concurrency = 1 })
      local found, failed = client:get_deployments(ids_to(500))
      assert.same({}, found)
      assert.equal(500, size(failed))
      for _, err in pairs(failed) do
         assert.equal("unauthorized", err.kind)
      end
      assert.same({ 1, 0 }, counts_of(token))
   end)

   it("asks singly from the start where list is false", function()
      local found = organization_with(50):get_deployments(ids_to(50), { list = false })
      assert.equal(50, size(found))
      assert.same({ 0, 50 }, counts_of(token))
   end)

   it("asks for nothing twice, whatever the order", function()
      local ids = {}
      for _ = 1, 3 do
         for i, id in ipairs(ids_to(20)) do
            table.insert(ids, i % 2 == 0 and 1 or #ids + 1, id)
         end
      end
      local found = organization_with(20):get_deployments(ids, { list = false })
      assert.equal(20, size(found))
      assert.same({ 0, 20 }, counts_of(token))
   end)

   it("sends nothing for no ids", function()
      local found, failed = organization_with(5):get_deployments({})
      assert.same({ {}, {} }, { found, failed })
      assert.same({ 0, 0 }, counts_of(token))
   end)

   it("tells progress", function()
      local told = {}
      organization_with(3):get_deployments(ids_to(4), {
         on_progress = function(done, total)
            told[#told + 1] = done .. "/" .. total
         end,
      })
      assert.same({ "1/4", "2/4", "3/4", "4/4" }, told)
   end)

   it("lets what on_progress raises through, and remains usable", function()
      local client = organization_with(50)
      local ok, message = pcall(client.get_deployments, client, ids_to(50), {
         list = false,
         on_progress = function()
            error("enough", 0)
         end,
      })
      assert.same({ false, "enough" }, { ok, message })
      local found = client:get_deployments(ids_to(50))
      assert.equal(50, size(found))
   end)

   it("fails by deadline what it did not reach", function()
      local client = astro.client({ base_url = world.fault("hold", ""), token = token, concurrency = 2 })
      local found, failed = client:get_deployments(ids_to(5), { list = false, deadline = 0.2 })
      assert.same({}, found)
      assert.equal(5, size(failed))
      for _, err in pairs(failed) do
         assert.equal("timeout", err.kind)
      end
   end)

   it("keeps to the rate: at 250 a second on both sides, 500 draw no 429", function()
      local levels = {}
      local client = astro.client({
         base_url = world.stand_in .. "/quick",
         token = token,
         rate = 250,
         log = function(_, _, fields)
            levels[fields.status or "none"] = (levels[fields.status or "none"] or 0) + 1
         end,
      })
      local found, failed = client:get_deployments(ids_to(500), { list = false })
      assert.same({}, failed)
      assert.equal(500, size(found))
      assert.same({ [200] = 500 }, levels)
   end)

   it("meets 429 without it", function()
      local client =
         astro.client({ base_url = world.stand_in .. "/quick", token = token, rate = false, retries = 0 })
      local _, failed = client:get_deployments(ids_to(100), { list = false })
      local _, err = next(failed)
      assert.equal("rate_limited", err.kind)
   end)

   for protocol, most in pairs({ ["HTTP/2.0"] = 2, ["HTTP/1.1"] = 8 }) do
      it(("makes %d connections by %s, whatever comes, and keeps them"):format(most, protocol), function()
         local origin = protocol == "HTTP/2.0" and world.stand_in or world.plain()
         local client = astro.client({ base_url = origin .. "/echo", token = token, rate = false })
         local connections = {}
         local function note(asked)
            assert.equal(protocol, asked.protocol)
            connections[asked.connection] = true
         end
         for _ = 1, 3 do
            for i = 1, 5 do
               note(assert(client:get_deployment("single" .. i)))
            end
            for _, asked in pairs((client:get_deployments(ids_to(60), { list = false }))) do
               note(asked)
            end
         end
         assert.is_true(size(connections) <= most)
      end)
   end

   it("works over HTTP/1.1", function()
      local client =
         astro.client({ base_url = world.plain() .. "/lists/plain/40", token = token, rate = false })
      local found = client:get_deployments(ids_to(40), { list = false })
      assert.equal(40, size(found))
      found = client:get_deployments(ids_to(40), { list = false })
      assert.equal(40, size(found))
   end)

   it("refuses what is no list of ids", function()
      local client = organization_with(1)
      for _, ids in ipairs({ "x", { 1 }, { "a/b" }, { "" } }) do
         assert.is_false(pcall(client.get_deployments, client, ids))
      end
      assert.is_false(pcall(client.get_deployments, client))
      assert.same({ 0, 0 }, counts_of(token))
   end)

   it("is ended by close in the middle, whatever is still to be asked", function()
      local client = world.client("/lists/plain/5", { rate = false, concurrency = 2 })
      local ids = {}
      for i = 1, 500 do
         ids[i] = ("cmmany%020d"):format(i)
      end
      local _, failed = client:get_deployments(ids, {
         on_progress = function()
            client:close()
         end,
      })
      local kinds = {}
      for _, err in pairs(failed) do
         kinds[err.kind] = true
      end
      assert.is_true(kinds.cancelled)
   end)

   it("asks as many at once by HTTP/1.1 as concurrency says", function()
      local its_own = world.token()
      local client = world.client("", {
         base_url = world.plain() .. "/slow/0.3",
         token = its_own,
         rate = false,
         concurrency = 12,
      })
      local ids = {}
      for i = 1, 24 do
         ids[i] = "id" .. i
      end
      client:get_deployment "first"
      local _, failed = client:get_deployments(ids, { list = false })
      assert.same({}, failed)
      assert.equal(12, world.counts(its_own).together)
   end)

   it("refuses what is no list of ids", function()
      for _, ids in ipairs({ { a = true }, { nil, "b" }, { "a", nil, "c" }, { "a", x = "b" } }) do
         local ok, message = pcall(function()
            world.client("/echo"):get_deployments(ids)
         end)
         assert.is_false(ok)
         assert.matches("bad argument 'ids' to 'get_deployments' %(a list expected", message)
      end
   end)
end)
