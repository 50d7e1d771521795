local astro = require "astro"
local world = require "spec.support.world"

local FIRST, SECOND, NEW =
   "cmdep00000000000000000001", "cmdep00000000000000000002", "cmdep00000000000000000003"

local token

-- An event as text; its error by kind and status.
local function text_of(event)
   local words = { event.kind, event.id }
   if event.err then
      words[#words + 1] = event.err.kind
   end
   for _, change in ipairs(event.changes or {}) do
      words[#words + 1] = ("%s:%s>%s"):format(change.path, tostring(change.old), tostring(change.new))
   end
   return table.concat(words, " ")
end

-- What a watch of a changing service tells until it has told so much, or has looked in vain.
local function told(steps, count, what, given)
   token = world.token()
   local client = world.client("/changing/2/" .. steps, { token = token, rate = false })
   given = given or {}
   given.interval = 0.001
   local responses = 0
   function given.on_response()
      responses = responses + 1
      if responses == 100 then
         client:close()
      end
   end
   local texts, events = {}, {}
   for event in client:watch(what, given) do
      texts[#texts + 1], events[#events + 1] = text_of(event), event
      if #texts == count then
         client:close() -- ends it
      end
   end
   return texts, events
end

describe("client:watch", function()
   it("tells what changed, and neither what the first look has nor who saved it when", function()
      local texts, events = told("same,same,touched,sick,touched,same", 2)
      assert.same({
         "changed " .. FIRST .. " status:HEALTHY>UNHEALTHY workerQueues[name=heavy].podCpu:8>9",
         "changed " .. FIRST .. " status:UNHEALTHY>HEALTHY workerQueues[name=heavy].podCpu:9>8",
      }, texts)
      local first = events[1]
      assert.same({ "HEALTHY", "UNHEALTHY" }, { first.before.status, first.after.status })
      assert.equal("2026-11-27T00:00:00Z", first.before.updatedAt)
      for _, change in ipairs(first.changes) do
         assert.equal(change.old, astro.filter.get(first.before, change.path))
         assert.equal(change.new, astro.filter.get(first.after, change.path))
      end
   end)

   it("tells what comes, and of each that the first look has only if asked to", function()
      assert.same({ "appeared " .. NEW }, (told("same,more,more", 1)))
      local texts, events = told("same,more", 3, nil, { initial = true })
      assert.same({ "appeared " .. FIRST, "appeared " .. SECOND, "appeared " .. NEW }, texts)
      assert.same({ 1, 0, 0 }, { events[1].left, events[2].left, events[3].left })
   end)

   it("tells what is gone, with what it was, by two GETs more", function()
      local texts, events = told("same,less,same", 2)
      assert.same({ "gone " .. FIRST, "appeared " .. FIRST }, texts)
      assert.same({ "number 1", nil }, { events[1].before.name, events[1].after })
      assert.same({ lists = 3, ones = 2, under_way = 0, together = 0 }, world.counts(token))
   end)

   it("takes nothing for gone that its own GET gives", function()
      local texts = told("same,unlisted,unlisted,unlisted,sick", 1)
      assert.matches("^changed " .. FIRST, texts[1])
   end)

   it("takes nothing for gone that the token may not see, and says once that it does not", function()
      assert.same(
         { "failed " .. FIRST .. " forbidden", "failed " .. FIRST .. " forbidden", "appeared " .. NEW },
         (told("same,denied,denied,denied,same,denied,same,more", 3))
      )
      local texts, events = told("same,hidden,hidden,hidden,same,less", 3)
      assert.same({
         "failed " .. FIRST .. " not_found",
         "failed " .. SECOND .. " not_found",
         "gone " .. FIRST,
      }, texts)
      assert.equal("number 1", events[1].before.name)
   end)

   it("tells of a look that failed, which says nothing of anything", function()
      assert.same(
         { "failed server", "failed unauthorized", "failed forbidden", "appeared " .. NEW },
         (told("same,500,same,401,403,same,same,more", 4))
      )
   end)

   for status, kind in pairs({
      [401] = "unauthorized",
      [403] = "forbidden",
      [404] = "not_found",
      [400] = "invalid",
   }) do
      it("raises the error of a list that is refused thrice in a row, " .. status, function()
         local texts, client = {}, world.client("/changing/2/same," .. status)
         local next_event = client:watch(nil, { interval = 0.001 })
         local ok, err = pcall(function()
            for event in next_event do
               texts[#texts + 1] = text_of(event)
               assert(#texts < 9)
            end
         end)
         assert.same({ false, kind, status }, { ok, err.kind, err.status })
         assert.same({ "failed " .. kind, "failed " .. kind }, texts)
         assert.equal(err, select(2, pcall(next_event)))
      end)
   end

   it("follows the ids of a list alone, and says once which it cannot see", function()
      local texts = told("same,same,sick,less,same", 4, { "nobody", FIRST }, { initial = true })
      assert.same({
         "appeared " .. FIRST,
         "failed nobody not_found",
         "changed " .. FIRST .. " status:HEALTHY>UNHEALTHY workerQueues[name=heavy].podCpu:8>9",
         "gone " .. FIRST,
      }, texts)
      assert.same(
         { "failed " .. FIRST .. " not_found", "appeared " .. FIRST },
         (told("less,less,same", 2, { FIRST }))
      )
   end)

   it("tells of nothing else, whatever the list has", function()
      local service = astro.testing.service({ deployments = { { id = "a" }, { id = "b" } } })
      local client = astro.testing.client({
         transport = function(request)
            request.url = request.url:gsub("deploymentIds=[^&]*&", "")
            return service(request)
         end,
      })
      local next_event = client:watch({ "b", "c" }, { initial = true })
      assert.same({ "appeared b", "failed c not_found" }, { text_of(next_event()), text_of(next_event()) })
   end)

   it("follows what a query asks for", function()
      assert.same({ "appeared " .. NEW }, (told("same,more", 1, { deploymentIds = { SECOND, NEW } })))
   end)

   it("ends by its canceller, at once and without a word", function()
      local cancel, count = astro.canceller(), 0
      local client = world.client "/changing/2/same"
      for _ in client:watch(nil, { interval = 3600, initial = true, cancel = cancel }) do
         count = count + 1
         cancel()
      end
      assert.equal(1, count)
      assert.equal(2, #client:list_deployments().deployments)
   end)

   it("ends a wait between two looks", function()
      local cancel = astro.canceller()
      local client = astro.testing.client({ deployments = { { id = "a" } }, failures = { 500 } })
      local start = astro.testing.time.clock()
      local next_event = client:watch(nil, {
         interval = 7,
         cancel = cancel,
         on_request = function()
            if astro.testing.time.clock() > start + 20 then
               cancel()
            end
         end,
      })
      assert.equal("failed", next_event().kind)
      assert.is_nil(next_event())
      assert.equal(21, astro.testing.time.clock() - start)
      assert.is_nil(next_event())
   end)

   it("costs a request for a hundred Deployments an interval", function()
      local own = world.token()
      local client = world.client("/changing/250/same", { token = own, rate = false })
      local looks, ids = 0, {}
      for i = 1, 250 do
         ids[i] = ("cmdep%020d"):format(i)
      end
      local function watch(what)
         client:watch(what, {
            interval = 0.001,
            on_response = function()
               looks = looks + 1
               if looks % 6 == 0 then
                  client:close()
               end
            end,
         })()
      end
      watch()
      assert.same({ 6, 0 }, { looks, world.counts(own).ones })
      client = world.client("/changing/250/same", { token = own, rate = false })
      watch(ids)
      assert.same({ 12, 0 }, { looks, world.counts(own).ones })
   end)

   it("looks by one attempt, and again after an interval, or when the service has it", function()
      local start, times = astro.testing.time.clock(), {}
      local client = astro.testing.client({
         deployments = { { id = "a" } },
         failures = { false, { status = 429, retry_after = 40 }, "timeout", 503, false, false },
      })
      local told_at = {}
      for event in
         client:watch(nil, {
            interval = 10,
            on_request = function()
               times[#times + 1] = astro.testing.time.clock() - start
               if #times == 7 then
                  client:close()
               end
            end,
         })
      do
         told_at[#told_at + 1] = event.err.kind
      end
      assert.same({ "rate_limited", "timeout", "server" }, told_at)
      assert.same({ 0, 10, 50, 70, 80, 90, 100 }, times)
   end)

   it("makes one look of those that time was not there for", function()
      local time, times = astro.testing.time, {}
      local client =
         astro.testing.client({ deployments = { { id = "a" } }, steps = { a = { "A", "B", "C", "D" } } })
      local start, is_first = time.clock(), true
      for _ in
         client:watch(nil, {
            interval = 10,
            on_request = function()
               times[#times + 1] = time.clock() - start
            end,
         })
      do
         if is_first then
            time.sleep(1005) -- as where a machine sleeps
            is_first = false
         elseif #times == 4 then
            client:close()
         end
      end
      assert.same({ 0, 10, 1015, 1025 }, times)
   end)

   it("gives Deployments that are read by both names of a field", function()
      local _, events = told("same,sick", 1)
      local sent = events[1].after
      assert.equal(rawget(sent, "effectiveWorkloadIdentity"), sent.workloadIdentity)
      assert.truthy(sent.workloadIdentity)
   end)

   it("tells that a secret was set anew, by its time alone", function()
      local function variables(at)
         return {
            environmentVariables = { { key = "A", isSecret = true, value = "hunter2", updatedAt = at } },
         }
      end
      local client = astro.testing.client({
         deployments = { { id = "a" } },
         steps = { a = { variables "2026-01-01T00:00:00Z", variables "2026-01-02T00:00:00Z" } },
      })
      local looks = 0
      local event = client:watch(nil, {
         on_request = function()
            looks = looks + 1
            if looks == 9 then
               client:close()
            end
         end,
      })()
      assert.equal("environmentVariables[key=A].updatedAt", event.changes[1].path)
      assert.equal(1, #event.changes)
      client:close()
   end)

   it("raises on what is nothing to watch", function()
      local client = world.client "/changing/2/same"
      for _, case in ipairs({
         { {}, "bad argument 'what' to 'watch' %(ids, a query or nil expected, got an empty table%)" },
         { "id", "bad argument 'what' to 'watch' %(ids, a query or nil expected, got a string%)" },
         { { "a/b" }, "bad argument 'what' to 'watch'" },
         {
            { deploymentIDs = { "a" } },
            "bad query key to 'watch' %(unknown name; did you mean 'deploymentIds'%?%)",
         },
         { { limit = 5 }, "bad query key to 'watch'" },
         { nil, "bad option 'interval' to 'watch' %(a number of seconds from 0.001", { interval = 0 } },
         { nil, "bad option 'initial' to 'watch'", { initial = 1 } },
         { nil, "bad option to 'watch' %(unknown name; did you mean 'interval'%?%)", { intervall = 1 } },
      }) do
         local ok, message = pcall(client.watch, client, case[1], case[3])
         assert.is_false(ok)
         assert.matches("^spec/watch_spec.lua:%d+: " .. case[2], message)
      end
      client:close()
      assert.error_matches(function()
         client:watch()
      end, "watch: the client is closed")
   end)
end)
