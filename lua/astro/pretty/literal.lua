--- Lua literals, in the schema's order.

local codepoints = require "astro.pretty.codepoints"
local decimal = require "astro.api.decimal"
local safe = require "astro.pretty.safe"
local shape = require "astro.api.shape"
local tree = require "astro.pretty.tree"

local INDENT = 3

local KEYWORDS = {}
local words = "and break do else elseif end false for function global goto if in local nil not or repeat "
   .. "return then true until while"
for word in words:gmatch "%a+" do
   KEYWORDS[word] = true
end

local SHORT = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

local function by_number(character)
   return ("\\%03d"):format(character:byte())
end

local function escaped(character, code)
   if SHORT[character] then
      return SHORT[character]
   elseif not code or safe.is_control(code) then
      return (character:gsub(".", by_number))
   end
   return character
end

local function quoted(text)
   local parts = {}
   for character, code in codepoints(text) do
      parts[#parts + 1] = escaped(character, code)
   end
   return '"' .. table.concat(parts) .. '"'
end

-- A float stays one in a Lua that tells it from an integer.
local function number(value)
   local text = decimal.write(value)
   if text and math.type and math.type(value) == "float" and not text:find "[.e]" then
      return text .. ".0"
   end
   return text
end

local function scalar(value)
   if type(value) == "string" then
      return quoted(value)
   elseif type(value) == "number" then
      return number(value)
   elseif type(value) == "boolean" then
      return tostring(value)
   end
end

local function key(value)
   if type(value) == "string" and value:find "^[A-Za-z_][A-Za-z0-9_]*$" and not KEYWORDS[value] then
      return value .. " = "
   end
   local text = scalar(value)
   return text and "[" .. text .. "] = "
end

local dialect = {
   list = { "{", "}" },
   object = { "{", "}" },
   scalar = scalar,
   key = key,
}

---@param value any a Deployment, a list or a page of them, or anything else
---@return string
local function literal(value)
   local type_name, is_list = tree.type_of(value)
   return tree.write(value, dialect, INDENT, shape.objects[type_name], is_list)
end

return literal
