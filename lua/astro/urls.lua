--- The links of a Deployment, as one may open them.

local ascii = require "astro.api.ascii"
local core = require "astro.core"
local misuse = require "astro.api.misuse"
local options = require "astro.api.options"

-- What a URL may consist of. Quotes, "$", "`" and "\" are left out, and all that is not ASCII: a link may be
-- put between quotes in a shell and printed in a terminal.
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

-- Whether that may stand before a path: a host, perhaps with a port. Where no scheme says what the text is
-- ("pending", "12.6.0"), only a full name is taken for a host.
local function is_host(text, has_scheme)
   local host = text:gsub(":%d+$", "")
   if host:find "^%[[%x:.]+%]$" or host:find "^%d+%.%d+%.%d+%.%d+$" then
      return true
   end
   local labels, last = 0, nil
   for label in (host .. "."):gmatch "([^.]*)%." do
      if not label:find "^[A-Za-z0-9]" or label:find "[^A-Za-z0-9_-]" then
         return false
      end
      labels, last = labels + 1, label
   end
   return has_scheme or (labels > 1 and last:find "^%a" ~= nil)
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

-- Astro's own page: its host is `cloud` where the API's is `api`.
local function page(deployment, base_url)
   local domain = base_url:match "^[Hh][Tt][Tt][Pp][Ss]://api(%.[A-Za-z0-9.-]+)"
   local workspace, id = deployment.workspaceId, deployment.id
   local are_ids = type(workspace) == "string" and workspace:find(ID) and type(id) == "string" and id:find(ID)
   return domain and are_ids and ("https://cloud%s/%s/deployments/%s"):format(domain, workspace, id) or nil
end

local DEFAULT_BASE = options.defaults(core.options).base_url

local function base_of_environment()
   local base = os.getenv "ASTRO_API_URL" or ""
   return base ~= "" and base or DEFAULT_BASE
end

---@class astro.Links
---@field airflow? string Airflow's UI
---@field api? string Airflow's API
---@field astro? string the Deployment's page in Astro's own UI

---The links of a Deployment: with a scheme, without `?orgId=`. Each is absent where the server has none, and
---where its text is no http(s) address that may be printed and put between quotes. Astro's page there is where
---the API's host is called `api`.
---@param deployment table
---@param given? { base_url?: string } the API's; by default `ASTRO_API_URL`'s or Astronomer's
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
      astro = page(deployment, own.base_url or base_of_environment()),
   }
end

return urls
