local astro = require "astro"
local cjson = require "cjson"
local log_service = require "spec.support.log_service"
local query = require "astro.testing.query"
local testing = require "astro.testing"
local world = require "spec.support.world"

local START = 1795780800

local WHOLE =
   "start, start, the same, the same, the same, the same, Task \27[31mload\27[0m ERROR, next, late, next, end"

-- The texts of a log's lines, up to the one that ends it.
local function texts_of(lines)
   local texts = {}
   for line in lines do
      texts[#texts + 1] = line.raw
      if line.raw == "end" then
         break
      end
   end
   return table.concat(texts, ", ")
end

-- A client of a service that gives the answers of a list, the last one for ever, and the queries that it was asked.
local function client_of(answers, given)
   local asked = {}
   given = given or {}
   given.rate = false
   function given.transport(request)
      asked[#asked + 1] = query.read(request.url:match "%?(.*)$")
      asked[#asked].url, asked[#asked].at = request.url, testing.time.clock()
      local answer = answers[math.min(#asked, #answers)]
      if type(answer) == "function" then
         answer = answer(asked[#asked])
      end
      if type(answer) == "number" then
         return answer, {}, ""
      elseif type(answer) == "string" then
         return nil, "as planned", answer
      end
      local page = { results = answer, resultCount = #answer, searchId = "s", limit = 5000, offset = 0 }
      return 200, {}, (cjson.encode(page):gsub('"results":{}', '"results":[]'))
   end
   return testing.client(given), asked
end

local function line_at(seconds, text)
   return { raw = text or "line", source = "worker", timestamp = seconds }
end

local function raised(f, ...)
   local ok, err = pcall(f, ...)
   assert.is_false(ok)
   return err
end

describe("each_log", function()
   for _, mode in ipairs({ "plain", "failing" }) do
      it("follows a real service's log, each line once, " .. mode, function()
         local told = {}
         local client = world.client("/growing/" .. mode, {
            rate = false,
            log = function(level, text)
               told[#told + 1] = level == "warn" and text:match "^GET deployments/d/logs: (%w+)" or nil
            end,
         })
         local given = { since = START, follow = true, interval = 0.01, attempt_timeout = 0.5 }
         assert.equal(WHOLE, texts_of(client:each_log("d", given)))
         assert.equal(mode == "plain" and "" or "503 429 transport timeout 200", table.concat(told, " "))
      end)
   end

   it("gives what there is, page by page, where it does not follow", function()
      local client = world.client "/growing/plain"
      assert.equal(WHOLE:match "^.-ERROR", texts_of(client:each_log("d", { since = START })))
      client = world.client "/growing/plain"
      local given = { since = START + 1, till = START + 1, search = "same", sources = "scheduler" }
      assert.equal("the same, the same, the same, the same", texts_of(client:each_log("d", given)))
   end)

   it("gives a line as the service does", function()
      local line = world.client("/growing/plain"):each_log("d", { since = START })()
      assert.same({ raw = "start", source = "scheduler", timestamp = START * 1000 }, line)
   end)

   it("raises the error table of a page that cannot be had", function()
      local err = raised(world.client("/growing/plain"):each_log("nobody", { since = START }))
      assert.same({ "not_found", 404 }, { err.kind, err.status })
      err = raised(client_of({ 503 }, { retries = 1 }):each_log "d")
      assert.same({ "server", 2 }, { err.kind, err.attempts })
   end)

   for status, kind in pairs({
      [400] = "invalid",
      [401] = "unauthorized",
      [403] = "forbidden",
      [404] = "not_found",
   }) do
      it("ends a follow on " .. kind, function()
         local client, asked = client_of({ { line_at(START) }, 503, status })
         local lines = client:each_log("d", { since = START, follow = true })
         assert.equal("line", lines().raw)
         assert.equal(kind, raised(lines).kind)
         assert.equal(3, #asked)
      end)
   end

   it("asks once an interval, and waits as Retry-After has it", function()
      local client, asked = client_of({ {}, 503, "timeout", {}, 403 })
      raised(client:each_log("d", { follow = true, interval = 7, attempt_timeout = 3 }))
      local apart = {}
      for i = 2, #asked do
         apart[i - 1] = ("%.3f"):format(asked[i].at - asked[i - 1].at)
      end
      assert.same({ "7.000", "7.000", "7.000", "7.000" }, apart)
      client = testing.client({ failures = { { status = 429, retry_after = 40 }, 403 } })
      local before = testing.time.clock()
      raised(client:each_log("d", { follow = true }))
      assert.equal("40.000", ("%.3f"):format(testing.time.clock() - before))
   end)

   it("ends a follow by a canceller, and by the client's end", function()
      local cancel = astro.canceller()
      local client = client_of({
         {},
         function()
            cancel "enough"
            return {}
         end,
      })
      local err = raised(client:each_log("d", { follow = true, cancel = cancel }))
      assert.same({ "cancelled", 1 }, { err.kind, err.attempts })
      local closing
      closing = client_of({
         function()
            closing:close()
            return {}
         end,
      })
      assert.equal("cancelled", raised(closing:each_log("d", { follow = true })).kind)
   end)

   it(
      "looks back from when a look began, where that takes several searches and this machine's clock is ahead",
      function()
         local wall, clock = testing.time.wall, testing.time.clock()
         function testing.time.wall()
            return START + 1000 + testing.time.clock() - clock
         end
         finally(function()
            testing.time.wall = wall
         end)
         local begin = START
         local model = { lines = {}, unit = 1, most = 8 }
         for i, seconds in ipairs({ -58, -50, -40, -30, -20, -10, -5, -1, 0, 1.9, -58.5 }) do
            local timestamp = begin + seconds
            local seen_at = seconds == -58.5 and begin + 1.5 or timestamp
            model.lines[i] = { raw = "line", source = "worker", timestamp = timestamp, seen_at = seen_at }
         end
         model.lines[11].raw = "late"
         local requests = 0
         local client = testing.client({
            rate = false,
            transport = function(request)
               requests = requests + 1
               local asked = query.read(request.url:match "%?(.*)$")
               local page = log_service.answer(model, asked, testing.time.wall() - 1000)
               return requests < 20 and 200 or 403,
                  {},
                  (cjson.encode(page):gsub('"results":{}', '"results":[]'))
            end,
         })
         local lines = client:each_log("d", { since = begin - 60, follow = true, interval = 1, window = 60 })
         local given = {}
         repeat
            given[#given + 1] = lines().raw
         until given[#given] == "late"
         assert.equal(11, #given)
      end
   )

   it("asks v1, by its own keys", function()
      local client, asked = client_of({ {} }, { organization = "o" })
      assert.is_nil(client:each_log("d", { since = START + 0.5, till = START + 10.5, search = "x y" })())
      local first = asked[1]
      assert.matches("/v1/organizations/o/deployments/d/logs%?", first.url)
      assert.same({ "2026-11-27T12:00:00Z" }, first.startDate)
      assert.same({ "2026-11-27T12:00:11Z" }, first.endDate)
      assert.same({ "x y" }, first.searchText)
      assert.same(
         { "scheduler", "triggerer", "worker", "webserver", "dag-processor", "apiserver" },
         first.sources
      )
      assert.same({ "0", "5000", "10000" }, { first.offset[1], first.limit[1], first.maxNumResults[1] })
      client:each_log("d", { sources = { "worker" } })()
      assert.same({ "worker" }, asked[2].sources)
   end)

   it("asks for shorter pages where one is more than max_body", function()
      local client, asked = client_of({
         function(given)
            return tonumber(given.limit[1]) > 1250 and "too_large" or { line_at(START) }
         end,
      })
      assert.equal("line", client:each_log("d", { since = START })().raw)
      assert.same({ "5000", "2500", "1250" }, { asked[1].limit[1], asked[2].limit[1], asked[3].limit[1] })
      client = client_of({ "too_large" })
      assert.equal("too_large", raised(client:each_log("d", { since = START, follow = true })).kind)
   end)

   it("raises where a few seconds have more lines than a search shows", function()
      local many = {}
      for i = 1, 5000 do
         many[i] = line_at(START + 1)
      end
      local err = raised(client_of({ many }):each_log("d", { since = START }))
      assert.equal("too_large", err.kind)
      assert.matches(
         "more than 10000 lines of a log in 1 seconds, from 2026%-11%-27 12:00:00 UTC on$",
         err.message
      )
   end)

   it("takes null for no lines, and refuses what is no log", function()
      local client = testing.client({
         transport = function()
            return 200, {}, '{"results":null,"resultCount":0}'
         end,
      })
      assert.is_nil(client:each_log "d"())
      for _, answer in ipairs({
         '{"resultCount":1}',
         '{"results":{"a":1}}',
         '{"results":["x"]}',
         '{"results":[{}]}',
      }) do
         client = testing.client({
            transport = function()
               return 200, {}, answer
            end,
         })
         local err = raised(client:each_log "d")
         assert.same(
            { "decode", "GET deployments/d/logs: decode: no list of log lines" },
            { err.kind, err.message }
         )
      end
   end)

   it("raises for misuse, where the caller stands", function()
      local client = client_of({ {} })
      for expected, case in pairs({
         ["bad argument 'id' to 'each_log'"] = { "a b" },
         ["bad option 'sources' to 'each_log' %(a string or a list of strings"] = { "d", { sources = {} } },
         ["bad query key 'sources' to 'each_log' %(unknown value; did you mean 'worker'"] = {
            "d",
            { sources = "wroker" },
         },
         ["bad option 'till' to 'each_log' %(not with 'follow'%)"] = { "d", { till = "1m", follow = true } },
         ["bad option 'till' to 'each_log' %(before 'since'%)"] = { "d", { till = "2h" } },
         ["bad option 'since' to 'each_log' %(a duration such as '2h' or a timestamp"] = {
            "d",
            { since = "yesterday" },
         },
         ["bad option 'since' to 'each_log' %(seconds since the epoch, a duration"] = { "d", { since = -1 } },
         ["bad option to 'each_log' %(unknown name; did you mean 'follow'"] = { "d", { folow = true } },
      }) do
         assert.matches(
            "^[^\n]*logs_spec.lua:%d+: " .. expected,
            raised(client.each_log, client, case[1], case[2])
         )
      end
      client = client_of({ {} }, { api_version = "v1beta1" })
      assert.matches("'each_log' is for api_version 'v1' alone", raised(client.each_log, client, "d"))
   end)
end)
