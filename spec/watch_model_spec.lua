-- The laws of client:watch, by random histories of the service (spec/support/random_service.lua). What is there for two
-- looks without failure is told once; what is gone, too, and nothing else is; nothing is told to appear that is known.

local astro = require "astro"
local random_service = require "spec.support.random_service"

local HISTORIES = tonumber(os.getenv "SPEC_HISTORIES") or 1000

local INTERVAL = 10

-- What the events so far say that there is: by ids the descriptions.
local function new_view(service, wanted, seed)
   local view, told = {}, {}
   local self = { view = view }

   local function check(is_so, what, id)
      if not is_so then
         error(("seed %d, look %d: %s %s"):format(seed, service.looks, what, id or ""), 0)
      end
   end
   self.check = check

   function self.take_all()
      for _, row in ipairs(service.rows) do
         view[row.id] = (not wanted or wanted[row.id]) and row.description or nil
      end
   end

   local function once(event)
      local key = event.id .. event.after.description
      check(not told[key], "told twice", key)
      told[key] = true
   end

   local takes = {}
   function takes.appeared(event)
      check(not view[event.id], "appeared, and was known:", event.id)
      once(event)
      view[event.id] = event.after.description
   end
   function takes.changed(event)
      check(view[event.id] == event.before.description, "changed from what was not there:", event.id)
      once(event)
      view[event.id] = event.after.description
      check(event.changes[1], "no change", event.id)
      for _, change in ipairs(event.changes) do
         check(not change.path:find "^updated", "noise", change.path)
         check(astro.filter.get(event.before, change.path) == change.old, "not old", change.path)
         check(astro.filter.get(event.after, change.path) == change.new, "not new", change.path)
      end
   end
   function takes.gone(event)
      check(service.gone[event.id], "gone, and there:", event.id)
      check(view[event.id] == event.before.description, "gone, and was not known:", event.id)
      view[event.id] = nil
   end
   function takes.failed(event)
      check(event.err.kind and event.after == nil, "failed without an error", event.id)
   end
   function self.take(event)
      check(not wanted or not event.id or wanted[event.id], "not watched:", event.id)
      takes[event.kind](event)
   end

   function self.expect_all()
      for _, row in ipairs(service.rows) do
         local is_wanted = not wanted or wanted[row.id]
         check(not is_wanted or view[row.id] == row.description, "not told:", row.id)
      end
   end
   function self.expect_no_more()
      for id in pairs(view) do
         check(not service.gone[id], "gone, and not told:", id)
      end
   end
   return self
end

-- Ids of which some are there, some may come, and one never does.
local function some_ids(random)
   local ids, wanted = { "nobody" }, { nobody = true }
   for i = 1, 20, random(3) do
      ids[#ids + 1], wanted["d" .. i] = "d" .. i, true
   end
   return ids, wanted
end

local function pages_of(service, wanted)
   return wanted and 1 or math.max(1, math.ceil(#service.rows / service.cap))
end

local function run(seed)
   local client, view, ids, wanted
   local tells_first, last_start = seed % 2 == 0, -INTERVAL
   local service = random_service.new(seed, function(service, calm)
      local now = astro.testing.time.clock()
      view.check(now - last_start >= INTERVAL, "a look too soon")
      view.check(service.others <= 2 * service.lists, "too many requests for what the list lacks")
      view.check(service.refused < 3, "refused thrice, and goes on")
      last_start = now
      if service.looks == 0 and not tells_first then
         view.take_all()
      elseif calm >= 2 then
         view.expect_all()
      end
      if calm == random_service.CALM then
         view.expect_no_more()
         view.check(service.lists == pages_of(service, wanted) and service.others == 0, "too many requests")
      end
   end, function()
      client:close()
   end)
   if seed % 3 == 0 then
      ids, wanted = some_ids(service.random)
   end
   view = new_view(service, wanted, seed)
   client = astro.testing.client({
      transport = function(request)
         return service:exchange(request)
      end,
   })
   local ok, raised = pcall(function()
      for event in client:watch(ids, { interval = INTERVAL, initial = tells_first }) do
         view.take(event)
      end
   end)
   client:close()
   if not ok and type(raised) == "table" then
      view.check(service.refused == 3, tostring(raised), "raised")
   elseif not ok then
      error(raised, 0)
   else
      view.check(service.looks > #service.plan, "ended too soon")
   end
   return ok
end

describe("client:watch, by random histories,", function()
   it("tells what lasts once, and nothing that is not so", function()
      local to_the_end = 0
      for seed = 1, HISTORIES do
         to_the_end = to_the_end + (run(seed) and 1 or 0)
      end
      assert.is_true(to_the_end > HISTORIES / 2)
      assert.is_true(to_the_end < HISTORIES) -- some were refused for good
   end)
end)
