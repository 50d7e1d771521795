--- Many Deployments by their ids: a hundred a request by the list, what that does not give one by one.

local attempt = require "astro.client.attempt"
local core = require "astro.core"
local exchange = require "astro.client.exchange"
local misuse = require "astro.api.misuse"
local pages = require "astro.client.pages"

local many = {}

local IDS_A_REQUEST = 100

-- Each once, in the order given.
local function unique(ids, name)
   if type(ids) ~= "table" then
      misuse.raise(("bad argument 'ids' to '%s' (a list expected, got %s)"):format(name, type(ids)))
   elseif ids[1] == nil and next(ids) ~= nil then
      misuse.raise(("bad argument 'ids' to '%s' (a list expected, got a table that is none)"):format(name))
   end
   local seen, result = {}, {}
   for _, id in ipairs(ids) do
      misuse.check(core.id, id, name, "ids")
      if not seen[id] then
         seen[id] = true
         result[#result + 1] = id
      end
   end
   return result
end

---What one call comes to, id by id.
---@class astro.Harvest
---@field found table<string, astro.Deployment>
---@field failed table<string, astro.Error>
---@field ids table<astro.Job, string[]> those that a job asks for
---@field lists table<astro.Job, boolean> which jobs ask for a page of the list
---@field refused? astro.Error the 401 after which nothing more is asked
local Harvest = {}
Harvest.__index = Harvest

function Harvest:single(id)
   local job = attempt.job(exchange.request(self.organization, id))
   self.ids[job] = { id }
   return job
end

function Harvest:by_list(ids)
   local request = pages.request(self.organization, { deploymentIds = ids, limit = #ids })
   local job = attempt.job(request)
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

function Harvest:fail(job, err)
   for _, id in ipairs(self.ids[job]) do
      self:settle(id, nil, err)
   end
end

-- The list's answer, if there is one: what it gave, and the rest one by one.
function Harvest:take_page(run, job)
   local page = pages.checked(job)
   local wanted, given = {}, {}
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
      if not given[id] and self.refused then
         self:settle(id, nil, self.refused)
      elseif not given[id] then
         run:add(self:single(id))
      end
   end
end

function Harvest:take(run, job)
   local err = job.outcome.err
   if err and err.kind == "unauthorized" and not self.refused then
      self.refused = err
      self:fail(job, err)
      run:abandon(function()
         return err
      end)
   elseif self.lists[job] and not (err and (err.kind == "cancelled" or run:is_past_end())) then
      self:take_page(run, job)
   elseif err then
      self:fail(job, err)
   else
      self:settle(self.ids[job][1], job.outcome.value)
   end
end

---@param own table `list`, `deadline`, `on_progress`
---@return table<string, table> found, table<string, astro.Error> failed
function many.get(call, organization, ids, own)
   ids = unique(ids, call.name)
   local harvest = setmetatable({
      organization = organization,
      on_progress = own.on_progress,
      found = {},
      failed = {},
      ids = {},
      lists = {},
      done = 0,
      total = #ids,
   }, Harvest)
   exchange.run(call, harvest:first_jobs(ids, own.list ~= false), function(run, job)
      harvest:take(run, job)
   end, own.deadline and core.clock() + own.deadline)
   return harvest.found, harvest.failed
end

return many
