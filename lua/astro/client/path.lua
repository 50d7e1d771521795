--- Paths and queries of URLs: filled, percent-encoded, refused where they could lead elsewhere. Pure.
--- Source: RFC 3986, 2.1 to 2.3 and 3.3.

local bytewise = require "astro.api.bytewise"
local decimal = require "astro.api.decimal"
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
   if kind == "number" then
      return decimal.write(value)
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
   table.sort(names, bytewise)
   return names
end

---A query such as "?limit=2&names=a&names=b": names sorted, a list repeats its name. Raises on what no query has.
---@param query? table<string, string|number|boolean|(string|number|boolean)[]>
---@return string text "" for none
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

local function bad_path(to, expected)
   misuse.raise(("bad argument 'path' to '%s' (%s)"):format(to, expected))
end

---A path with its braces filled. Raises where nothing is given for one, and on a path that is not to be sent.
---@param template string such as "/organizations/{organizationId}/clusters"
---@param params? table<string, string|number|boolean> go before the defaults
---@param defaults table<string, string>
---@param to string the method that was given them
---@return string
function path.fill(template, params, defaults, to)
   if type(template) ~= "string" or template:sub(1, 1) ~= "/" then
      bad_path(to, "a string that begins with '/' expected")
   end
   local filled = template:gsub("{(.-)}", function(name)
      local text = text_of((params or {})[name] or defaults[name])
      if not text or text == "" then
         bad_path(to, ("nothing given for {%s}"):format(name))
      end
      return encode(text)
   end)
   for segment in filled:gmatch "[^/]+" do
      local plain = segment:gsub("%%2[eE]", ".")
      if plain == "." or plain == ".." then
         bad_path(to, "a path without '.' and '..' segments expected")
      end
   end
   if filled:find "[^A-Za-z0-9%-._~!$&'()*+,;=:@/%%]" then
      bad_path(to, "a path without query and without blanks expected")
   end
   return filled
end

return path
