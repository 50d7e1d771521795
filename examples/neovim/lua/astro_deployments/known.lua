--- The Deployments of the last list: <Tab> completes their names and ids, and what is typed in place of an id may be
--- such a name.

local clients = require "astro_deployments.clients"

local known = {}

local lists, is_loading = {}, {} -- by organization; "": the one that ASTRO_ORGANIZATION_ID names

---Loads the list anew.
---@param organization? string nil: ASTRO_ORGANIZATION_ID
---@param on_done fun(found: astro.Deployment[]?, problem: any)
function known.load(organization, on_done)
   local key = organization or ""
   clients.start(organization, function(client)
      local found, problem = client:all_deployments()
      return found, problem
   end, function(found, problem)
      lists[key] = found or lists[key]
      on_done(found, problem)
   end)
end

-- Loads it behind what the editor does. What fails is for the command to tell.
local function refresh(organization)
   local key = organization or ""
   if not is_loading[key] then
      is_loading[key] = true
      known.load(organization, function()
         is_loading[key] = nil
      end)
   end
end

-- Its name, if a command line can have that.
local function name_of(deployment)
   local name = vim.trim(tostring(deployment.name or ""))
   return name ~= "" and vim.fn.strtrans(name) == name and name or nil
end

-- Ids by what a command takes for each: the name where that is of one alone and nobody's id, else the id.
local function ids_of(organization)
   local list, count, ids = lists[organization or ""] or {}, {}, {}
   for _, deployment in ipairs(list) do
      for _, word in ipairs({ deployment.id, name_of(deployment) }) do
         count[word] = (count[word] or 0) + 1
      end
   end
   for _, deployment in ipairs(list) do
      local name = name_of(deployment)
      ids[name and count[name] == 1 and name or deployment.id] = deployment.id
   end
   return ids
end

---@param text string a Deployment's id, or its name in the last list
---@param organization? string nil: ASTRO_ORGANIZATION_ID
---@return string id
function known.id(text, organization)
   return ids_of(organization)[text] or text
end

-- Whether it can hardly be a name: the ids of these years begin so. One that does not costs a list.
local function is_id(text)
   return text:find "^c[lm][%l%d]+$" ~= nil
end

---The same in a coroutine, with a list: where there is none yet, it is loaded for what may be a name.
---@param client astro.Client
---@param text string
---@param organization? string
---@return string id the text where no Deployment is called so
function known.find(client, text, organization)
   local key = organization or ""
   if not lists[key] and not is_id(text) then
      lists[key] = client:all_deployments()
   end
   return known.id(text, organization)
end

---What <Tab> makes of the beginning of an argument: at once, by the last list, which is loaded anew behind it. Names
---that begin so; where none does, ids.
---@param lead string as it stands in the command line
---@param organization? string nil: ASTRO_ORGANIZATION_ID
---@return string[] arguments
function known.complete(lead, organization)
   refresh(organization)
   local wanted, names, ids = lead:gsub("\\(.)", "%1"):lower(), {}, {}
   for name, id in pairs(ids_of(organization)) do
      if vim.startswith(name:lower(), wanted) then
         names[#names + 1] = (name:gsub("[\\%s]", "\\%0"))
      elseif vim.startswith(id:lower(), wanted) then
         ids[#ids + 1] = id
      end
   end
   local found = names[1] and names or ids
   table.sort(found)
   return found
end

return known
