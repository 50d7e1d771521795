-- A service of a random history, as a transport: Deployments come, change, move among pages and go between any two
-- requests; requests fail; the token loses workspaces, or everything, and gets them back; time jumps. That lasts for some
-- looks. Then come CALM looks of rest, in which all is to be seen; and so on. A look begins with a list's first page; one that is asked for soon
-- again is of the same look, which steps back where rows vanish.

local pretty = require "astro.pretty"
local time = require "astro.testing.time"

local CALM, ROUNDS = 5, 3

local SOON = 5 -- seconds

-- The most Deployments that go in a round: a calm look may find out about one.
local MOST_GONE = 3

local STATUSES = { "CREATING", "DEPLOYING", "HEALTHY", "UNHEALTHY", "UNKNOWN", "HIBERNATING" }

---@class spec.Service
---@field rows table[] Deployments, in the list's order
---@field gone table<string, boolean> ids of those that were there
---@field hidden table<string, integer> by workspaces that are not seen: 403 or 404
---@field refusal? integer the status that everything gets
---@field refused integer how many looks in a row got it
---@field cap integer how many rows a page has at the most
---@field plan integer[] of each look: 0, or the how manieth of rest it is
---@field looks integer how many began
---@field lists integer how many pages of the list were asked for in the last look
---@field others integer how much else
---@field started_at number when it began
---@field on_look fun(service: spec.Service, calm: integer) when one begins: how many looks of rest came before it
---@field on_end fun() behind the last
local Service = {}
Service.__index = Service

-- Gives numbers from 1 to n, in every Lua the same ones for a seed.
local function random_by(seed)
   local state = seed * 7919 % 2147483646 + 1
   return function(n)
      state = state * 16807 % 2147483647
      return math.floor(state / 7) % n + 1
   end
end

local function add(self)
   self.count = self.count + 1
   self.rows[#self.rows + 1] = {
      id = "d" .. self.count,
      workspaceId = "w" .. self.random(3),
      status = "CREATING",
      description = "version 0",
      environmentVariables = { { key = "A", value = "1", isSecret = false } },
      workerQueues = {
         { id = "q1", name = "default", podCpu = "1" },
         { id = "q2", name = "b]c", podCpu = "1" },
      },
   }
end

-- A description that was never there tells each change from others.
local function change(self, row)
   self.version = self.version + 1
   row.description = "version " .. self.version
   row.status = STATUSES[self.random(#STATUSES)]
   row.workerQueues[1].podCpu = ("%d"):format(self.random(4))
   row.environmentVariables[1].value = ("%d"):format(self.random(2))
end

local function remove(self, _, place)
   if self.left_to_go > 0 then
      self.left_to_go = self.left_to_go - 1
      self.gone[table.remove(self.rows, place).id] = true
   end
end

local function save(self, row)
   row.updatedAt = ("2026-01-01T00:00:%02dZ"):format(self.random(59))
   row.updatedBy = { id = "s" .. self.random(9) }
   row.workerQueues[1], row.workerQueues[2] = row.workerQueues[2], row.workerQueues[1]
end

local function move(self, row, place)
   table.remove(self.rows, place)
   table.insert(self.rows, self.random(#self.rows + 1), row)
end

local function hide(self, row)
   self.hidden[row.workspaceId] = self.random(2) == 1 and 404 or 403
end

local EVENTS = { add, change, change, change, remove, save, move, hide }

function Service:befall()
   local event = EVENTS[self.random(#EVENTS)]
   if event == add then
      add(self)
   elseif #self.rows > 0 then
      local place = self.random(#self.rows)
      event(self, self.rows[place], place)
   end
end

-- What the token may do is given back when a look begins, and taken at any time.
function Service:disturb()
   if self.random(3) > 1 then
      self.hidden = {}
   end
   local is_over = self.random(2) == 1
   self.refusal = not is_over and self.refusal or self.random(6) == 1 and 400 + 2 * self.random(2) - 1 or nil
   if self.random(8) == 1 then
      time.sleep(self.random(5000))
   end
end

function Service:begin_look()
   local calm = self.plan[self.looks] or 0
   self:on_look(calm)
   self.looks, self.lists, self.others = self.looks + 1, 0, 0
   local now = self.plan[self.looks]
   if not now then
      return self.on_end()
   elseif now == 0 then
      self.left_to_go = calm > 0 and MOST_GONE or self.left_to_go
      self:disturb()
   else
      self.hidden, self.refusal = {}, nil
   end
   self.refused = self.refusal and self.refused + 1 or 0
   self.started_at = time.clock()
end

local function answer(status, value)
   return status, {}, type(value) == "string" and value or pretty.json(value, { indent = 0 })
end

local function refuse(status)
   return answer(status, { message = "refused", statusCode = status })
end

-- What single requests meet in place of an answer.
local FAILURES = {
   function(_, request)
      time.sleep(request.timeout)
      return nil, "as planned", "timeout"
   end,
   function()
      return nil, "as planned", "connect"
   end,
   function(self)
      return 429, { ["Retry-After"] = ("%d"):format(self.random(100)) }, "slow down"
   end,
   function()
      return answer(200, "<html>")
   end,
   function()
      return answer(200, {})
   end,
   function()
      return refuse(500)
   end,
}

local function is_asked_for(query, id)
   return not query:find "deploymentIds" or (query .. "&"):find("deploymentIds=" .. id .. "&", 1, true) ~= nil
end

function Service:list(query)
   local offset = tonumber(query:match "offset=(%d+)") or 0
   local limit = query:find "deploymentIds" and 100 or self.cap
   local seen, page = {}, {}
   for _, row in ipairs(self.rows) do
      seen[#seen + 1] = is_asked_for(query, row.id) and not self.hidden[row.workspaceId] and row or nil
   end
   for place = offset + 1, math.min(offset + limit, #seen) do
      page[#page + 1] = seen[place]
   end
   return answer(200, { deployments = page, limit = limit, offset = offset, totalCount = #seen })
end

function Service:one(id)
   for _, row in ipairs(self.rows) do
      if row.id == id then
         return answer(self.hidden[row.workspaceId] or 200, row)
      end
   end
   return refuse(404)
end

function Service:answer(place, query)
   local kind, id = place:match "/(%a+)/(%w+)$"
   if kind == "deployments" then
      return self:one(id)
   elseif kind == "workspaces" then
      return answer(self.hidden[id] or 200, { id = id })
   end
   return self:list(query)
end

function Service:exchange(request)
   local place, query = request.url:match "^([^?]*)%??(.*)$"
   local is_first = place:find "/deployments$" and not query:find "offset=[1-9]"
   if is_first and time.clock() >= self.started_at + SOON then
      self:begin_look()
   end
   local counter = place:find "/deployments$" and "lists" or "others"
   self[counter] = self[counter] + 1
   if self.plan[self.looks] == 0 then
      local failure = FAILURES[self.random(#FAILURES * 6)]
      if self.random(2) == 1 then
         self:befall()
      end
      if self.refusal then
         return refuse(self.refusal)
      elseif failure then
         return failure(self, request)
      end
   end
   return self:answer(place, query)
end

local function plan_of(random)
   local plan = { 1, 2 }
   for _ = 1, ROUNDS do
      for _ = 1, random(6) do
         plan[#plan + 1] = 0
      end
      for calm = 1, CALM do
         plan[#plan + 1] = calm
      end
   end
   return plan
end

---@param seed integer
---@param on_look fun(service: spec.Service, calm: integer)
---@param on_end fun()
---@return spec.Service
local function new(seed, on_look, on_end)
   local random = random_by(seed)
   local self = setmetatable({
      random = random,
      rows = {},
      gone = {},
      hidden = {},
      refused = 0,
      cap = random(6),
      plan = plan_of(random),
      looks = 0,
      lists = 0,
      others = 0,
      started_at = -SOON,
      count = 0,
      version = 0,
      left_to_go = 0,
      on_look = on_look,
      on_end = on_end,
   }, Service)
   for _ = 1, random(12) do
      add(self)
   end
   return self
end

return { new = new, CALM = CALM }
