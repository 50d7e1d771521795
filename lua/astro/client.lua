--- The client keeps options, a token and connections; its methods are the API.
---
--- Every method raises on misuse, naming the method and the argument or option. What the world does comes as
--- `nil, message, err`; the kinds of err are those of `astro.Kind`, and each method may come to each of them. In
--- annotations these two are as if always there: no language server knows that they are where the value is not, and
--- each would warn of `err.kind` behind `if not deployment`.

local calls = require "astro.client.call"
local cancel = require "astro.client.cancel"
local core = require "astro.core"
local exchange = require "astro.client.exchange"
local later = require "astro.api.later"
local misuse = require "astro.api.misuse"
local opener = require "astro.client.opener"
local options = require "astro.api.options"
local organization = require "astro.client.organization"
local state = require "astro.client.state"
local token = require "astro.client.token"

---@class astro.Client
local Client = {}
Client.__index = Client

-- A client's parts stand apart from it, so that no picture of a client shows its token.
local states = setmetatable({}, { __mode = "k" })

local NOTHING = {}

local function state_of(self, name)
   return states[self] or misuse.raise(("bad argument 'self' to '%s' (a client expected)"):format(name))
end

local function pollable_of(self, name)
   return state_of(self, name).pollable
end

local function open(self, name)
   local its = state_of(self, name)
   if its.share.is_closed then
      misuse.raise(("%s: the client is closed"):format(name))
   end
   return its
end

-- Opens the client for one call of a method. Gives what the call runs with, and the method's own options.
local function begin(self, name, given, set)
   local its = open(self, name)
   if given ~= nil then
      local own, transport = calls.read(given, set or options.of_method[name] or options.of_call, name)
      local call = calls.new(its, name, own, transport)
      options.check(call.transport, name)
      return call, own
   end
   local call = its.calls[name]
   if not call then
      call = calls.new(its, name)
      its.calls[name] = call
   end
   options.check(call.transport, name) -- the environment may have changed
   return call, NOTHING
end

local function check_id(id, name)
   return misuse.check(core.id, id, name, "id")
end

local function made(parts)
   local self = setmetatable({}, Client)
   states[self] = parts
   return self
end

local client = { canceller = cancel.new }

---A client. Its options go before the environment's; those of a single call go before both.
---@param given? astro.Options
---@param time? astro.Time in place of the real one
---@return astro.Client
function client.new(given, time)
   return made(state.new(given, time))
end

---One Deployment over a client's connections: what `astro.get_deployment` is.
---Source: the API's page "Get a Deployment".
---@param self astro.Client
---@param org? string the organization's id
---@param id string
---@param credentials? string|fun(err?: astro.Error): string?, string? the token
---@param given? astro.Options
---@return astro.Deployment? deployment
---@return string message
---@return astro.Error err
function client.get_deployment(self, org, id, credentials, given)
   local call = begin(self, "get_deployment", given, options.of_client)
   check_id(id, "get_deployment")
   if org == nil then
      org = organization.of(call, "org", credentials)
   else
      misuse.check(core.id, org, "get_deployment", "org")
   end
   return exchange.deployment(call, org, id, credentials)
end

---One Deployment: `GET /organizations/{organizationId}/deployments/{deploymentId}`.
---Source: the API's page "Get a Deployment".
---@param id string
---@param given? astro.CallOptions
---@return astro.Deployment? deployment
---@return string message
---@return astro.Error err
function Client:get_deployment(id, given)
   local call = begin(self, "get_deployment", given)
   check_id(id, "get_deployment")
   return exchange.deployment(call, organization.of(call), id)
end

---What the token says of itself, which nobody has confirmed: until when it is good, and for which organization. Nothing
---is sent. A token that is no JWT is `opaque`, and sent as ever.
---@return astro.TokenInfo? info
---@return string message
---@return astro.Error err of kind `unauthorized`: the token function gives none
function Client:token_info()
   return token.info((begin(self, "token_info")))
end

---The descriptor to wait on until `step` has something to do, for a loop of one's own. Only a client with a `loop`
---has one. This and the next three methods are the protocol of cqueues.
---@return integer? descriptor nil: none is to be had
function Client:pollfd()
   return pollable_of(self, "pollfd"):pollfd()
end

---What to wait for on the descriptor: that it is readable.
---@return "r"
function Client:events()
   return pollable_of(self, "events"):events()
end

---When `step` has something to do in any case, retries and rates included.
---@return number? seconds nil: never
function Client:timeout()
   return pollable_of(self, "timeout"):timeout()
end

---Does what can be done now. Never blocks.
---@return boolean is_due calls under way may go on
function Client:step()
   return pollable_of(self, "step"):step()
end

---A client with other options over this one's, headers one by one. It shares connections, loop, rate and pauses. Those
---of its options that are shared cannot be given.
---@param given? astro.WithOptions
---@return astro.Client
function Client:with(given)
   return made(state.with(open(self, "with"), given))
end

---Ends the client's calls under way as `cancelled`; the last of those that share connections closes them. May be called
---again; raises only in a child of fork, where another of them had a call under way.
function Client:close()
   local its = states[self]
   if its and not its.share.is_closed then
      its.pollable:leave(its.share)
   end
end

Client.__close = Client.close

function Client:__tostring()
   local its = states[self]
   local base = options.base_url(its.transport.base_url)
   if not pcall(core.check_options, { base_url = base }, "tostring") then
      base = "no good ASTRO_API_URL" -- it may hold a password
   end
   local id = its.own.organization or os.getenv "ASTRO_ORGANIZATION_ID" or "no organization"
   return ("astro.client (%s, %s%s)"):format(base, id, its.share.is_closed and ", closed" or "")
end

-- One that blocks, with the same options.
local function blocking(self)
   return made(state.blocking(states[self]))
end

-- Where the methods are that neither stand here nor are rows of `astro.api.operations`.
local FILES = {
   each = "astro.client.endpoint",
   each_log = "astro.client.logs",
   get_deployments = "astro.client.series",
   hibernate = "astro.client.hibernation",
   history = "astro.client.history",
   request = "astro.client.endpoint",
   resume_schedule = "astro.client.hibernation",
   wait_for = "astro.client.series",
   wake = "astro.client.hibernation",
   watch = "astro.client.watch",
   while_awake = "astro.client.while_awake",
}

opener.begin, opener.open, opener.blocking, opener.organization_of = begin, open, blocking, organization.of

-- Each is loaded, or made from its row, when it is first touched.
setmetatable(Client, {
   __index = function(_, name)
      local file = FILES[name]
      Client[name] = file and later(file)[name] or later("astro.client.operation").of(name, opener)
      return rawget(Client, name)
   end,
})

return client
