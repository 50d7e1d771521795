-- What every function of astro.pretty makes of the fixtures, of a page of them and of random documents.

local documents = require "spec.support.documents"
local pretty = require "astro.pretty"

local NOW = 1772452800
local RANDOM = 100

local functions = {
   json = function(value)
      return pretty.json(value)
   end,
   line = function(value)
      return pretty.json(value, { indent = 0 })
   end,
   lua = function(value) -- without what tells a float from an integer: not every Lua does
      return (pretty.lua(value):gsub("%.0([,\n])", "%1"))
   end,
   deployment = function(value)
      return pretty.deployment(value, { now = NOW })
   end,
   shown = function(value)
      return pretty.deployment(value, {
         now = NOW,
         color = true,
         show = { secrets = true, identities = true },
      })
   end,
   table = function(value)
      return pretty.table({ value })
   end,
   diff = function(value, before)
      return pretty.diff(before, value)
   end,
}

-- Of several documents, a text each; of a diff, from the one before.
local function of_all(f, list)
   local texts = {}
   for i, value in ipairs(list) do
      texts[i] = f(value, list[i - 1] or {})
   end
   return table.concat(texts, "\n\n")
end

---@return table<string, string> outputs by name
local function outputs()
   local found, whole, random = {}, {}, {}
   for i, one in ipairs(documents.fixtures()) do
      whole[i] = one.deployment
      for name, f in pairs(functions) do
         found[("%s.%s.%s"):format(name, one.version, one.name)] = f(one.deployment, whole[i - 1] or {})
      end
   end
   for seed = 1, RANDOM do
      random[seed] = documents.random(seed)
   end
   for name, f in pairs(functions) do
      found[name .. ".random"] = of_all(f, random)
   end
   local page = { deployments = whole, limit = #whole, offset = 0, totalCount = #whole }
   found["json.page"], found["lua.page"] = functions.json(page), functions.lua(page)
   found["table.list"] = pretty.table(whole, { width = 120, color = true })
   return found
end

return outputs
