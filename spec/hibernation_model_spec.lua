-- Random histories of a Deployment that hibernates, in the time of astro.testing: requests fail before or after they are
-- done, take their time, permissions are lost, overrides end, somebody else sets others. SEED=n has one history alone.

local sleeper = require "spec.support.sleeper"
local testing = require "astro.testing"
local pretty = require "astro.pretty"
local core = require "astro.core"

local ID = "cmsleeper"
local HISTORIES = 3000

-- The same numbers in every Lua.
local function dice_of(seed)
   local state = seed * 7919 % 2147483647 + 1
   return function(most)
      state = state * 16807 % 2147483647
      return math.floor(state / 2147483647 * most) + 1
   end
end

local function stamp(seconds)
   return (os.date("!%Y-%m-%dT%H:%M:%SZ", math.floor(seconds)))
end

---@class History
---@field state table of sleeper.lua
---@field calm boolean nothing happens but what is asked for
---@field writes integer how many the library made without a look before it
local History = {}
History.__index = History

local function new(seed)
   local dice = dice_of(seed)
   local override
   if dice(2) == 1 then
      override = {
         isHibernating = dice(3) > 1,
         overrideUntil = dice(2) == 1 and stamp(testing.time.wall() + dice(1500)) or nil,
      }
   end
   return setmetatable({
      dice = dice,
      restless = dice(4), -- of how many requests one is disturbed
      refused_from = dice(5) == 1 and dice(12) or math.huge,
      requests = 0,
      writes = 0,
      state = sleeper.new({
         asleep = dice(3) > 1,
         lag = dice(4) - 1,
         production = dice(12) == 1,
         override = override,
      }),
   }, History)
end

function History:is_chance(of)
   return not self.calm and self.dice(of) == 1
end

function History:override()
   return { isHibernating = self.dice(2) == 1, overrideUntil = stamp(testing.time.wall() + self.dice(3000)) }
end

local FAILURES = { 429, 500, 503, "connect", "timeout", "transport" }

local function fail(kind, request)
   if kind == "timeout" then
      testing.time.sleep(request.timeout)
   end
   if type(kind) == "string" then
      return nil, "by the model", kind
   end
   return kind, { ["Retry-After"] = kind == 429 and "2" or nil }, ""
end

local UNPROCESSED = { [429] = true, connect = true, [403] = true }

function History:process(request)
   local state, now = self.state, stamp(testing.time.wall())
   if request.method == "GET" then
      self.writes = 0
      return 200, {}, pretty.json(sleeper.get(state, ID, now), { indent = 0 })
   end
   self.writes = self.writes + 1
   assert(self.writes == 1, "two writes without a look between them")
   self.last_writer = "library"
   if request.method == "POST" then
      return 200, {}, pretty.json(sleeper.set(state, core.decode(request.body), now), { indent = 0 })
   end
   sleeper.clear(state, now)
   return 204, {}, ""
end

function History:exchange(request)
   self.requests = self.requests + 1
   testing.time.sleep(self.calm and 0 or self.dice(20) / 10)
   if self:is_chance(12) then
      self.last_writer, self.state.override = "other", self.dice(3) > 1 and self:override() or nil
   end
   if self.requests >= self.refused_from and not self.calm then
      return fail(403)
   end
   local is_disturbed = self:is_chance(self.restless + 1)
   local kind = FAILURES[self.dice(#FAILURES)]
   if is_disturbed and (UNPROCESSED[kind] or self.dice(2) == 1) then
      return fail(kind, request)
   end
   local status, headers, body = self:process(request)
   if is_disturbed then
      return fail(kind, request)
   end
   if request.method ~= "GET" then
      self.is_told = true -- the library knows that it was done
   end
   return status, headers, body
end

-- The override that there is by now.
function History:held()
   local override = self.state.override
   if override and override.overrideUntil and override.overrideUntil <= stamp(testing.time.wall()) then
      return nil
   end
   return override
end

local function client_of(history)
   return testing.client({
      transport = function(request)
         return history:exchange(request)
      end,
      log = function(level, text)
         history.said = history.said or level == "error" and text:find "^put back the override" ~= nil
      end,
   })
end

local function same(one, other)
   if not one or not other then
      return one == other
   end
   return one.isHibernating == other.isHibernating and one.overrideUntil == other.overrideUntil
end

-- While it is awake: what f gives or raises comes through, and what was found is there again, or it is said.
local function play_while_awake(history)
   local client, dice = client_of(history), history.dice
   local seen -- the override at the last look before the first write
   local exchange = history.exchange
   function history.exchange(self, request)
      local results = { exchange(self, request) }
      if request.method == "GET" and not self.has_written then
         seen = self.state.override
      elseif request.method ~= "GET" then
         self.has_written = true
      end
      return (table.unpack or unpack)(results, 1, 3)
   end
   local ending, calls = dice(3), 0
   local ok, result, message, err = pcall(client.while_awake, client, ID, function(deployment)
      calls = calls + 1
      assert(deployment.status == "HEALTHY")
      testing.time.sleep(dice(1200))
      if ending == 1 then
         error("by f", 0)
      end
      return "by f"
   end, { until_ = dice(3) == 1 and dice(2000) or nil })
   assert(calls <= 1)
   local said = history.said or (type(message) == "string" and message:find "^put back the override" ~= nil)
   if calls == 0 then
      assert(ok and result == nil and err, "no word of why f was not called")
   elseif ending == 1 then
      assert(not ok and result == "by f", "what f raised did not pass")
   elseif said then
      assert(ok and result == nil and err.results[1] == "by f", "what f gave is lost")
   else
      assert(ok and result == "by f", "what f gave did not pass")
   end
   local due = seen
   if due and due.overrideUntil and due.overrideUntil <= stamp(testing.time.wall()) then
      due = nil
   end
   local is_left = same(history:held(), due)
   local is_another_s = history.last_writer == "other" and not history.is_told
   assert(is_left or said or is_another_s or not history.has_written, "not as it was found, and not said")
   return said and "said" or is_left and history.has_written and "put back" or "else"
end

-- A second call sends nothing, and says so.
local function play_twice(history)
   local client, dice = client_of(history), history.dice
   local name = ({ "hibernate", "wake", "resume_schedule" })[dice(3)]
   local given = { wait = dice(2) == 1 }
   given.until_ = name ~= "resume_schedule" and dice(2) == 1 and stamp(testing.time.wall() + 7200) or nil
   local deployment = client[name](client, ID, given)
   if not deployment or history.last_writer == "other" then
      return "else"
   end
   history.calm = true
   local writes = 0
   local exchange = history.exchange
   function history.exchange(self, request)
      writes = writes + (request.method == "GET" and 0 or 1)
      return exchange(self, request)
   end
   local again, changed = client[name](client, ID, given)
   assert(again and changed == false and writes == 0, "a second call changed something")
   return "twice"
end

describe("the law of hibernation, in random histories,", function()
   local real_time = os.time
   local only = tonumber(os.getenv "SEED")

   before_each(function()
      os.time = function(...) -- luacheck: ignore 122
         return select("#", ...) > 0 and real_time(...) or 1795780800
      end
   end)

   after_each(function()
      os.time = real_time -- luacheck: ignore 122
   end)

   local function play(how, least)
      local ends = {}
      for seed = only or 1, only or HISTORIES do
         local ok, outcome = pcall(how, new(seed))
         assert(ok, ("SEED=%d: %s"):format(seed, tostring(outcome)))
         ends[outcome] = (ends[outcome] or 0) + 1
      end
      for outcome, count in pairs(only and {} or least) do
         assert.is_true((ends[outcome] or 0) >= count, outcome .. " " .. (ends[outcome] or 0))
      end
   end

   it("while_awake leaves what it found, or says that it could not", function()
      play(play_while_awake, { ["put back"] = 300, said = 300 })
   end)

   it("a second hibernate, wake or resume_schedule sends nothing", function()
      play(play_twice, { twice = 500 })
   end)
end)
