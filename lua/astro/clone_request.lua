--- The body that would create a Deployment again, from what a GET tells.

local body = require "astro.api.body"
local core = require "astro.core"
local list = require "astro.api.list"
local misuse = require "astro.api.misuse"

-- By type: what the request's other types take, of the Deployment and of its worker queues. What is of no known type
-- keeps all.
local OF_OTHERS = {
   STANDARD = "scheduler taskPodNodePoolId nodePoolId",
   DEDICATED = "cloudProvider region scheduler taskPodNodePoolId nodePoolId",
   HYBRID = "cloudProvider defaultTaskPodCpu defaultTaskPodMemory isDevelopmentMode isHighAvailability region "
      .. "remoteExecution resourceQuotaCpu resourceQuotaMemory scalingSpec schedulerSize astroMachine "
      .. "podEphemeralStorage",
}

-- A queue's id is its Deployment's; an identity may be one that the service made.
local NEVER = "id workloadIdentity drWorkloadIdentity"

local function excluded(kind)
   local names = {}
   for name in (NEVER .. " " .. (OF_OTHERS[kind] or "")):gmatch "[^ ]+" do
      names[name] = true
   end
   return names
end

local copy

-- As much of an object as the request's has; all of one that is no object of a request.
local function copy_object(value, object, without)
   local made = {}
   for name, item in next, value do
      local field = object and object.by_name[name]
      if not object or (field and not without[name]) then
         made[name] = copy(item, field or {}, without)
      end
   end
   return made
end

function copy(value, field, without)
   if type(value) ~= "table" then
      return value
   end
   local object, count = body.object(field.type), list.count(value)
   if not count or (count == 0 and not field.is_list and getmetatable(value) ~= core.array) then
      return copy_object(value, object, without)
   end
   local items = setmetatable({}, core.array)
   for i, item in ipairs(value) do
      items[i] = copy(item, { type = field.type }, without)
   end
   return items
end

local function part(value, name)
   if type(value) == "table" then
      return value[name]
   end
end

---Something that the body lacks, or that may not serve twice.
---@class astro.Missing
---@field path string as `astro.filter.get` takes it
---@field why string

---@class astro.CloneRequest
---@field deployment table
---@field changes table
---@field kind? string the new one's type
---@field body table
---@field missing astro.Missing[]
local Request = {}
Request.__index = Request

-- A field as it came; by the name of the version that answered alone.
function Request:told(name)
   return rawget(self.deployment, name)
end

-- A cluster says by itself where it is, and what is to be elsewhere is on another.
function Request:put_place()
   local made = self.body
   if self.changes.cloudProvider or self.changes.region then
      made.clusterId = nil
   elseif made.clusterId then
      made.cloudProvider, made.region = nil, nil
   end
end

-- What is asked for by another name than it is told by.
function Request:put_renamed()
   local made, au, replicas = self.body, self:told "schedulerAu", self:told "schedulerReplicas"
   made.astroRuntimeVersion = made.astroRuntimeVersion or self:told "runtimeVersion"
   if self.kind == "HYBRID" and (au or replicas) then
      made.scheduler = { au = au, replicas = replicas }
   end
end

-- An override that does not count is none.
function Request:drop_override()
   local override = part(part(self:told "scalingSpec", "hibernationSpec"), "override")
   local spec = part(self.body.scalingSpec, "hibernationSpec")
   if spec and (part(override, "isActive") == false or part(override, "isHibernating") == nil) then
      spec.override = nil
   end
end

function Request:note(name, why, rest)
   if self.changes[name] == nil then
      table.insert(self.missing, { path = name .. (rest or ""), why = why })
   end
end

function Request:note_fields()
   local made = self.body
   self:note("name", made.name and "as it is: beside this Deployment another needs its own" or "not told")
   for _, name in ipairs({ "workspaceId", "type" }) do
      if made[name] == nil then
         self:note(name, "not told")
      end
   end
   if not made.clusterId and not (made.cloudProvider and made.region) then
      self:note("clusterId", "not told")
   end
end

function Request:note_secrets()
   local variables = self.body.environmentVariables
   for i, variable in ipairs(type(variables) == "table" and variables or {}) do
      if part(variable, "isSecret") and variable.value == nil then
         local why = ("the secret value of %s"):format(tostring(variable.key))
         self:note("environmentVariables", why, ("[%d].value"):format(i))
      end
   end
end

function Request:note_identities()
   local why = "not told whether the service made the one that there is"
   if self:told "effectiveWorkloadIdentity" or self:told "workloadIdentity" then
      self:note("workloadIdentity", why)
   end
   if self:told "effectiveDRWorkloadIdentity" or self:told "drWorkloadIdentity" then
      self:note("drWorkloadIdentity", why)
   end
end

---The body that would create such a Deployment again, for `client:create_deployment`, and what is to be seen to first:
---what a GET does not tell (secret values, whether an identity is its own) and is not in the body, and the name, which
---is. Deploys, image and DAGs are no part of it. Nothing is sent, the Deployment stays as it is. Raises on misuse.
---Source: the API's pages "Get a Deployment" and "Create a Deployment".
---@param deployment astro.Deployment
---@param changes? table fields of the body, each in place of its own; none of them is missing
---@return table body
---@return astro.Missing[] missing
local function clone_request(deployment, changes)
   misuse.expect(deployment, "table", "deployment", "clone_request")
   changes = changes == nil and {} or changes
   misuse.expect(changes, "table", "changes", "clone_request")
   body.check(changes, "CreateDeploymentRequest", "argument 'changes'", "clone_request")
   local kind = changes.type or rawget(deployment, "type")
   local self =
      setmetatable({ deployment = deployment, changes = changes, kind = kind, missing = {} }, Request)
   self.body = copy_object(deployment, body.object "CreateDeploymentRequest", excluded(kind))
   self:put_place()
   self:put_renamed()
   self:drop_override()
   for name, value in next, changes do
      self.body[name] = value
   end
   self:note_fields()
   self:note_secrets()
   self:note_identities()
   return self.body, self.missing
end

return clone_request
