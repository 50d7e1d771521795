--- What one call of a method runs with: the client's options, and those of the call before them.

local ascii = require "astro.api.ascii"
local core = require "astro.core"
local options = require "astro.api.options"
local schema = require "astro.api.schema"

---The record is never changed: calls without options of their own share theirs.
---@class astro.Call
---@field name string the method, for messages
---@field pollable astro.Pollable
---@field organization? string
---@field token? string|fun(err?: astro.Error): string?, string?
---@field rate number|false GETs a second
---@field pauses astro.Pauses the client's
---@field concurrency? integer
---@field blocking? boolean
---@field retries integer
---@field timeout number seconds
---@field log? fun(level: string, text: string, fields: table)
---@field transport table what the core is given
---@field carry? astro.Transport stands in place of libcurl

local call = {}

local DEFAULTS = options.defaults(core.options, schema.options)

---A table with what stands in both; the first itself if the other has nothing.
---@param base table
---@param other? table goes before the base
---@return table
function call.over(base, other)
   if not other or next(other) == nil then
      return base
   end
   local both = {}
   for _, part in ipairs({ base, other }) do
      for name, value in next, part do
         both[name] = value
      end
   end
   return both
end

local function has_header(headers, wanted)
   for name in next, headers do
      if ascii.lower(name) == wanted then
         return true
      end
   end
   return false
end

-- The pin as a header, unless the headers have one.
local function with_pin(transport, pin)
   local headers = transport.headers or {}
   if not pin or has_header(headers, "x-api-version") then
      return transport
   end
   return call.over(transport, { headers = call.over(headers, { ["X-API-Version"] = pin }) })
end

---@param state { own: table, transport: table, pollable: astro.Pollable, pauses: astro.Pauses } the client's
---@param name string the method
---@param own? table options of the call that are ours
---@param transport? table options of the call that are the core's
---@return astro.Call
function call.new(state, name, own, transport)
   own = call.over(state.own, own)
   transport = with_pin(call.over(state.transport, transport), own.api_pin)
   return {
      name = name,
      pollable = state.pollable,
      organization = own.organization,
      token = own.token,
      rate = own.rate == nil and DEFAULTS.rate or own.rate,
      pauses = state.pauses,
      concurrency = own.concurrency,
      blocking = own.blocking,
      retries = transport.retries or DEFAULTS.retries,
      timeout = transport.timeout or DEFAULTS.timeout,
      log = transport.log,
      transport = transport,
      carry = own.transport,
   }
end
return call
