--- The links of a Deployment, as one may open them.

local misuse = require "astro.api.misuse"

--- What a URL may consist of. Quotes, "$", "`" and "\" are left out, and all that is not ASCII: a link may be
--- put between quotes in a shell and printed in a terminal.
local ALLOWED = "^[%w%-._~:/?#%[%]@&()*+,;=%%]+$"

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

local function link(text)
   if type(text) ~= "string" or not text:find(ALLOWED) then
      return nil
   end
   local scheme = text:match "^(%a[%w+.-]*)://"
   if not scheme then
      text = "https://" .. text
   elseif scheme:lower() ~= "https" and scheme:lower() ~= "http" then
      return nil
   end
   return without_org_id(text)
end

---The links of a Deployment: with a scheme, without `?orgId=`. Each is absent where the server has none, and
---where its text is no http(s) URL that may be printed and put between quotes.
---@param deployment table
---@return { ui?: string, airflow?: string, api?: string } links Astro's page, Airflow's UI, Airflow's API
local function urls(deployment)
   if type(deployment) ~= "table" then
      misuse.raise(
         ("bad argument 'deployment' to 'urls' (a table expected, got %s)"):format(type(deployment))
      )
   end
   return {
      ui = link(deployment.uiUrl),
      airflow = link(deployment.webServerUrl),
      api = link(deployment.apiUrl) or link(deployment.webServerAirflowApiUrl),
   }
end

return urls
