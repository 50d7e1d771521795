local astro = require "astro"
local world = require "spec.support.world"

local function organization_with(count, mode, given)
   given = given or {}
   given.base_url = ("%s/lists/%s/%d"):format(world.stand_in, mode or "plain", count)
   given.token, given.rate = given.token or world.token(), false
   return astro.client(given)
end

local function number(deployment)
   return tonumber(deployment.id:match "%d+$")
end

-- How many lists a token was given.
local function lists_given_to(token)
   local client = astro.client({ base_url = world.stand_in .. "/counts", token = token })
   return client:request("GET", "/").lists
end

describe("list_deployments", function()
   it("gives one page", function()
      local client = organization_with(50)
      local page = assert(client:list_deployments())
      assert.equal(20, #page.deployments)
      assert.equal(50, page.totalCount)
      page = assert(client:list_deployments({ offset = 48, limit = 10 }))
      assert.same({ 49, 50 }, { number(page.deployments[1]), number(page.deployments[2]) })
   end)

   for name, body in pairs({
      ["numbers"] = '{"deployments":[1,2],"totalCount":2}',
      ["texts"] = '{"deployments":["x"],"totalCount":1}',
      ["lists and texts"] = '{"deployments":[[],"x"]}',
      ["an object"] = '{"deployments":{"a":1},"totalCount":0}',
   }) do
      it("refuses a page of " .. name, function()
         local client = world.client("", { base_url = world.answer("200 OK", body), organization = "org" })
         local _, message, err = client:list_deployments()
         assert.equal("decode", err.kind)
         assert.equal("GET deployments: decode: no list of deployments", message)
         assert.is_table(select(2, client:get_deployments({ "id" })))
         local ok, raised = pcall(function()
            for _ in client:each_deployment() do
               error "there is none"
            end
         end)
         assert.is_false(ok)
         assert.equal("decode", raised.kind)
      end)
   end

   it("asks with every key of the query", function()
      local client = astro.client({ base_url = world.stand_in .. "/echo", organization = "org", token = "t" })
      local _, message = client:list_deployments()
      assert.equal("GET deployments: decode: no list of deployments", message)
      local asked = client:request("GET", "/organizations/org/deployments", {
         query = { workspaceIds = { "w1", "w2" }, names = "a b", sorts = "name:desc", limit = 5 },
      })
      assert.equal(
         "/echo/organizations/org/deployments?limit=5&names=a%20b&sorts=name%3Adesc&workspaceIds=w1&workspaceIds=w2",
         asked.uri
      )
   end)

   it("calls a 200 without deployments a decode error", function()
      local page, message, err = organization_with(3, "nothing"):list_deployments()
      assert.is_nil(page)
      assert.equal("decode", err.kind)
      assert.equal(200, err.status)
      assert.equal(message, tostring(err))
   end)

   it("refuses what the server would ignore, or what is no value", function()
      local client = organization_with(1)
      for _, query in ipairs({
         { workspaceId = "x" },
         { limit = -1 },
         { limit = "5" },
         { names = { 1 } },
         { "x" },
      }) do
         assert.is_false(pcall(client.list_deployments, client, query))
      end
      assert.is_false(pcall(client.list_deployments, client, "x"))
   end)
end)

describe("each_deployment", function()
   it("keeps no page beside the next, though it be looked at to its end", function()
      local rows, alive, most = setmetatable({}, { __mode = "k" }), 0, 0
      local client = world.client("/lists/plain/50", {
         on_request = function()
            collectgarbage()
            collectgarbage()
            alive = 0
            for _ in pairs(rows) do
               alive = alive + 1
            end
            most = math.max(most, alive)
         end,
      })
      for deployment in client:each_deployment({ limit = 10 }) do
         rows[deployment] = true
      end
      assert.is_true(most <= 1, most) -- the last one is still the loop's
   end)

   for _, count in ipairs({ 0, 1, 99, 100, 101, 250 }) do
      it(("gives every one of %d, in order, once"):format(count), function()
         local token = world.token()
         local client = organization_with(count, "plain", { token = token })
         local expected = 0
         for deployment in client:each_deployment() do
            expected = expected + 1
            assert.equal(expected, number(deployment))
         end
         assert.equal(count, expected)
         assert.equal(math.max(1, math.ceil(count / 100)), lists_given_to(token))
      end)
   end

   it("asks for pages of a hundred, oldest first, where the query does not say", function()
      local paths = {}
      local client = organization_with(150, "plain", {
         log = function(_, _, fields)
            paths[#paths + 1] = fields.path:match "%?.*$"
         end,
      })
      for _ in client:each_deployment() do
      end
      assert.same({
         "?limit=100&offset=0&sorts=createdAt%3Aasc",
         "?limit=100&offset=100&sorts=createdAt%3Aasc",
      }, paths)
   end)

   it("advances by the rows it received, though they be fewer than asked for", function()
      local expected = 0
      for deployment in organization_with(20, "capped"):each_deployment() do
         expected = expected + 1
         assert.equal(expected, number(deployment))
      end
      assert.equal(20, expected)
   end)

   it(
      "skips no row where rows vanish meanwhile, as a program that deletes what it sees makes them",
      function()
         for _, count in ipairs({ 3, 100, 250, 401 }) do
            local seen = 0
            for _ in organization_with(count, "vanishing"):each_deployment() do
               seen = seen + 1
            end
            assert.equal(count, seen)
         end
      end
   )

   it("leaves out what offset says where rows vanish, too", function()
      local found = {}
      for deployment in organization_with(20, "vanishing"):each_deployment({ offset = 5, limit = 5 }) do
         found[#found + 1] = number(deployment)
      end
      table.sort(found)
      assert.same({ 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 }, found)
   end)

   it("gives every row that is shown where pages hide some", function()
      local found = {}
      for deployment in organization_with(250, "hiding"):each_deployment() do
         found[#found + 1] = number(deployment) / 10
      end
      assert.equal(25, #found)
      assert.equal(25, found[25])
   end)

   it("takes null for an empty list where the service counts none", function()
      local body = '{"deployments":null,"totalCount":0}'
      local client = world.client("", { base_url = world.answer("200 OK", body), organization = "org" })
      assert.same({}, assert(client:list_deployments()).deployments)
      assert.is_nil(client:each_deployment()())
   end)

   it("takes the page's size from limit, and starts at offset", function()
      local token = world.token()
      local client = organization_with(10, "plain", { token = token })
      local found = {}
      for deployment in client:each_deployment({ limit = 3, offset = 2 }) do
         found[#found + 1] = number(deployment)
      end
      assert.same({ 3, 4, 5, 6, 7, 8, 9, 10 }, found)
      assert.equal(3, lists_given_to(token))
   end)

   it("does not run for ever where the server repeats a page", function()
      local seen = 0
      local ok, err = pcall(function()
         for _ in organization_with(5, "repeating"):each_deployment() do
            seen = seen + 1
         end
      end)
      assert.is_false(ok)
      assert.equal(5, seen)
      assert.equal("decode", err.kind)
   end)

   it("takes a call's options", function()
      local client = organization_with(3)
      local ok, err = pcall(client:each_deployment({}, { max_body = 10 }))
      assert.same({ false, "too_large" }, { ok, err.kind })
      assert.has_error(function()
         client:each_deployment({}, { max_bodi = 10 })
      end)
   end)

   it("raises the error table of a page that cannot be had", function()
      local ok, err = pcall(function()
         for _ in organization_with(5, "forbidden"):each_deployment() do
         end
      end)
      assert.is_false(ok)
      assert.equal("forbidden", err.kind)
      assert.matches("^GET deployments: 403 Forbidden", tostring(err))
   end)

   it("raises where the client is closed in the middle", function()
      local client = organization_with(10)
      local ok, message = pcall(function()
         for deployment in client:each_deployment({ limit = 2 }) do
            if number(deployment) == 4 then
               client:close()
            end
         end
      end)
      assert.is_false(ok)
      assert.matches("each_deployment: the client is closed", message)
   end)

   it("refuses lists that say nothing", function()
      local client = world.client "/echo"
      for _, ids in ipairs({ {}, { a = "w" }, { "w", nil, "x" } }) do
         assert.has_error(function()
            client:list_deployments({ workspaceIds = ids })
         end)
         assert.has_error(function()
            client:wait_for("id", { status = ids, timeout = 0.001 })
         end)
      end
      assert.has_error(function()
         client:each_deployment({ limit = 0 })
      end)
   end)

   it("takes rows that are no Deployments for no list", function()
      local client = world.client("", { base_url = world.answer("200 OK", '{"deployments":[1]}') })
      local _, message, err = client:list_deployments()
      assert.same({ "decode", message }, { err.kind, err.message })
   end)

   it("ends where rows have no ids and nothing tells how many there are", function()
      local client = world.client("", { base_url = world.answer("200 OK", '{"deployments":[{"name":"n"}]}') })
      local ok, err = pcall(function()
         for _ in client:each_deployment() do
            assert(true)
         end
      end)
      assert.same({ false, "decode" }, { ok, err.kind })
   end)
end)
