--- The values that the API documents, by the name of the field that has them:
--- `astro.enums.status.HEALTHY == "HEALTHY"`. `ipairs` gives an enum's values in the documented order.
--- An unknown name raises. Source: the API's page "Get a Deployment".

local bytewise = require "astro.api.bytewise"
local core = require "astro.core"
local misuse = require "astro.api.misuse"
local shape = require "astro.api.shape"

-- A table that raises for an unknown name, but not for a number: `ipairs` reads past the end of a list.
local function closed(values, names, to)
   return setmetatable(values, {
      __index = function(_, name)
         if type(name) == "string" then
            local text = "bad name '%s' to '%s' (unknown; did you mean '%s'?)"
            misuse.raise(text:format(name, to, (core.nearest(name, names))))
         end
      end,
   })
end

local enums = {}
local names = {}

for name, values in pairs(shape.enums) do
   local enum = {}
   for i, value in ipairs(values) do
      enum[i], enum[value] = value, value
   end
   enums[name] = closed(enum, values, "enums." .. name)
   names[#names + 1] = name
end
table.sort(names, bytewise)

---@type astro.enums
local documented = closed(enums, names, "enums")

return documented
