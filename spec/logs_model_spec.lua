-- Random histories of a log that grows, in virtual time, against what `each_log` promises: each line that the service
-- has is given once, in its order. A history that fails is told by its seed: SPEC_SEED=<seed> runs it alone.

local astro = require "astro"
local cjson = require "cjson"
local log_service = require "spec.support.log_service"
local query = require "astro.testing.query"
local seen = require "astro.client.seen"
local testing = require "astro.testing"

local HISTORIES = 2000

local BEGIN = 1795780800 -- of each history, in seconds since the epoch

local SOURCES = { "scheduler", "worker", "dag-processor" }

-- Numbers that are the same in every Lua.
local function random_by(seed)
   local state = seed * 7919 % 2147483647 + 1
   local function random(low, high)
      state = state * 16807 % 2147483647
      return low + math.floor(state / 2147483647 * (high - low + 1))
   end
   for _ = 1, 5 do
      random(0, 1)
   end
   return random
end

-- Lines whose lateness and whose clock's distance from the farthest ahead are a window at the most, together. One
-- source may be farther ahead where this machine's clock is right.
local function lines_of(random, start, window, is_punctual, is_clock_right)
   local skews, lines, at = {}, {}, start
   for _, source in ipairs(SOURCES) do
      skews[source] = is_punctual and 0 or random(0, math.floor(window / 2))
   end
   if not is_punctual and is_clock_right and random(0, 1) == 0 then
      skews[SOURCES[1]] = -random(0, 300)
   end
   for i = 1, random(0, 30) do
      at = at + random(0, 3) * random(0, 3) * (random(0, 9) == 0 and 20 or 1)
      local source = SOURCES[random(1, #SOURCES)]
      local fraction, most_late = random(0, 1) / 4, window - math.max(skews[source], 0)
      local late = not is_punctual and random(0, 2) == 0 and random(0, 1) * random(0, most_late) or 0
      if not is_punctual and random(0, 5) == 0 then
         late = most_late
      end
      lines[i] = {
         raw = random(0, 2) == 0 and "the same" or "line " .. i,
         source = source,
         timestamp = at + fraction - skews[source],
         seen_at = at + fraction + late,
      }
   end
   return lines, at + window
end

local function history_of(seed)
   local random = random_by(seed)
   local start, clock = BEGIN, testing.time.clock()
   function testing.time.wall()
      return start + testing.time.clock() - clock
   end
   local one = {
      random = random,
      start = start,
      window = random(0, 3) * 20,
      interval = random(1, 10),
      is_punctual = random(0, 2) == 0,
      failing = random(0, 2) == 0 and 0 or random(1, 40), -- of a hundred requests
      clock = random(0, 1) == 0 and 0 or random(-500, 500), -- by how much the service's is ahead of ours
      unit = random(0, 1) == 0 and 1 or 1000,
      is_newest_first = random(0, 1) == 0,
      keeps_oldest = random(0, 1) == 0,
      most = random(0, 2) == 0 and random(8, 30) or nil,
      page = random(0, 3) == 0 and 5000 or random(1, 12),
   }
   local first = start + one.clock + random(-200, 50)
   one.lines, one.ends = lines_of(random, first, one.window, one.is_punctual, one.clock == 0)
   one.since = start + one.clock + random(-250, 0)
   return one
end

local function json(value)
   return 200, {}, (cjson.encode(value):gsub('"results":{}', '"results":[]'))
end

local FAILURES = {
   function()
      return 503, {}, ""
   end,
   function(one)
      one.quiet_until = testing.time.clock() + one.random(0, 20)
      return 429, { ["Retry-After"] = ("%d"):format(one.quiet_until - testing.time.clock()) }, ""
   end,
   function(_, request)
      testing.time.sleep(request.timeout)
      return nil, "as planned", "timeout"
   end,
   function()
      return nil, "as planned", "connect"
   end,
   function()
      return 200, {}, "<html>"
   end,
   function()
      return json({ results = { { raw = "no time" } }, resultCount = 1, limit = 5, searchId = "x" })
   end,
}

local function transport_of(one, check_pace)
   local last
   return function(request)
      local now, asked = testing.time.clock(), query.read(request.url:match "%?(.*)$")
      local least = math.max(last and last + one.interval or now, one.quiet_until or now)
      assert(not check_pace or now > least - 1e-6, "a request before it was due")
      one.requests = (one.requests or 0) + 1
      testing.time.sleep(one.random(0, 4) / 10)
      local service_now = testing.time.wall() + one.clock
      local status, headers, body
      if one.random(1, 100) <= one.failing and service_now < one.ends + 50 then
         status, headers, body = FAILURES[one.random(1, #FAILURES)](one, request)
      elseif asked.searchId and one.failing > 0 and not one.has_forgotten and one.random(1, 9) == 1 then
         one.has_forgotten = true
         status, headers, body = one.random(0, 1) == 0 and 404 or 400, {}, ""
      else
         local page = log_service.answer(one, asked, service_now)
         local is_last = #page.results < page.limit or page.offset + #page.results >= page.maxNumResults
         one.look, one.has_forgotten = tonumber(page.searchId), one.has_forgotten and not is_last
         status, headers, body = json(page)
      end
      last = testing.time.clock()
      if service_now > one.ends + 4000 or one.gives_up_at and one.gives_up_at < last then
         one.cancel()
      end
      return status, headers, body
   end
end

local function key(line)
   return ("%.17g %s %s"):format(line.timestamp, line.source, line.raw)
end

-- The lines that are to come, in the service's order.
local function expected(one, till)
   local rows = {}
   for place, line in ipairs(one.lines) do
      if line.timestamp >= one.since and line.timestamp <= (till or math.huge) then
         local told = { raw = line.raw, source = line.source, timestamp = line.timestamp * one.unit }
         rows[#rows + 1] = { key = key(told), at = line.timestamp, place = place, seen_at = line.seen_at }
      end
   end
   table.sort(rows, function(a, b)
      return a.at < b.at or a.at == b.at and a.place < b.place
   end)
   return rows
end

local function keys_of(rows)
   local keys = {}
   for i, row in ipairs(rows) do
      keys[i] = row.key
   end
   return keys
end

-- Whether the service has more lines within a few seconds than a search shows.
local function is_too_dense(one)
   local rows = expected({ lines = one.lines, since = -math.huge, unit = 1 })
   local apart = one.most and one.most - 1
   for i = 1 + (apart or #rows), #rows do
      if rows[i].at - rows[i - apart].at < 9 then
         return true
      end
   end
end

local function follow(one)
   one.cancel = astro.canceller()
   local client = testing.client({ transport = transport_of(one, true), rate = false })
   local wanted, given, looks = expected(one), {}, {}
   one.gives_up_at = #wanted == 0 and testing.time.clock() + 20 * one.interval or nil
   local ok, err = pcall(function()
      for line in
         client:each_log("d", {
            follow = true,
            sources = SOURCES,
            since = one.since,
            interval = one.interval,
            window = one.window,
            cancel = one.cancel,
         })
      do
         given[#given + 1], looks[#looks + 1] = key(line), one.look
         if #given == #wanted then
            one.gives_up_at = testing.time.clock() + 4 * one.interval
         end
      end
   end)
   assert(not ok and err.kind == "cancelled", tostring(err))
   return wanted, given, looks
end

-- Lines that were all there when one of them was given come in the service's order. Of equal ones nobody can tell.
local function check_order(wanted, given, looks)
   local row_of = {}
   for place, row in ipairs(wanted) do
      row_of[row.key] = row_of[row.key] == nil and { place = place, seen_at = row.seen_at } or false
   end
   for i = 1, #given do
      for j = i + 1, #given do
         local first, second = row_of[given[i]], row_of[given[j]]
         local is_turned = first and second and second.place < first.place
         assert(not is_turned or second.seen_at > looks[i], "out of order: " .. given[j])
      end
   end
end

local function check_follow(one)
   if is_too_dense(one) then
      return false
   end
   local wanted, given, looks = follow(one)
   local keys = keys_of(wanted)
   local in_order = { (table.unpack or unpack)(given) }
   table.sort(keys)
   table.sort(in_order)
   assert.same(keys, in_order)
   if not one.most and not one.is_newest_first then
      check_order(wanted, given, looks)
   end
   return true
end

local function check_whole(one)
   one.failing = 0
   for _, line in ipairs(one.lines) do
      line.seen_at = -math.huge
   end
   local till = one.since + one.random(0, 300)
   local client = testing.client({ transport = transport_of(one), rate = false })
   local given, times = {}, {}
   for line in client:each_log("d", { sources = SOURCES, since = one.since, till = till }) do
      given[#given + 1], times[#times + 1] = key(line), line.timestamp
   end
   local keys = keys_of(expected(one, till))
   if one.is_newest_first then -- which of one time came first is not to be told
      for i, timestamp in ipairs(times) do
         assert(i == 1 or times[i - 1] <= timestamp, "out of order")
      end
      table.sort(keys)
      table.sort(given)
   end
   assert.same(keys, given)
end

local function each_history(check, least)
   local alone = tonumber(os.getenv "SPEC_SEED")
   local count = 0
   for seed = alone or 1, alone or HISTORIES do
      local one = history_of(seed)
      local ok, result = pcall(check, one)
      assert(ok, ("seed %d: %s"):format(seed, type(result) == "table" and result.message or tostring(result)))
      count = count + (result ~= false and 1 or 0)
   end
   assert(alone or count > (least or HISTORIES / 2))
end

describe("a log's history", function()
   local wall = testing.time.wall

   teardown(function()
      testing.time.wall = wall
   end)

   it("is followed line by line, each once", function()
      each_history(check_follow)
   end)

   it("is followed likewise where few lines are remembered and none is late", function()
      local most = seen.MOST
      seen.MOST = 6
      local ok, message = pcall(each_history, function(one)
         return one.is_punctual and check_follow(one)
      end, HISTORIES / 10)
      seen.MOST = most
      assert(ok, message)
   end)

   it("is read whole, each line once, in the service's order", function()
      each_history(function(one)
         if is_too_dense(one) then
            return false
         end
         check_whole(one)
      end)
   end)
end)
