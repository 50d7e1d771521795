-- JSON and Lua literals as astro.pretty writes them, by the shortest way that is plainly right: character after
-- character, key after key. Numbers are whole ones and fractions that "%.14g" has in full.

local core = require "astro.core"
local shape = require "astro.api.shape"

-- The characters of UTF-8; source: table 3-7 of the Unicode Standard.
local WELL_FORMED = {
   "^[%z\1-\127]",
   "^[\194-\223][\128-\191]",
   "^\224[\160-\191][\128-\191]",
   "^[\225-\236\238\239][\128-\191][\128-\191]",
   "^\237[\128-\159][\128-\191]",
   "^\240[\144-\191][\128-\191][\128-\191]",
   "^[\241-\243][\128-\191][\128-\191][\128-\191]",
   "^\244[\128-\143][\128-\191][\128-\191]",
}

-- By their bytes, those that act on a terminal, and their codes.
local CONTROLS = { ["\127"] = 0x7F, ["\216\156"] = 0x61C }
for code = 0, 0x1F do
   CONTROLS[string.char(code)] = code
end
for code = 0x80, 0x9F do
   CONTROLS["\194" .. string.char(code)] = code
end
for _, code in ipairs({ 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E }) do
   CONTROLS["\226\128" .. string.char(code - 0x2000 + 0x80)] = code
end
for code = 0x2066, 0x2069 do
   CONTROLS["\226\129" .. string.char(code - 0x2040 + 0x80)] = code
end

local function character_at(text, place)
   for _, form in ipairs(WELL_FORMED) do
      local character = text:sub(place, place + 3):match(form)
      if character then
         return character, true
      end
   end
   return text:sub(place, place), false
end

local function quoted(text, language)
   local parts, place = {}, 1
   while place <= #text do
      local character, is_well_formed = character_at(text, place)
      local letter = language.short[character]
      if letter then
         parts[#parts + 1] = "\\" .. letter
      else
         parts[#parts + 1] = language.escape(character, is_well_formed)
      end
      place = place + #character
   end
   return '"' .. table.concat(parts) .. '"'
end

local json = { short = { ['"'] = '"', ["\\"] = "\\", ["\n"] = "n", ["\r"] = "r", ["\t"] = "t" }, list = "[]" }
json.short["\b"], json.short["\f"] = "b", "f"

function json.escape(character, is_well_formed)
   local code = CONTROLS[character]
   return not is_well_formed and "\239\191\189" or code and ("\\u%04x"):format(code) or character
end

function json.key(key)
   return quoted(key, json) .. ": "
end

local lua = { short = { ['"'] = '"', ["\\"] = "\\", ["\n"] = "n", ["\r"] = "r", ["\t"] = "t" }, list = "{}" }

function lua.escape(character, is_well_formed)
   if is_well_formed and not CONTROLS[character] then
      return character
   end
   return (character:gsub(".", function(byte)
      return ("\\%03d"):format(byte:byte())
   end))
end

function lua.key(key)
   local is_name = key:find "^[A-Za-z_][A-Za-z0-9_]*$" and (loadstring or load)("local " .. key)
   is_name = is_name and key ~= "goto" and key ~= "global" -- words in some Luas only
   return is_name and key .. " = " or "[" .. quoted(key, lua) .. "] = "
end

local function order(value, object)
   local keys, rest = {}, {}
   for _, field in ipairs(object or {}) do
      keys[#keys + 1] = value[field.name] ~= nil and field.name or nil
      keys[#keys + 1] = field.v1beta1 and value[field.v1beta1] ~= nil and field.v1beta1 or nil
   end
   for key in pairs(value) do
      if not (object and object.by_name[key]) then
         rest[#rest + 1] = key
      end
   end
   table.sort(rest) -- the specs run in the locale "C"
   for _, key in ipairs(rest) do
      keys[#keys + 1] = key
   end
   return keys
end

local write

local function write_table(value, language, blanks, object, is_list)
   local lines = {}
   is_list = #value > 0 or (next(value) == nil and (is_list or getmetatable(value) == core.array))
   if is_list then
      for i, item in ipairs(value) do
         lines[i] = write(item, language, blanks, object)
      end
   else
      for i, key in ipairs(order(value, object)) do
         local field = object and object.by_name[key]
         local inner = field and shape.objects[field.type]
         lines[i] = language.key(key) .. write(value[key], language, blanks, inner, field and field.is_list)
      end
   end
   local marks = is_list and language.list or "{}"
   if #lines == 0 then
      return marks
   end
   local text = table.concat(lines, ",\n"):gsub("\n", "\n" .. blanks)
   return marks:sub(1, 1) .. "\n" .. blanks .. text .. "\n" .. marks:sub(2)
end

function write(value, language, blanks, object, is_list)
   if type(value) == "table" then
      return write_table(value, language, blanks, object, is_list)
   elseif type(value) == "string" then
      return quoted(value, language)
   end
   return type(value) == "number" and ("%.14g"):format(value) or tostring(value)
end

local slow_writer = {}

---@param value table a Deployment
function slow_writer.json(value)
   return write(value, json, "  ", shape.objects.Deployment)
end

function slow_writer.lua(value)
   return write(value, lua, "   ", shape.objects.Deployment)
end

return slow_writer
