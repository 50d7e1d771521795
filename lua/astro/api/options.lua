--- Reads option tables: our own options by the rows of the schema, the transport options by the core.

local core = require "astro.core"
local decimal = require "astro.api.decimal"
local list = require "astro.api.list"
local misuse = require "astro.api.misuse"
local schema = require "astro.api.schema"

local options = {}

local function range(row)
   return row.min and (" from %s to %s"):format(decimal.write(row.min), decimal.write(row.max)) or ""
end

local function is_in_range(value, row)
   return type(value) == "number" and value >= row.min and value <= row.max
end

local function is_text(value)
   return type(value) == "string" and value ~= "" and not value:find "[^\32-\126\128-\255]"
end

local function is_whole(value, row)
   return is_in_range(value, row) and value % 1 == 0
end

-- An empty list is none: the service would take it for nothing said.
local function is_list_of_text(value)
   if (list.count(value) or 0) == 0 then
      return false
   end
   for _, item in ipairs(value) do
      if not is_text(item) then
         return false
      end
   end
   return true
end

-- By type: the words for what is expected, and whether a value is that.
local types = {
   id = { "an id", is_text },
   token = {
      "a string or a function",
      function(value)
         return type(value) == "string" or type(value) == "function"
      end,
   },
   rate = {
      "false or a number",
      function(value, row)
         return value == false or is_in_range(value, row)
      end,
   },
   dict = {
      "the name of a lua_shared_dict of this nginx",
      function(value)
         local ngx = package.loaded.ngx
         local shared = type(ngx) == "table" and ngx.shared
         return type(value) == "string" and type(shared) == "table" and shared[value] ~= nil
      end,
   },
   seconds = { "a number of seconds", is_in_range },
   integer = { "a whole number", is_whole },
   width = {
      "'auto' or a whole number",
      function(value, row)
         return value == "auto" or is_whole(value, row)
      end,
   },
   string = { "a string without control characters", is_text },
   color = {
      "true, false or 'auto'",
      function(value)
         return type(value) == "boolean" or value == "auto"
      end,
   },
   strings = {
      "a string or a list of strings that is not empty",
      function(value)
         return is_text(value) or is_list_of_text(value)
      end,
   },
   version = {
      "'v1' or 'v1beta1'",
      function(value)
         return value == "v1" or value == "v1beta1"
      end,
   },
   body = {
      "a table or a string",
      function(value)
         return type(value) == "table" or type(value) == "string"
      end,
   },
   moment = {
      "seconds since the epoch, a duration such as '2h' or a timestamp",
      function(value, row)
         return is_text(value) or is_in_range(value, row)
      end,
   },
   loop = {
      "a loop",
      function(value)
         return type(value) == "table" and type(value.wait) == "function"
      end,
   },
   canceller = {
      "what astro.canceller() gives",
      function(value)
         local meta = type(value) == "table" and getmetatable(value)
         return type(meta) == "table" and meta.__name == "astro.canceller"
      end,
   },
   till = {
      "a time by RFC 3339, a duration such as '2h', or seconds",
      function(value, row)
         return is_text(value) or is_in_range(value, row)
      end,
   },
   status = {
      "a status, a list of them or a function",
      function(value)
         return type(value) == "function" or is_text(value) or is_list_of_text(value)
      end,
   },
}
for _, name in ipairs({ "boolean", "function", "table" }) do
   types[name] = {
      "a " .. name,
      function(value)
         return type(value) == name
      end,
   }
end
types.transport = types["function"]

local function bad(what, row, to, value)
   local got = type(value) == "number" and (decimal.write(value) or tostring(value)) or type(value)
   local expected = types[row.type][1] .. range(row)
   misuse.raise(("bad %s '%s' to '%s' (%s expected, got %s)"):format(what, row.name, to, expected, got))
end

---A set of options, of which one function may be given some.
---@param rows table[] rows of the schema
---@param names string[] names of transport options
---@return table set for `options.read`
function options.set(rows, names)
   local set = { rows = {}, transport = {}, names = {} }
   for _, row in ipairs(rows) do
      set.rows[row.name] = row
      set.names[#set.names + 1] = row.name
   end
   for _, name in ipairs(names) do
      if not set.rows[name] then
         set.transport[name] = true
         set.names[#set.names + 1] = name
      end
   end
   return set
end

local function all_transport_names()
   local names = {}
   for i, row in ipairs(core.options) do
      names[i] = row.name
   end
   return names
end

local function joined(...)
   local all = {}
   for _, rows in ipairs({ ... }) do
      for _, row in ipairs(rows) do
         all[#all + 1] = row
      end
   end
   return all
end

-- Rows of its own, and the options of a client, ours and the transport's, whose names are in the list, or are not.
local function select_options(own, listed, is_in)
   local is_listed, rows, names = {}, joined(own), {}
   for _, name in ipairs(listed) do
      is_listed[name] = true
   end
   for _, row in ipairs(schema.options) do
      rows[#rows + 1] = (is_listed[row.name] or false) == is_in and row or nil
   end
   for _, row in ipairs(core.options) do
      names[#names + 1] = (is_listed[row.name] or false) == is_in and row.name or nil
   end
   return options.set(rows, names)
end

options.of_client = options.set(schema.options, all_transport_names())
options.of_service = options.set(schema.testing, {})
options.of_testing_client = options.set(joined(schema.testing, schema.options), all_transport_names())
options.of_testing_failure = options.set(schema.testing_failure, {})
options.of_with = select_options({}, schema.shared_options, false)
options.of_with.refusal = "shared with the first client: an option of"
options.of_call = select_options({}, schema.call_options, true)
options.of_check = options.set(schema.check_options, {})
options.of_urls = options.set({}, { "base_url" })
options.of_method = {}
for name, rows in pairs(schema.methods) do
   options.of_method[name] = select_options(rows, schema.call_options, true)
end

-- The function that has an option of a name; nil: none has.
local function home_of(name)
   if options.of_client.rows[name] or options.of_client.transport[name] then
      return "client"
   end
   for _, method in ipairs({ "get_deployments", "wait_for", "request", "hibernate", "watch" }) do
      if options.of_method[method].rows[name] then
         return method
      end
   end
end

local function unknown(name, set, to, what)
   if type(name) ~= "string" then
      misuse.raise(("bad %s to '%s' (a name expected, got a %s)"):format(what, to, type(name)))
   end
   local home = what == "option" and home_of(name)
   if home then
      local why = set.refusal or "an option of"
      misuse.raise(("bad option '%s' to '%s' (%s '%s')"):format(name, to, why, home))
   end
   local text = "bad %s to '%s' (unknown name; did you mean '%s'?)"
   misuse.raise(text:format(what, to, (core.nearest(name, set.names))))
end

local function copy(from)
   local to = {}
   for name, value in next, from do
      to[name] = value
   end
   return to
end

---Reads a table into two: its own options and the transport options, each new, as the headers are. Raises on
---anything that is not in the set or not as its row says; `options.check` looks at transport options.
---@param what? string what messages call them: "option" by default
---@return table own, table transport
function options.read(given, set, to, what)
   what = what or "option"
   local own, transport = {}, {}
   if given == nil then
      return own, transport
   end
   misuse.expect(given, "table", what .. "s", to)
   for name, value in next, given do
      local row = set.rows[name]
      if row then
         if not types[row.type][2](value, row) then
            bad(what, row, to, value)
         end
         own[name] = value
      elseif set.transport[name] then
         transport[name] = value
      else
         unknown(name, set, to, what)
      end
   end
   if type(transport.headers) == "table" then
      transport.headers = copy(transport.headers)
   end
   return own, transport
end

---Raises unless the core takes the transport options, and the environment's where one is not given.
---@param transport table
---@param to string the function that was given them
function options.check(transport, to)
   misuse.check(core.check_options, transport, to)
end

---The defaults of options, by name.
---@param ... table[] rows
---@return table<string, any>
function options.defaults(...)
   local defaults = {}
   for _, rows in ipairs({ ... }) do
      for _, row in ipairs(rows) do
         defaults[row.name] = row.default
      end
   end
   return defaults
end

local DEFAULT_BASE = options.defaults(core.options).base_url

---The base URL of the API in force: the one given, else the environment's, else Astronomer's.
---@param given? string
---@return string
function options.base_url(given)
   local base = given or os.getenv "ASTRO_API_URL"
   return base and base ~= "" and base or DEFAULT_BASE
end

return options
