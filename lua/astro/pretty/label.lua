--- What people call a field, made from its own name.

local ascii = require "astro.api.ascii"

local label = {}

-- Words with a spelling of their own.
local SPELLING = {
   api = "API",
   au = "AU",
   cicd = "CI/CD",
   cpu = "CPU",
   dag = "DAG",
   dr = "DR",
   id = "ID",
   ip = "IP",
   ips = "IPs",
   oidc = "OIDC",
   ui = "UI",
   url = "URL",
}

---A field's name as words: "schedulerReplicas" is "scheduler replicas", "isCicdEnforced" is "CI/CD enforced".
---@param name string
---@param drop? table<string, any> words, in lower case, that go without saying
---@return string
function label.text(name, drop)
   local spaced =
      name:gsub("([a-z])([A-Z])", "%1 %2"):gsub("([A-Z][A-Z])([A-Z][a-z])", "%1 %2"):gsub("^is ", "")
   local words = {}
   for word in spaced:gmatch "[^ ]+" do
      local lower = ascii.lower(word)
      if not (drop and drop[lower]) then
         words[#words + 1] = SPELLING[lower] or lower
      end
   end
   return #words > 0 and table.concat(words, " ") or name
end

---The same as the heading of a column: "SCHEDULER REPLICAS".
---@param name string
---@param drop? table<string, any>
---@return string
function label.heading(name, drop)
   return ascii.upper(label.text(name, drop))
end

return label
