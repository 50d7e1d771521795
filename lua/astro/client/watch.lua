--- Follows Deployments: a look at all of them an interval, and what became of them since the last one.

local calls = require "astro.client.call"
local cancel = require "astro.client.cancel"
local census = require "astro.client.census"
local failure = require "astro.client.failure"
local list = require "astro.api.list"
local looks = require "astro.client.looks"
local many = require "astro.client.many"
local misuse = require "astro.api.misuse"
local opener = require "astro.client.opener"
local operation = require "astro.api.operation"
local operations = require "astro.api.operations"
local options = require "astro.api.options"
local pages = require "astro.client.pages"
local rate = require "astro.client.rate"
local schema = require "astro.api.schema"

---@class astro.Client
local Client = {}

-- Failures of a look that mean the end where they last, and for how many looks in a row they may.
local REFUSALS, MOST_REFUSALS = { unauthorized = true, forbidden = true, not_found = true, invalid = true }, 3

---@class astro.Watch
---@field call astro.Call
---@field organization string
---@field interval number seconds
---@field open fun(): astro.NextPage a look's pages
---@field census astro.Census
---@field events astro.WatchEvent[] what the last look found
---@field place integer how many of them were told
---@field next_at? number when the next look is due, on the client's clock; nil: at once
---@field refusals integer how many looks in a row were refused
---@field raised? astro.Error what ends it
local Watch = {}
Watch.__index = Watch

function Watch:add(event)
   self.events[#self.events + 1] = event
end

-- Asks for what the list did not have: as many at the most as the look had requests, and as many workspaces.
function Watch:ask_for(ids, requests)
   local absent, is_seen = {}, {}
   for i = 1, math.min(#ids, requests) do
      local id = ids[i]
      local deployment, _, err = looks.one(self.call, self.organization, id)
      if deployment then
         self:add(self.census:meet(id, deployment))
      elseif err.kind == "not_found" then
         absent[#absent + 1] = { id = id, err = err, workspace = self.census.known[id].workspaceId }
      else
         self:add(self.census:doubt(id, err))
      end
   end
   for _, one in ipairs(absent) do -- behind all of them: what is lost meanwhile proves nothing
      local workspace = one.workspace
      if workspace and is_seen[workspace] == nil then
         is_seen[workspace] = looks.sees_workspace(self.call, self.organization, workspace)
      end
      local is_proof = is_seen[workspace or false]
      self:add(is_proof and self.census:lose(one.id) or self.census:doubt(one.id, one.err))
   end
end

-- Takes each page as it comes. Gives the error of one that did not, or how many came. The next look is due an interval
-- after the first page: a request may have waited for its turn. What time was not there for is left out.
function Watch:read_list()
   local next_page, requests = self.open(), 0
   while true do
      local rows, err = next_page()
      if requests == 0 then
         self.next_at = self.call.pollable.clock() + self.interval
      end
      if not rows then
         return err, requests
      end
      requests = requests + 1
      for _, row in ipairs(rows) do
         if self.census:wants(row.id) then
            self:add(self.census:meet(row.id, row))
         end
      end
   end
end

function Watch:fail(err)
   self.refusals = REFUSALS[err.kind] and self.refusals + 1 or 0
   if err.final or self.refusals == MOST_REFUSALS then
      self.raised = err
   else
      local pause = math.min(err.retry_after or 0, rate.LONGEST_PAUSE)
      self.next_at = math.max(self.next_at, self.call.pollable.clock() + pause)
      self:add({ kind = "failed", err = err })
   end
end

function Watch:look()
   self.events, self.place = {}, 0
   self.census:begin()
   local err, requests = self:read_list()
   if err then
      return self:fail(err)
   end
   self.refusals = 0
   self:ask_for(self.census:finish(), requests)
   for _, id in ipairs(self.census:unmet()) do
      local text = ("%s: deployment %s: not_found: the list does not have it"):format(self.call.name, id)
      self:add(self.census:doubt(id, failure.err("not_found", text)))
   end
end

function Watch:rest()
   local seconds = self.next_at and self.next_at - self.call.pollable.clock() or 0
   if seconds > 0 then
      self.call.pollable:sleep(seconds, self.call)
   end
end

---The next event; nil: the call was cancelled, or its client closed.
---@return astro.WatchEvent?
function Watch:next()
   while not cancel.reason(self.call) do
      self.place = self.place + 1
      local event = self.events[self.place]
      if event then
         event.left = #self.events - self.place
         return event
      elseif self.raised then
         error(self.raised, 0)
      end
      self:rest()
      self:look() -- comes to nothing if that was cancelled
   end
end

-- The keys of the list's query that tell which Deployments are meant.
local query_set

local function read_query(given)
   for _, row in ipairs(query_set and {} or operations) do
      if row[1] == "list_deployments" then
         local rows = {}
         for _, key in ipairs(operation.read(row).query) do
            rows[#rows + 1] = row.query:find(key.name, 1, true) and key or nil
         end
         query_set = options.set(rows, {})
      end
   end
   return (options.read(given, query_set, "watch", "query key"))
end

-- The ids or the query that are meant.
local function read_what(what)
   if what == nil then
      return nil, {}
   elseif type(what) ~= "table" or next(what) == nil then
      local got = type(what) == "table" and "an empty table" or "a " .. type(what)
      misuse.raise(("bad argument 'what' to 'watch' (ids, a query or nil expected, got %s)"):format(got))
   elseif list.count(what) then
      return many.unique(what, "what", "watch")
   end
   return nil, read_query(what)
end

---Follows Deployments: an iterator of what becomes of them, an event at a time. It looks at all of them each `interval`,
---by one request for a hundred, and one look is one attempt, unless `retries` says otherwise. What a look finds is told
---once: the Deployments that "appeared", what "changed" (but for who changed it and when), and what is "gone". The first
---look tells nothing, unless `initial` is true.
---
---A Deployment is gone when the list lacks it, a GET for it is a 404, and its workspace is there for the token
---thereafter. So a token that sees fewer workspaces than before loses none; one whose role was for the Deployment alone
---and was taken from it cannot be told from a Deployment that was deleted, if the service says 404. Without a workspace
---that the token sees nothing proves it, and it is "failed", once, until it is there again; so is an id that the list
---never had. These GETs come beside the list's, as many of each at the most.
---
---A look that failed is "failed", too, with its `err` and no id, and says nothing of any Deployment that it did not
---see. Where looks are refused (`unauthorized`, `forbidden`, `not_found`, `invalid`) three times in a row, the error
---table is raised. A look that comes late is one look, however late. The iterator ends when its canceller is called or
---its client closed.
---Source: the API's pages "List Deployments" and "Get a Deployment".
---@param what? string[]|table<string, any> ids, or a query (`deploymentIds`, `names`, `workspaceIds`); nil: all
---@param given? astro.CallOptions.watch
---@return fun(): astro.WatchEvent?
function Client:watch(what, given)
   local call, own = opener.begin(self, "watch", given)
   own = calls.over(options.defaults(schema.methods.watch), own)
   local ids, query = read_what(what)
   local organization = opener.organization_of(call)
   local source = pages.deployments(organization)
   call = calls.over(call, { retries = given and given.retries or 0 })
   local watch = setmetatable({
      call = call,
      organization = organization,
      interval = own.interval,
      census = census.new(ids, own.initial),
      events = {},
      place = 0,
      refusals = 0,
      open = function()
         return ids and looks.by_ids(call, source, ids) or looks.by_query(call, source, calls.over({}, query))
      end,
   }, Watch)
   return function()
      return watch:next()
   end
end

return Client
