--- Many Deployments by their ids: a hundred a request by the list, what that does not give one by one.

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

local function single(call, organization, id)
   local job = exchange.job(call, exchange.request(organization, id))
   job.id = id
   return job
end

local function by_list(call, organization, ids)
   local request = pages.request(organization, { deploymentIds = ids, limit = #ids })
   local job = exchange.job(call, request)
   job.ids = ids
   return job
end

local function first_jobs(call, organization, ids, use_list)
   local jobs = {}
   if not use_list then
      for i, id in ipairs(ids) do
         jobs[i] = single(call, organization, id)
      end
      return jobs
   end
   for start = 1, #ids, IDS_A_REQUEST do
      local some = {}
      for i = start, math.min(start + IDS_A_REQUEST - 1, #ids) do
         some[#some + 1] = ids[i]
      end
      jobs[#jobs + 1] = by_list(call, organization, some)
   end
   return jobs
end

---What one call comes to, id by id.
---@class astro.Harvest
---@field found table<string, table>
---@field failed table<string, astro.Error>
---@field refused? astro.Error the 401 after which nothing more is asked
local Harvest = {}
Harvest.__index = Harvest

function Harvest:settle(id, deployment, err)
   self.found[id], self.failed[id] = deployment, err
   self.done = self.done + 1
   if self.on_progress then
      self.on_progress(self.done, self.total)
   end
end

function Harvest:fail(job, err)
   for _, id in ipairs(job.ids or { job.id }) do
      self:settle(id, nil, err)
   end
end

-- The list's answer, if there is one: what it gave, and the rest one by one.
function Harvest:take_page(run, job, page)
   local wanted, given = {}, {}
   for _, id in ipairs(job.ids) do
      wanted[id] = true
   end
   for _, deployment in ipairs(page and page.deployments or {}) do
      if wanted[deployment.id] and not given[deployment.id] then
         given[deployment.id] = true
         self:settle(deployment.id, deployment)
      end
   end
   for _, id in ipairs(job.ids) do
      if not given[id] and self.refused then
         self:settle(id, nil, self.refused)
      elseif not given[id] then
         run.queue[#run.queue + 1] = single(run.call, self.organization, id)
      end
   end
end

function Harvest:take(run, job, value, message, err)
   if err and err.kind == "unauthorized" and not self.refused then
      self.refused = err
      self:fail(job, err)
      run:abandon(function()
         return nil, message, err
      end)
   elseif job.ids and not (err and (err.kind == "cancelled" or run:is_past_end())) then
      self:take_page(run, job, (pages.checked(value, message, err)))
   elseif err then
      self:fail(job, err)
   else
      self:settle(job.id, value)
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
      done = 0,
      total = #ids,
   }, Harvest)
   local jobs = first_jobs(call, organization, ids, own.list ~= false)
   exchange.run(call, jobs, function(...)
      harvest:take(...)
   end, own.deadline and core.clock() + own.deadline)
   return harvest.found, harvest.failed
end

return many
