--- Lua literals, in the schema's order.

local decimal = require "astro.api.decimal"
local refusal = require "astro.pretty.refusal"
local shape = require "astro.api.shape"
local tree = require "astro.pretty.tree"

local INDENT = 3

local KEYWORDS = {}
local words = "and break do else elseif end false for function global goto if in local nil not or repeat "
   .. "return then true until while"
for word in words:gmatch "%a+" do
   KEYWORDS[word] = true
end

-- A float stays one in a Lua that tells it from an integer.
local function number(value)
   local text = decimal.write(value)
   if text and math.type and math.type(value) == "float" and not text:find "[.e]" then
      return text .. ".0"
   end
   return text
end

local function other(value)
   return type(value) == "number" and number(value) or refusal.of_value(value)
end

local dialect = { is_lua = true, is_strict = false, list = "{}", object = "{}", other = other }

tree.dialect(dialect, function(key)
   if type(key) == "string" and key:find "^[A-Za-z_][A-Za-z0-9_]*$" and not KEYWORDS[key] then
      return key .. " = "
   end
   local text = type(key) == "string" and tree.write(key, dialect, 0)
      or type(key) == "number" and number(key)
      or type(key) == "boolean" and tostring(key)
   return text and "[" .. text .. "] = " or refusal.of_key(key)
end)

---@param value any a Deployment, a list or a page of them, or anything else
---@return string
local function literal(value)
   local type_name, is_list = tree.type_of(value)
   return tree.write(value, dialect, INDENT, shape.objects[type_name], is_list)
end

return literal
