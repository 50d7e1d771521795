--- What one call of a method runs with: the client's options, and those of the call before them.

local ascii = require "astro.api.ascii"
local both_names = require "astro.client.names"
local core = require "astro.core"
local later = require "astro.api.later"
local misuse = require "astro.api.misuse"
local options = require "astro.api.options"
local schema = require "astro.api.schema"

---The record is never changed: calls without options of their own share theirs.
---@class astro.Call
---@field name string the method, for messages
---@field pollable astro.Pollable
---@field share astro.Share its client's
---@field cancel? astro.Canceller
---@field on_request? fun(request: astro.Attempt)
---@field on_response? fun(request: astro.Attempt, response: astro.Response)
---@field progress? boolean
---@field line? astro.Progress what says how far the call has come; of one that `progress.begin` gave
---@field is_plain boolean nothing but a blocking call of libcurl is asked for
---@field organization? string
---@field token? string|fun(err?: astro.Error): string?, string?
---@field check_token? boolean false: an expired one is sent, too
---@field rate number|false GETs a second
---@field buckets? astro.Buckets of another time than the real one, or of an nginx
---@field pauses astro.Pauses the client's
---@field concurrency? integer
---@field blocking? boolean
---@field retries integer
---@field timeout number seconds
---@field log? fun(level: string, text: string, fields: table)
---@field transport table what the core is given
---@field carry? astro.Transport stands in place of libcurl
---@field metatable table that of the Deployments it gives

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

-- The buckets of the dictionary.
local function shared_buckets(own, name)
   if own.rate == false then
      misuse.raise(("bad option 'rate_dict' to '%s' (the option 'rate' is false)"):format(name))
   end
   return later("astro.client.shared_rate").buckets(own.rate_dict, own.rate or DEFAULTS.rate)
end

---Reads options, and checks ours; `options.check` looks at the transport's.
---@param given? table
---@param set table of `astro.api.options`
---@param name string the function that was given them
---@return table own
---@return table transport
function call.read(given, set, name)
   local own, transport = options.read(given, set, name)
   if own.organization then
      misuse.check(core.id, own.organization, name, "organization")
   end
   if type(own.token) == "string" then
      misuse.check(core.token, own.token, name)
   end
   own.buckets = own.rate_dict and shared_buckets(own, name)
   return own, transport
end

-- Whatever is no name is left for the core to refuse.
local function names_of(headers)
   local names = {}
   for name in next, headers do
      names[type(name) == "string" and ascii.lower(name) or name] = true
   end
   return names
end

---Headers with others over them, whatever the case of their names. Neither is changed.
---@param base? table<string, string>
---@param other any what is no table is left for the core to refuse
---@return any headers
function call.headers(base, other)
   if type(base) ~= "table" or type(other) ~= "table" then
      return other == nil and base or other
   end
   local names, both = names_of(other), call.over({}, other)
   for name, value in next, base do
      if not names[ascii.lower(name)] then
         both[name] = value
      end
   end
   return both
end

---Transport options with others over them, the headers one by one.
---@param base table
---@param other? table
---@return table
function call.transport(base, other)
   local both = call.over(base, other)
   if other and other.headers ~= nil then
      both.headers = call.headers(base.headers, other.headers)
   end
   return both
end

-- The pin as a header, unless the headers have one.
local function with_pin(transport, pin)
   if not pin then
      return transport
   end
   return call.over(transport, { headers = call.headers({ ["X-API-Version"] = pin }, transport.headers) })
end

local function is_plain(state, own)
   return not (state.pollable.loop or own.transport or own.cancel or own.on_request or own.on_response)
end

---@param state astro.ClientState
---@param name string the method
---@param own? table options of the call that are ours
---@param transport? table options of the call that are the core's
---@return astro.Call
function call.new(state, name, own, transport)
   own = call.over(state.own, own)
   transport = with_pin(call.transport(state.transport, transport), own.api_pin)
   if own.cancel then
      own.cancel.pollables[state.pollable] = true
   end
   return {
      name = name,
      pollable = state.pollable,
      share = state.share,
      cancel = own.cancel,
      on_request = own.on_request,
      on_response = own.on_response,
      progress = own.progress,
      is_plain = is_plain(state, own),
      organization = own.organization,
      token = own.token,
      check_token = own.check_token,
      rate = own.rate == nil and DEFAULTS.rate or own.rate,
      buckets = state.pollable.buckets or own.buckets,
      pauses = state.pauses,
      concurrency = own.concurrency,
      blocking = own.blocking,
      retries = transport.retries or DEFAULTS.retries,
      timeout = transport.timeout or DEFAULTS.timeout,
      log = transport.log,
      transport = transport,
      carry = own.transport,
      metatable = both_names.metatable(transport.log),
   }
end
return call
