--- A Deployment's log, line by line, to its end or for as long as it grows.

local calls = require "astro.client.call"
local core = require "astro.core"
local epoch = require "astro.api.epoch"
local failure = require "astro.client.failure"
local log = require "astro.client.log"
local misuse = require "astro.api.misuse"
local moment = require "astro.client.moment"
local opener = require "astro.client.opener"
local operation = require "astro.client.operation"
local options = require "astro.api.options"
local queries = require "astro.api.queries"
local schema = require "astro.api.schema"
local search = require "astro.client.log_search"
local seen = require "astro.client.seen"
local time = require "astro.time"

-- Seconds by which a source's clock may be ahead of ours: a search ends so much later than now.
local AHEAD = 86400

-- Failures that end a follow. Two may also mean that the service has forgotten its search.
local FINAL = {
   unauthorized = true,
   forbidden = true,
   not_found = true,
   invalid = true,
   cancelled = true,
   too_large = true, -- as it comes of a single line
}
local FORGOTTEN = { invalid = true, not_found = true }

---A stretch of time whose lines are still to be had, ends included.
---@class astro.LogRange
---@field from number seconds since the epoch
---@field to number
---@field is_look? boolean nothing of it was searched before

---How far a walk over a log has come.
---@class astro.LogWalk
---@field call astro.Call
---@field own table the method's options
---@field target string what messages call it
---@field query table of every search
---@field request fun(query: table): table?, string?, astro.Error?
---@field ranges astro.LogRange[] what is left of a look, the next one last
---@field from number seconds since the epoch: where the next look begins
---@field to? number where each ends
---@field above number seconds up to which no line is given any more
---@field newest number seconds of the newest line that was given
---@field looked_at number seconds since the epoch, when the look began
---@field started number the same on the client's clock
---@field next_at number when the next request of a follow is due, on the client's clock
---@field seen astro.Seen
---@field lines astro.DeploymentLogEntry[] those to be given next
---@field place integer of the last one given among those
---@field is_over boolean no look comes next
---@field may_be_forgotten boolean the next failure may be of the service's search
local Walk = {}
Walk.__index = Walk

-- Of a follow: waits until the next request is due.
function Walk:pace()
   local pollable = self.call.pollable
   local left = self.own.follow and self.next_at - pollable.clock() or 0
   if left > 0 then
      pollable:sleep(left, self.call)
   end
end

function Walk:ask(query)
   self:pace()
   local page, message, err = self.request(query)
   self.next_at = self.call.pollable.clock() + math.max(self.own.interval, err and err.retry_after or 0)
   return page, message, err
end

function Walk:look()
   self:pace()
   self.looked_at, self.started = self.call.pollable.wall(), self.call.pollable.clock()
   local to = self.to or math.max(self.looked_at, self.newest) + AHEAD
   return { from = self.from, to = to, is_look = true }
end

-- The next look begins where a line may stand that this one has not shown: lines are `window` late at the most, behind
-- our clock and behind the newest, of what was there when the look began.
function Walk:end_look()
   if not self.own.follow then
      self.is_over = true
      return
   end
   local took = self.call.pollable.clock() - self.started
   local begin = math.min(self.looked_at, self.newest - took) - self.own.window
   self.from = math.max(self.from, self.above, begin)
   self.seen:forget(self.from)
end

-- A time as the service takes it, in whole seconds.
local function written(seconds)
   return (time.text(seconds):gsub(" ", "T")) .. "Z"
end

-- A second more on each side: whether the service takes the ends for a part of it is not said.
function Walk:query_of(range)
   return calls.over(self.query, {
      startDate = written(math.ceil(range.from) - 1),
      endDate = written(math.floor(range.to) + 1),
   })
end

-- Raises unless the failure may pass and there is somebody to wait for it.
function Walk:fail(err, has_begun)
   if err.kind == "too_large" and self.query.limit > 1 then
      self.query.limit = math.floor(self.query.limit / 2)
   elseif has_begun and FORGOTTEN[err.kind] and self.may_be_forgotten then
      self.may_be_forgotten = false
   elseif not self.own.follow or err.final or FINAL[err.kind] then
      error(err, 0)
   end
   log.write(self.call.log, "warn", err.message, { kind = err.kind })
end

-- In place of a range with too many lines for one search, its halves.
function Walk:halve(range, lines)
   local newest = range.from
   for _, line in ipairs(lines) do
      newest = math.max(newest, epoch.seconds(line.timestamp))
   end
   newest = math.min(newest, range.to)
   local middle = math.floor((range.from + newest) / 2)
   if middle - range.from < 2 or newest - middle < 2 then
      local text = "GET %s: too_large: more than %d lines of a log in %d seconds, from %s UTC on"
      local span = math.ceil(newest - range.from)
      text = text:format(self.target, #lines, span, time.text(range.from))
      error(failure.err("too_large", text, { final = true }), 0)
   end
   table.insert(self.ranges, { from = middle, to = range.to })
   table.insert(self.ranges, { from = range.from, to = middle })
end

-- Those of a range's lines that were not given yet.
function Walk:take(range, lines)
   local here, fresh = seen.new(), {}
   if not self.own.follow then
      self.seen:forget(range.from) -- none of them comes again
   end
   for _, line in ipairs(lines) do
      local at = epoch.seconds(line.timestamp)
      local is_meant = at >= range.from and at <= range.to and at > self.above
      if is_meant and here:add(line) > self.seen:count(line) then
         self.seen:add(line)
         self.newest = math.max(self.newest, at)
         fresh[#fresh + 1] = line
      end
   end
   self.above = self.seen:keep(seen.MOST) or self.above
   self.lines, self.place = fresh, 0
end

-- One search. A look that fails as a whole begins anew, at a later time.
function Walk:advance()
   local range = table.remove(self.ranges) or self:look()
   local found, err, has_begun = search.run(function(query)
      return self:ask(query)
   end, self:query_of(range), self.target)
   if not found then
      if not range.is_look then
         table.insert(self.ranges, range)
      end
      return self:fail(err, has_begun)
   end
   self.may_be_forgotten = true
   if found.is_cut then
      self:halve(range, found.lines)
   else
      self:take(range, found.lines)
   end
   if #self.ranges == 0 then
      self:end_look()
   end
end

function Walk:next()
   while self.place >= #self.lines do
      if self.is_over then
         return nil
      end
      self:advance()
   end
   self.place = self.place + 1
   return self.lines[self.place]
end

local function all_sources()
   for _, row in ipairs(queries) do
      if row.name == "sources" then
         return row.enum
      end
   end
end

local function new_walk(call, own, request, id)
   local now = call.pollable.wall()
   local since = moment.read(own.since, now, "since", call.name)
   local till = own.till and moment.read(own.till, now, "till", call.name)
   if till and till < since then
      misuse.raise "bad option 'till' to 'each_log' (before 'since')"
   end
   return setmetatable({
      call = call,
      own = own,
      target = "deployments/" .. id .. "/logs",
      query = { sources = own.sources or all_sources(), searchText = own.search, limit = search.PAGE },
      request = request,
      ranges = {},
      from = since,
      to = till,
      above = -math.huge,
      newest = -math.huge,
      looked_at = now,
      started = call.pollable.clock(),
      next_at = 0,
      seen = seen.new(),
      lines = {},
      place = 0,
      is_over = false,
      may_be_forgotten = true,
   }, Walk)
end

---@class astro.Client
local Client = {}

---An iterator over the lines of a Deployment's log, the oldest first where the service keeps an order. It raises the
---error table of a page that cannot be had.
---
---With `follow` it goes on as lines come, by one request an `interval` at the most, of the pages of what is there
---already, too; a page has up to 5,000 lines. Failures that may pass do not end it: each is told to the client's log.
---`unauthorized`, `forbidden`, `not_found`, `invalid` and `cancelled` do.
---
---Each line that the service has is given once, equal lines as often as the service has them. A line may come late: it
---is given if its timestamp is at most `window` seconds before the newest line given when it came, or before this
---machine's time of the look before if that is earlier. What comes later than that, or by a source whose clock is
---farther behind another's, is lost. Lines of one look come in the service's order, a late one after those that were
---given before. The last 100,000 lines at the most are remembered: of a log with more in a window, that is the window.
---Source: the API's page "Get Deployment logs".
---@param id string
---@param given? astro.CallOptions.each_log
---@return fun(): astro.DeploymentLogEntry?
function Client:each_log(id, given)
   local call, own = opener.begin(self, "each_log", given)
   misuse.check(core.id, id, "each_log", "id")
   own = calls.over(options.defaults(schema.methods.each_log), own)
   if own.follow and own.till then
      misuse.raise "bad option 'till' to 'each_log' (not with 'follow')"
   elseif own.follow then
      call = calls.over(call, { retries = given.retries or 0 }) -- the next look is the retry
   end
   local ask, check = operation.within("get_deployment_logs", call, opener, { id })
   local walk = new_walk(call, own, ask, id)
   check(walk.query)
   return function()
      return walk:next()
   end
end

return Client
