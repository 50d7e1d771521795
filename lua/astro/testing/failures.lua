--- What requests meet in place of an answer, planned before.

local list = require "astro.api.list"
local misuse = require "astro.api.misuse"
local options = require "astro.api.options"
local schema = require "astro.api.schema"

---@class astro.PlannedFailure
---@field status? integer
---@field kind? string as a transport gives it
---@field message? string
---@field retry_after? integer
---@field body? string|table
---@field id? string only of requests for this Deployment
---@field method? string only of requests of this method
---@field times? integer of how many requests; 1 by default
---@field left integer how many are to meet it

local failures = {}

local KINDS = { connect = true, tls = true, timeout = true, transport = true, too_large = true }

local DEFAULTS = options.defaults(schema.testing_failure)

local function bad(to, expected)
   misuse.raise(("bad option 'failures' to '%s' (%s expected)"):format(to, expected))
end

local function read_one(given, to)
   local kind = type(given)
   if kind == "number" then
      given = { status = given }
   elseif kind == "string" then
      given = { kind = given }
   elseif given == false then
      return { left = 1 }
   elseif kind ~= "table" then
      bad(to, "a list of statuses, kinds, tables and false")
   end
   local failure = options.read(given, options.of_testing_failure, to, "key of a failure")
   if (failure.status == nil) == (failure.kind == nil) then
      bad(to, "a status or a kind in each")
   elseif failure.kind and not KINDS[failure.kind] then
      bad(to, "'connect', 'tls', 'timeout', 'transport' or 'too_large' as kind")
   end
   failure.left = failure.times or DEFAULTS.times
   return failure
end

---Reads what is planned. Raises on anything else.
---@param given? (integer|string|false|table)[]
---@param to string the function that was given it
---@return astro.PlannedFailure[]
function failures.read(given, to)
   list.expect(given or {}, "option 'failures'", "a list", to)
   local planned = {}
   for i, one in ipairs(given or {}) do
      planned[i] = read_one(one, to)
   end
   return planned
end

---Takes the failure that is next for a request.
---@param planned astro.PlannedFailure[]
---@param method string
---@param id? string the Deployment that it is for
---@return astro.PlannedFailure? failure nil: an answer is due
function failures.take(planned, method, id)
   for place, failure in ipairs(planned) do
      local is_meant = (failure.id or id) == id and (failure.method or method) == method
      if is_meant then
         failure.left = failure.left - 1
         if failure.left == 0 then
            table.remove(planned, place)
         end
         return (failure.status or failure.kind) and failure or nil
      end
   end
end

return failures
