local astro = require "astro"
local cjson = require "cjson"
local query = require "astro.testing.query"
local testing = require "astro.testing"
local world = require "spec.support.world"

local is_5_1 = _VERSION == "Lua 5.1" and not rawget(_G, "jit")

local MADE = "2026-11-2%dT10:00:00Z"

-- A deploy of a day; "img2 dag1" is what it brought.
local function deploy(day, what, fields)
   local made = {
      id = "d" .. day,
      deploymentId = "cmdep",
      type = "IMAGE_AND_DAG",
      status = "DEPLOYED",
      createdAt = MADE:format(day),
      updatedAt = (MADE:format(day):gsub("00Z", "48.5Z")),
      imageRepository = "images.example.com/a",
      imageTag = what:match "^%S+",
      dagTarballVersion = what:match " (%S+)$",
      isDagDeployEnabled = true,
   }
   for name, value in pairs(fields or {}) do
      made[name] = value
   end
   return made
end

-- A client of a service that has a Deployment and its deploys, two a page; and the requests that it met.
local function client_of(deployment, deploys, given)
   local asked = {}
   given = given or {}
   function given.transport(request)
      local place, text = request.url:match "/organizations/[^/]+([^?]*)%??(.*)$"
      asked[#asked + 1] = place
      if place == "/deployments/cmdep" then
         return 200, {}, cjson.encode(deployment)
      end
      assert(place == "/deployments/cmdep/deploys", place)
      local offset, page = tonumber(query.read(text).offset[1]), {}
      for i = offset + 1, math.min(offset + 2, #deploys) do
         page[#page + 1] = cjson.encode(deploys[i])
      end
      local form = '{"deploys":[%s],"limit":2,"offset":%d,"totalCount":%d}'
      return 200, {}, form:format(table.concat(page, ","), offset, #deploys)
   end
   return testing.client(given), asked
end

-- Of each row its id, and "*" where it runs.
local function marks(deployment, deploys)
   local found = {}
   for i, row in ipairs(assert(client_of(deployment, deploys):history "cmdep")) do
      found[i] = row.id .. (row.runs and "*" or "")
   end
   return table.concat(found, " ")
end

describe("history", function()
   it("gives all deploys, the newest first, as the service gives them", function()
      local client, asked = client_of({}, {
         deploy(2, "b", { rollbackFromId = "d1", git = { commitSha = "abc", authorName = "Ann" } }),
         deploy(1, "a", { createdBySubject = { id = "cmu", fullName = "Bob" } }),
         deploy(4, "c", { createdAt = "2026-11-22T10:00:00.5+00:00" }),
         deploy(5, "d", { createdAt = cjson.null }),
         deploy(3, "c"),
      })
      local rows = assert(client:history "cmdep")
      local ids = {}
      for i, row in ipairs(rows) do
         ids[i] = row.id
         assert.equal("cmdep", row.deploymentId)
      end
      assert.same({ "d3", "d4", "d2", "d1", "d5" }, ids)
      assert.equal("d1", rows[3].rollbackFromId)
      assert.same({ commitSha = "abc", authorName = "Ann" }, rows[3].git)
      assert.equal("Bob", rows[4].createdBySubject.fullName)
      assert.equal("images.example.com/a:c", rows[1].image)
      assert.equal(4, #asked)
      assert.equal("/deployments/cmdep", asked[4]) -- not before the deploys
   end)

   it("leaves those of one time as they come", function()
      local deploys = {}
      for i = 1, 40 do
         deploys[i] = deploy(1, "a", { id = "d" .. i })
      end
      local rows = assert(client_of({}, deploys):history "cmdep")
      for i = 1, 40 do
         assert.equal("d" .. i, rows[i].id)
      end
   end)

   it("says how long it took until a deploy was there, where it is", function()
      local rows = assert(client_of({}, {
         deploy(5, "a"),
         deploy(4, "a", { status = "FAILED" }),
         deploy(3, "a", { status = "INITIALIZED" }),
         deploy(2, "a", { updatedAt = cjson.null }),
         deploy(1, "a", { updatedAt = "2026-11-01T00:00:00Z", imageTag = "" }),
      }):history "cmdep")
      assert.equal(48.5, rows[1].took)
      for i = 2, 5 do
         assert.is_nil(rows[i].took)
      end
      assert.is_nil(rows[5].image)
   end)

   it("says which runs: the newest of the Deployment's image and DAGs", function()
      local has = { imageVersion = "b", dagTarballVersion = "2" }
      local deploys = { deploy(1, "a 1"), deploy(2, "b 1"), deploy(3, "b 2"), deploy(4, "b 3") }
      assert.equal("d4 d3* d2 d1", marks(has, deploys))
      deploys[5] = deploy(5, "b 2", { rollbackFromId = "d4" })
      assert.equal("d5* d4 d3 d2 d1", marks(has, deploys))
      deploys[5].status = "FAILED"
      assert.equal("d5 d4 d3* d2 d1", marks(has, deploys))
      deploys[5].status = "INITIALIZED"
      assert.equal("d5 d4 d3* d2 d1", marks(has, deploys))
      assert.equal("d2 d1*", marks({ imageTag = "a" }, { deploy(1, "a"), deploy(2, "b") }))
      assert.equal("d2* d1", marks(has, { deploy(1, "b 2"), deploy(2, "b", { type = "IMAGE_ONLY" }) }))
   end)

   it("says of none that it runs where none fits", function()
      local deploys = { deploy(1, "a 1"), deploy(2, "b 1") }
      assert.equal("d2 d1", marks({ imageVersion = "c", dagTarballVersion = "1" }, deploys))
      assert.equal("d2 d1", marks({ imageVersion = "b", dagTarballVersion = "2" }, deploys))
      assert.equal("d2 d1", marks({ imageVersion = "b" }, deploys))
      assert.equal("d2 d1", marks({ dagTarballVersion = "1" }, deploys))
      assert.equal("d1", marks({ imageTag = "" }, { deploy(1, "") }))
      assert.equal("", marks({ imageVersion = "b" }, {}))
   end)

   it("asks the real thing, with the call's own options", function()
      local client =
         world.client("/operations", { api_version = "none", organization = "cmelse", rate = false })
      local places = {}
      local rows = assert(client:history("cmdep", {
         organization = "cmorg",
         on_request = function(request)
            places[#places + 1] = request.path:match "^[^?]*"
         end,
      }))
      assert.equal("text:text", rows[3].image)
      assert.equal(3, #rows)
      local place = "/organizations/cmorg/deployments/cmdep"
      assert.same({ place .. "/deploys", place }, places)
      assert.truthy(client:rollback_deploy(rows[1].deploymentId, rows[1].id, {}))
   end)

   if not is_5_1 then
      it("lets others run meanwhile, in a loop", function()
         local loop, begun = astro.loop.luv, {}
         local client = world.client("/operations", {
            api_version = "none",
            organization = "cmorg",
            rate = false,
            loop = loop,
            on_request = function(request)
               begun[#begun + 1] = request.path:match "deployments/([^?]*)"
            end,
         })
         loop.run(function()
            assert.equal(3, #assert(client:history "a"))
         end, function()
            assert.equal(3, #assert(client:history "b"))
         end)
         client:close()
         assert.same({ "a/deploys", "b/deploys" }, { begun[1], begun[2] })
         assert.equal(4, #begun)
      end)
   end

   it("comes to what either request does", function()
      local client = testing.client({
         deployments = { { id = "cmdep" } },
         failures = { { status = 403, message = "no deploys for you" } },
      })
      local rows, message, err = client:history "cmdep"
      assert.is_nil(rows)
      assert.matches("^GET deployments/cmdep/deploys: 403 Forbidden", message)
      assert.equal("forbidden", err.kind)
      client = client_of("no object", {})
      rows, message, err = client:history "cmdep"
      assert.is_nil(rows)
      assert.matches("^GET deployment cmdep: .*decode", message)
      assert.equal("decode", err.kind)
   end)

   it("raises for misuse, naming itself", function()
      local client = client_of({}, {})
      for expected, arguments in pairs({
         ["bad argument 'id' to 'history'"] = { "" },
         ["bad option 'wait' to 'history' %(an option of 'hibernate'%)"] = { "cmdep", { wait = true } },
      }) do
         local ok, message = pcall(client.history, client, arguments[1], arguments[2])
         assert.is_false(ok)
         assert.matches("spec/history_spec.lua:%d+: " .. expected, message)
      end
   end)
end)

describe("pretty.history", function()
   local rows = {
      deploy(2, "b 2", {
         took = 48.5,
         runs = true,
         rollbackFromId = "d1",
         git = { commitSha = "0123456789abcdef", authorName = "Än\27n" },
         createdBySubject = { id = "cmu", fullName = "Bob", username = "bob@example.com" },
      }),
      deploy(1, "a-long-one", {
         took = 185,
         status = "FAILED",
         type = "IMAGE_ONLY",
         git = { authorUsername = "ann" },
         createdBySubject = { id = "cmu2", username = "ann@example.com" },
      }),
      { id = "d0", took = 3725 },
   }

   it("is a table, aligned, that shows control characters", function()
      assert.equal(
         [[
CREATED                  TYPE           STATUS      TOOK  IMAGE       COMMIT   AUTHOR  WHO   ROLLBACK OF  ID  RUNS
2026-11-22 10:00:00 UTC  IMAGE_AND_DAG  DEPLOYED     49s  b           0123456  Än\27n  Bob   d1           d2  yes
2026-11-21 10:00:00 UTC  IMAGE_ONLY     FAILED    3m 05s  a-long-one  -        ann     cmu2  -            d1  -
-                        -              -         1h 02m  -           -        -       -     -            d0  -]],
         (astro.pretty.history(rows))
      )
      local place = 0
      local function next_row()
         place = place + 1
         return rows[place]
      end
      assert.equal(astro.pretty.history(rows), astro.pretty.history(next_row))
      assert.equal("none", astro.pretty.history({}))
   end)

   it("hides identities unless they are to be shown, and is as narrow as wanted", function()
      assert.is_nil(astro.pretty.history(rows):find "example%.com")
      local text = astro.pretty.history(rows, { show = { identities = true } })
      assert.truthy(text:find("ann@example.com", 1, true))
      for line in astro.pretty.history(rows, { width = 60 }):gmatch "[^\n]+" do
         assert.is_true(require("astro.pretty.width").of(line) <= 60)
      end
   end)

   it("is in colour where that is wanted alone", function()
      assert.is_nil(astro.pretty.history(rows):find "\27")
      local text = astro.pretty.history(rows, { color = true })
      assert.truthy(text:find("\27[32mDEPLOYED", 1, true))
      assert.truthy(text:find("\27[31mFAILED", 1, true))
      assert.truthy(text:find("\27[32myes", 1, true))
      text = astro.pretty.history(rows, { color = true, width = 40 })
      assert.truthy(text:find("\27[32mDEPLOYED", 1, true))
      assert.truthy(text:find("\27[32myes", 1, true))
      text = astro.pretty.history({ { status = "NEW" } }, { color = true })
      assert.truthy(text:find("\27[35mNEW", 1, true))
   end)

   it("takes what is not as documented", function()
      local text =
         astro.pretty.history({ { id = 7, git = "x", createdBySubject = 5, createdAt = 3, took = "long" } })
      assert.matches("\n%-.* 7 ", text)
      text =
         astro.pretty.history({ { createdAt = "soon", took = 0 / 0, imageTag = { "a" }, status = "NEW" } })
      assert.matches("\nsoon .*NEW", text)
   end)

   it("raises for misuse", function()
      for expected, arguments in pairs({
         ["bad argument 'rows' to 'pretty.history' %(a list or an iterator expected, got string%)"] = {
            "text",
         },
         ["bad argument 'rows' to 'pretty.history' %(tables expected, got a string at 1%)"] = { { "text" } },
         ["bad option 'width' to 'pretty.history'"] = { {}, { width = 0 } },
      }) do
         local ok, message = pcall(astro.pretty.history, arguments[1], arguments[2])
         assert.is_false(ok)
         assert.matches(expected, message)
      end
   end)
end)
