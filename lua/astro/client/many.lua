--- Many Deployments by their ids: a hundred a request by the list, and one by one those that the list does not give.

local attempt = require "astro.client.attempt"
local core = require "astro.core"
local exchange = require "astro.client.exchange"
local list = require "astro.api.list"
local misuse = require "astro.api.misuse"
local pages = require "astro.client.pages"
local progress = require "astro.client.progress"

local unpack = table.unpack or unpack -- luacheck: ignore 143

local many = {}

local IDS_A_REQUEST = 100

-- Failures of a list that each of its ids would meet, too.
local REACHES_ALL = { connect = true, tls = true, timeout = true, rate_limited = true, cancelled = true }

-- Failures of a list that its ids may meet: one of them is asked for, and tells for all.
local MAY_REACH_ALL = { server = true, transport = true }

---The ids, each once, in the order given. Raises on what is no list of ids.
---@param ids string[]
---@param argument string what a message calls them
---@param to string the method that was given them
---@return string[]
function many.unique(ids, argument, to)
   list.expect(ids, ("argument '%s'"):format(argument), "a list", to)
   local seen, result = {}, {}
   for _, id in ipairs(ids) do
      misuse.check(core.id, id, to, argument)
      if not seen[id] then
         seen[id] = true
         result[#result + 1] = id
      end
   end
   return result
end

---What comes of one call, id by id.
---@class astro.Harvest
---@field organization string
---@field on_progress? fun(done: integer, total: integer)
---@field done integer ids that are found or failed
---@field total integer
---@field source astro.PageSource the list of Deployments
---@field found table<string, astro.Deployment>
---@field failed table<string, astro.Error>
---@field ids table<astro.Job, string[]> those that a job asks for
---@field lists table<astro.Job, boolean> which jobs ask for a page of the list
---@field rest table<astro.Job, string[]> ids that are asked for if the job shows that it is worth it
---@field refused? astro.Error the 401 after which nothing more is asked
local Harvest = {}
Harvest.__index = Harvest

function Harvest:single(id)
   local job = attempt.job(exchange.request(self.organization, id))
   self.ids[job] = { id }
   return job
end

function Harvest:by_list(ids)
   local job = attempt.job(pages.request(self.source, { deploymentIds = ids, limit = #ids }))
   self.ids[job], self.lists[job] = ids, true
   return job
end

function Harvest:first_jobs(ids, use_list)
   local jobs = {}
   if not use_list then
      for i, id in ipairs(ids) do
         jobs[i] = self:single(id)
      end
      return jobs
   end
   for start = 1, #ids, IDS_A_REQUEST do
      local some = {}
      for i = start, math.min(start + IDS_A_REQUEST - 1, #ids) do
         some[#some + 1] = ids[i]
      end
      jobs[#jobs + 1] = self:by_list(some)
   end
   return jobs
end

function Harvest:settle(id, deployment, err)
   self.found[id], self.failed[id] = deployment, err
   self.done = self.done + 1
   if self.on_progress then
      self.on_progress(self.done, self.total)
   end
end

function Harvest:fail(ids, err)
   for _, id in ipairs(ids) do
      self:settle(id, nil, err)
   end
end

function Harvest:add_singles(run, ids)
   if self.refused then
      return self:fail(ids, self.refused)
   end
   for _, id in ipairs(ids) do
      run:add(self:single(id))
   end
end

-- Asks for one of the list's ids. The rest follows if that shows that the service is not down.
function Harvest:probe(run, ids)
   local job = self:single(ids[1])
   self.rest[job] = { unpack(ids, 2) }
   run:add(job)
end

-- Settles the ids that the list gave, and asks for the rest one by one.
function Harvest:take_page(run, job)
   local page, _, err = pages.checked(run.call, self.source, job)
   if err and MAY_REACH_ALL[err.kind] and not self.refused then
      return self:probe(run, self.ids[job])
   end
   local wanted, given, missing = {}, {}, {}
   for _, id in ipairs(self.ids[job]) do
      wanted[id] = true
   end
   for _, deployment in ipairs(page and page.deployments or {}) do
      if wanted[deployment.id] and not given[deployment.id] then
         given[deployment.id] = true
         self:settle(deployment.id, deployment)
      end
   end
   for _, id in ipairs(self.ids[job]) do
      if not given[id] then
         missing[#missing + 1] = id
      end
   end
   self:add_singles(run, missing)
end

function Harvest:take_single(run, job)
   local err, rest = job.outcome.err, self.rest[job]
   self:settle(self.ids[job][1], exchange.deployment_of(run.call, job), err)
   if rest and err and (REACHES_ALL[err.kind] or MAY_REACH_ALL[err.kind]) then
      self:fail(rest, err)
   elseif rest then
      self:add_singles(run, rest)
   end
end

function Harvest:take(run, job)
   local err = job.outcome.err
   if err and err.kind == "unauthorized" and not self.refused then
      self.refused = err
      run:abandon(function()
         return err
      end)
   end
   if not self.lists[job] then
      self:take_single(run, job)
   elseif err and (err == self.refused or REACHES_ALL[err.kind] or run:is_past_end()) then
      self:fail(self.ids[job], err)
   else
      self:take_page(run, job)
   end
end

---Many Deployments, each once. Raises on ids that are no list of ids.
---@param call astro.Call
---@param organization string checked
---@param ids string[]
---@param own { list?: boolean, deadline?: number, on_progress?: fun(done: integer, total: integer) } deadline:
---seconds
---@return table<string, astro.Deployment> found
---@return table<string, astro.Error> failed
function many.get(call, organization, ids, own)
   ids = many.unique(ids, "ids", call.name)
   local harvest = setmetatable({
      organization = organization,
      source = pages.deployments(organization),
      found = {},
      failed = {},
      ids = {},
      lists = {},
      rest = {},
      done = 0,
      total = #ids,
   }, Harvest)
   call = progress.begin(call, function()
      return ("%s: %d of %d"):format(harvest.source.target, harvest.done, harvest.total)
   end)
   harvest.on_progress = progress.aside(call, own.on_progress)
   local ends_at = own.deadline and call.pollable.clock() + own.deadline
   progress.during(call, function()
      exchange.run(call, harvest:first_jobs(ids, own.list ~= false), function(run, job)
         harvest:take(run, job)
      end, ends_at)
   end)
   return harvest.found, harvest.failed
end

return many
