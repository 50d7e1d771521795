--- Paths and queries: filled, percent-encoded, refused where they could lead elsewhere. Pure.

local list = require "astro.api.list"
local misuse = require "astro.api.misuse"

local path = {}

local function encode(text)
   return (text:gsub("[^A-Za-z0-9%-._~]", function(c)
      return ("%%%02X"):format(c:byte())
   end))
end

local function text_of(value)
   local kind = type(value)
   if kind == "number" and value % 1 == 0 and math.abs(value) < 2 ^ 53 then
      return ("%d"):format(value)
   elseif kind == "number" and value - value == 0 then
      return (("%.14g"):format(value):gsub("[^0-9e+-]+", ".")) -- a locale may have another point
   elseif kind == "string" or kind == "boolean" then
      return tostring(value)
   end
end

local function sorted_names(query)
   local names = {}
   for name in pairs(query) do
      if type(name) ~= "string" then
         misuse.raise "bad query (names that are strings expected)"
      end
      names[#names + 1] = name
   end
   table.sort(names)
   return names
end

---"?limit=2&names=a&names=b", or "" for nothing: a list repeats its name.
---@param query? table<string, any>
function path.query(query)
   local parts = {}
   for _, name in ipairs(sorted_names(query or {})) do
      local values = type(query[name]) == "table" and query[name] or { query[name] }
      if (list.count(values) or 0) == 0 then
         misuse.raise(("bad query '%s' (a list without holes that is not empty expected)"):format(name))
      end
      for _, value in ipairs(values) do
         local text = text_of(value)
         if not text then
            misuse.raise(("bad query '%s' (a string, number, boolean or list of them expected)"):format(name))
         end
         parts[#parts + 1] = encode(name) .. "=" .. encode(text)
      end
   end
   return #parts > 0 and "?" .. table.concat(parts, "&") or ""
end

---Fills the braces of a path from params, then from the defaults.
---@param template string
---@param params? table<string, any>
---@param defaults table<string, string>
function path.fill(template, params, defaults)
   if type(template) ~= "string" or template:sub(1, 1) ~= "/" then
      misuse.raise "bad argument 'path' to 'request' (a string that begins with '/' expected)"
   end
   local filled = template:gsub("{(.-)}", function(name)
      local text = text_of((params or {})[name] or defaults[name])
      if not text or text == "" then
         misuse.raise(("bad argument 'path' to 'request' (nothing given for {%s})"):format(name))
      end
      return encode(text)
   end)
   for segment in filled:gmatch "[^/]+" do
      local plain = segment:gsub("%%2[eE]", ".")
      if plain == "." or plain == ".." then
         misuse.raise "bad argument 'path' to 'request' (a path without '.' and '..' segments expected)"
      end
   end
   if filled:find "[^A-Za-z0-9%-._~!$&'()*+,;=:@/%%]" then
      misuse.raise "bad argument 'path' to 'request' (a path without query and without blanks expected)"
   end
   return filled
end

return path
