--- The links of a Deployment, fit to be opened.

local ascii = require "astro.api.ascii"
local misuse = require "astro.api.misuse"
local options = require "astro.api.options"

-- The characters of a link. Quotes, "$", "`", "\" and all that is not ASCII are left out: a link may be put between
-- quotes in a shell and printed in a terminal.
local ALLOWED = "^[A-Za-z0-9_%-.~:/?#%[%]@&()*+,;=%%]+$"

local ID = "^[A-Za-z0-9_-]+$"

local function without_org_id(url)
   local before, query, after = url:match "^([^?#]*)%?([^#]*)(.*)$"
   if not before then
      return url
   end
   local kept = {}
   for parameter in query:gmatch "[^&]+" do
      if parameter:match "^[^=]*" ~= "orgId" then
         kept[#kept + 1] = parameter
      end
   end
   return before .. (#kept > 0 and "?" .. table.concat(kept, "&") or "") .. after
end

-- Whether a text is a host, perhaps with a port. Without a scheme before it ("pending", "12.6.0") only a full name is
-- taken for one.
local function is_host(text, has_scheme)
   local host = text:gsub(":%d+$", "")
   if host:find "^%[[%x:.]+%]$" or host:find "^%d+%.%d+%.%d+%.%d+$" then
      return true
   end
   if host:find "[^A-Za-z0-9_.-]" or ("." .. host .. "."):find "%.[^A-Za-z0-9]" then
      return false
   end
   return has_scheme or host:find "%.%a[^.]*$" ~= nil
end

local function link(text)
   if type(text) ~= "string" or not text:find(ALLOWED) then
      return nil
   end
   local scheme, rest = text:match "^([A-Za-z0-9+.-]*)://(.*)$"
   local is_web = not scheme or ascii.lower(scheme):find "^https?$"
   if not is_web or not is_host((rest or text):match "^[^/?#]*", scheme ~= nil) then
      return nil
   end
   return without_org_id(scheme and text or "https://" .. text)
end

-- Astro's own page. Its host is called `cloud` where the API's is called `api`.
local function page(deployment, base_url)
   local domain = base_url:match "^[Hh][Tt][Tt][Pp][Ss]://api(%.[A-Za-z0-9.-]+)"
   local workspace, id = deployment.workspaceId, deployment.id
   local are_ids = type(workspace) == "string" and workspace:find(ID) and type(id) == "string" and id:find(ID)
   return domain and are_ids and ("https://cloud%s/%s/deployments/%s"):format(domain, workspace, id) or nil
end

---@class astro.Links
---@field airflow? string Airflow's UI
---@field api? string Airflow's API
---@field astro? string the Deployment's page in Astro's own UI

---The links of a Deployment, with a scheme and without `?orgId=`. A link is absent if the server has none or its
---text is no http(s) address that may be printed and put between quotes; Astro's page, if the API's host is not
---called `api`.
---Source: the API's page "Get a Deployment" (`uiUrl`, `webServerUrl`, `apiUrl`). Raises on misuse.
---@param deployment astro.Deployment
---@param given? { base_url?: string } base_url: the API's; by default `ASTRO_API_URL`'s or Astronomer's
---@return astro.Links
local function urls(deployment, given)
   misuse.expect(deployment, "table", "deployment", "urls")
   local _, own = options.read(given, options.of_urls, "urls")
   if own.base_url then
      options.check(own, "urls")
   end
   return {
      airflow = link(deployment.uiUrl) or link(deployment.webServerUrl),
      api = link(deployment.apiUrl) or link(deployment.webServerAirflowApiUrl),
      astro = page(deployment, options.base_url(own.base_url)),
   }
end

return urls
