--- The client's methods that are rows of `astro.api.operations`. Each is made when it is first touched.

local body = require "astro.client.body"
local calls = require "astro.client.call"
local core = require "astro.core"
local exchange = require "astro.client.exchange"
local failure = require "astro.client.failure"
local list = require "astro.api.list"
local misuse = require "astro.api.misuse"
local operation = require "astro.api.operation"
local operations = require "astro.api.operations"
local options = require "astro.api.options"
local pages = require "astro.client.pages"
local path = require "astro.client.path"

local method = {}

local function check_known(key, value, name)
   for _, item in ipairs(type(value) == "table" and value or { value }) do
      local meant = misuse.meant(item, key.enum)
      if meant then
         local text = "bad query key '%s' to '%s' (unknown value; did you mean '%s'?)"
         misuse.raise(text:format(key.name, name, meant))
      end
   end
end

-- The query, checked, as a table of its own.
local function read_query(op, given, name)
   op.set = op.set or options.set(op.query, {})
   local read = options.read(given, op.set, name, "query key")
   for _, wanted in ipairs(op.required) do
      if read[wanted] == nil then
         misuse.raise(("bad query to '%s' (a value for '%s' expected)"):format(name, wanted))
      end
   end
   for key, value in next, read do
      if op.set.rows[key].enum then
         check_known(op.set.rows[key], value, name)
      end
   end
   return read
end

-- What fills the path's braces. The organization is needed where the path has it.
local function read_parameters(op, call, client, arguments)
   local values = {}
   for i, name in ipairs(op.parameters) do
      values[name] = misuse.check(core.id, arguments[i], call.name, op.arguments[i])
   end
   if op.path:find "{organizationId}" then
      values.organizationId = client.organization_of(call)
   end
   return values
end

-- Where an operation's answer is, and what messages call it: what stands below the organization, or the organization.
local function source_of(op, values)
   local place = op.path:gsub("{(%a+)}", values)
   local target = op.path:gsub("^/organizations/{organizationId}/", ""):gsub("^/", ""):gsub("{(%a+)}", values)
   return calls.over({ path = place, target = target, tells = op.row.v1beta1 }, op.source)
end

-- What only v1 has is asked of v1, unless the caller's word is v1beta1.
local function in_its_version(op, call)
   local version = call.transport.api_version or os.getenv "ASTRO_API_VERSION" or "auto"
   if op.row.v1beta1 ~= false or version == "v1" or version == "none" then
      return call
   elseif version == "v1beta1" then
      misuse.raise(("'%s' is for api_version 'v1' alone"):format(call.name))
   end
   return calls.over(call, { transport = calls.over(call.transport, { api_version = "v1" }) })
end

local function no_answer(job, what)
   local text = ("%s %s: decode: no %s"):format(job.request.method, job.request.target, what)
   return failure.new("decode", text, { status = job.outcome.status, attempts = job.attempts })
end

-- What the operation gives: its object, a list of them, bytes, or true for nothing.
local function checked(op, call, job)
   local value = job.outcome.value
   if value == nil or op.answers == "bytes" then
      return exchange.result(job)
   elseif op.answers_list then
      if not list.count(value) then
         return no_answer(job, "list")
      end
   elseif op.answers and (type(value) ~= "table" or #value > 0) then
      return no_answer(job, "JSON object")
   elseif op.answers == "Deployment" then
      return exchange.deployment_of(call, job)
   end
   return op.answers and value or true
end

local function once(op, call, source, input)
   if op.source then
      return pages.page(call, source, input)
   end
   local query = op.query and path.query(input) or ""
   local job = exchange.one(call, {
      method = op.method,
      path = source.path .. query,
      target = source.target,
      body = op.row.takes and input or nil,
      any = not source.tells,
      raw = op.answers == "bytes",
   })
   return checked(op, call, job)
end

-- The query or the body; nil where the operation has neither.
local function read_input(op, given, name)
   if op.query then
      return read_query(op, given, name)
   elseif op.row.takes then
      return body.text(given, op.row.takes, name)
   end
end

local RUNS = {
   once = once,
   each = function(_, ...)
      return pages.each(...)
   end,
   all = function(_, ...)
      return pages.all(...)
   end,
}

local function check_count(name, count, given)
   if given > count then
      misuse.raise(("bad argument #%d to '%s' (%d at most expected)"):format(given, name, count))
   end
end

-- Arguments: the path's parameters, then the query or the body, then the call's options.
local function make(op, name, client)
   local run = RUNS[op.methods[name]]
   local input_at = #op.parameters + 1
   local options_at = input_at + ((op.query or op.row.takes) and 1 or 0)
   return function(self, ...)
      local arguments = { ... }
      local call = in_its_version(op, client.begin(self, name, arguments[options_at]))
      check_count(name, options_at, select("#", ...))
      local values = read_parameters(op, call, client, arguments)
      local input = read_input(op, arguments[input_at], name)
      return run(op, call, source_of(op, values), input, function()
         client.open(self, name)
      end)
   end
end

---An operation of one object, for a method that is made of it.
---@param name string the operation's own method
---@param call astro.Call the other method's; raises unless it may be for the operation's version
---@param client astro.Opener
---@param ids string[] of the path
---@return fun(query: table): table?, string?, astro.Error? ask
---@return fun(query: table) check raises on a query that is none
function method.within(name, call, client, ids)
   local op
   for _, row in ipairs(operations) do
      op = row[1] == name and operation.read(row) or op
   end
   call = in_its_version(op, call)
   local source = source_of(op, read_parameters(op, call, client, ids))
   return function(query)
      return once(op, call, source, query)
   end, function(query)
      read_query(op, query, call.name)
   end
end

---The method of a name, made from its row; nil: no row makes one.
---@param name string
---@param client astro.Opener
---@return function?
function method.of(name, client)
   for _, row in ipairs(operations) do
      if operation.methods(row)[name] then
         return make(operation.read(row), name, client)
      end
   end
end

return method
