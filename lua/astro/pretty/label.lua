--- What people call a field, made from its own name.

--- Words that are written in their own way.
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

---"schedulerReplicas" is "scheduler replicas", "isCicdEnforced" "CI/CD enforced".
---@param name string
---@param drop? table<string, any> words, in lower case, that go without saying
---@return string
local function label(name, drop)
   local spaced = name:gsub("(%l)(%u)", "%1 %2"):gsub("(%u%u)(%u%l)", "%1 %2"):gsub("^is ", "")
   local words = {}
   for word in spaced:gmatch "%S+" do
      local lower = word:lower()
      if not (drop and drop[lower]) then
         words[#words + 1] = SPELLING[lower] or lower
      end
   end
   return #words > 0 and table.concat(words, " ") or name
end

return label
