--- The Deployments that a testing service has, as they are from look to look.

local core = require "astro.core"
local list = require "astro.api.list"
local misuse = require "astro.api.misuse"
local pretty = require "astro.pretty"
local time = require "astro.testing.time"
local times = require "astro.time"

---A Deployment and what becomes of it.
---@class astro.testing.Row
---@field given astro.Deployment
---@field steps table[] fields from look to look; the last stay
---@field looks integer how many there were
---@field override? table|false what its hibernation was overridden by; false: that was ended

---@class astro.testing.Store
---@field rows astro.testing.Row[]
---@field by_id table<string, astro.testing.Row>
local Store = {}
Store.__index = Store

local store = {}

local function bad(name, to, problem)
   misuse.raise(("bad option '%s' to '%s' (%s)"):format(name, to, problem))
end

-- A copy, as JSON has it. The service never tells the value of a secret variable.
local function read_deployment(given, to)
   misuse.expect(given, "table", "deployments", to)
   local deployment = core.decode(pretty.body(given, "option 'deployments'", to))
   if type(deployment.id) ~= "string" then
      bad("deployments", to, "an id for each expected")
   end
   deployment.status = deployment.status or "HEALTHY"
   for _, variable in ipairs(deployment.environmentVariables or {}) do
      variable.value = not variable.isSecret and variable.value or nil
   end
   return deployment
end

local function read_steps(given, to)
   list.expect(given, "option 'steps'", "lists of statuses, or of tables of fields, by ids", to)
   local steps = {}
   for i, step in ipairs(given) do
      if type(step) ~= "string" and type(step) ~= "table" then
         bad("steps", to, "statuses, or tables of fields, expected")
      end
      step = type(step) == "string" and { status = step } or step
      steps[i] = core.decode(pretty.body(step, "option 'steps'", to))
   end
   return steps
end

---Raises on what is not as `astro.testing.service` says.
---@param deployments? astro.Deployment[]
---@param steps? table<string, (string|table)[]>
---@param to string the function that was given them
---@return astro.testing.Store
function store.new(deployments, steps, to)
   local self = setmetatable({ rows = {}, by_id = {} }, Store)
   list.expect(deployments or {}, "option 'deployments'", "a list", to)
   for i, given in ipairs(deployments or {}) do
      local row = { given = read_deployment(given, to), steps = {}, looks = 0 }
      if self.by_id[row.given.id] then
         bad("deployments", to, ("two have the id '%s'"):format(row.given.id))
      end
      self.rows[i], self.by_id[row.given.id] = row, row
   end
   for id, list_of_steps in pairs(steps or {}) do
      if not self.by_id[id] then
         bad("steps", to, ("there is no Deployment '%s'"):format(tostring(id)))
      end
      self.by_id[id].steps = read_steps(list_of_steps, to)
   end
   return self
end

local function over(base, fields)
   local both = {}
   for _, part in ipairs({ base or {}, fields }) do
      for name, value in pairs(part) do
         both[name] = value
      end
   end
   return both
end

-- Asleep or awake as the override wants it; awake without one.
local function with_override(deployment, override)
   local sleeps = override ~= nil and override.isHibernating
   local spec, status = over(deployment.scalingSpec), over(deployment.scalingStatus)
   spec.hibernationSpec = over(spec.hibernationSpec)
   spec.hibernationSpec.override = override
   status.hibernationStatus = over(status.hibernationStatus, { isHibernating = sleeps })
   return over(deployment, {
      status = sleeps and "HIBERNATING" or "HEALTHY",
      scalingSpec = spec,
      scalingStatus = status,
   })
end

local function has_override(deployment)
   return ((deployment.scalingSpec or {}).hibernationSpec or {}).override ~= nil
end

local function is_over(override)
   local ends_at = times.parse(override.overrideUntil)
   return ends_at ~= nil and ends_at <= time.wall()
end

---The Deployment as it is at the next look.
---@param row astro.testing.Row
---@return astro.Deployment
function store.look(row)
   row.looks = row.looks + 1
   local deployment = over(row.given, row.steps[math.min(row.looks, #row.steps)])
   if row.override and is_over(row.override) then
      row.override = false
   end
   if row.override then
      return with_override(deployment, row.override)
   end
   return row.override == false and has_override(deployment) and with_override(deployment) or deployment
end

---The row of a Deployment of an organization. One that does not say of which is of any.
---@param id string
---@param organization string
---@return astro.testing.Row?
function Store:find(id, organization)
   local row = self.by_id[id]
   return row and (row.given.organizationId or organization) == organization and row or nil
end

return store
