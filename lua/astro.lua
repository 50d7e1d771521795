--- A client for Astronomer's Astro API.

local core = require "astro.core"

---What the world can do instead of answering: network, service, or an answer that makes no sense.
---`tostring(err)` is its message, which is also what `..` takes of it. It never holds the token.
---@class astro.Error
---@operator concat(any): string
---@field kind astro.Kind what to branch on
---@field message string one line of text
---@field attempts integer how many requests were sent
---@field status? integer the HTTP status, if there was an answer; a transport failure has none
---@field request_id? string what the service calls this request
---@field field_errors? { field: string, code: string, message: string }[] what it says about single fields
---@field retry_after? integer seconds after which to ask again, from `Retry-After`
---@field final? boolean trying again would not help: a proxy wants credentials, or is of no known kind
---@field body? string the first 512 bytes of the answer
---@field deployment? astro.Deployment of `wait_for`: as it was seen last
---@field results? table of `while_awake`: what the function gave, its `n` too

---@class astro
---@field _VERSION string
---@field array fun(list: any[]): any[]
---@field check fun(deployment: astro.Deployment, options?: { api_version?: "v1"|"v1beta1" }): astro.Departure[]
---@field clone_request fun(deployment: astro.Deployment, changes?: table): table, astro.Missing[]
---@field enums astro.enums
---@field filter astro.filter
---@field loop astro.loops
---@field pretty astro.pretty
---@field terminal astro.terminal
---@field testing astro.testing
---@field time astro.time
---@field urls fun(deployment: astro.Deployment, options?: { base_url?: string }): astro.Links
local astro = { _VERSION = core._VERSION }

-- Helpers are loaded when they are first touched.
local HELPERS = {}
for name in ("array check clone_request enums filter loop pretty terminal testing time urls"):gmatch "[^ ]+" do
   HELPERS[name] = true
end

setmetatable(astro, {
   __index = function(self, name)
      if HELPERS[name] then
         local helper = require("astro." .. name)
         rawset(self, name, helper)
         return helper
      end
   end,
})

-- A program has one loop, or two. If one makes a table for each call, they are not all kept.
local LOOPS_KEPT = 8

local default_clients, kept = {}, 0 -- by loop; false for none

local function default_client(loop)
   local default = default_clients[loop]
   if not default then
      if kept == LOOPS_KEPT then
         default_clients, kept = {}, 0
      end
      default = require("astro.client").new({ loop = loop or nil })
      default_clients[loop], kept = default, kept + 1
   end
   return default
end

---One Deployment: `GET {base_url}/organizations/{org}/deployments/{id}`. Blocks until the answer is there or the
---time is over; connections are kept for the next call.
---
---The Deployment is a table with the server's own names; arrays count from 1, enums are strings, JSON's null is
---absent. Raises on misuse, naming the argument or option; all else is `nil, message, err`.
---Source: the API's page "Get a Deployment".
---@param org? string the organization's id; nil: `ASTRO_ORGANIZATION_ID`, or else that of a token which is a JWT
---@param id string the Deployment's id
---@param token? string|fun(err?: astro.Error): string?, string? the API token, or what gives it at each request, or
---nil and why not; after a 401 it is asked once more, with the error. nil: `ASTRO_API_TOKEN`
---@param options? astro.Options
---@return astro.Deployment? deployment
---@return string message
---@return astro.Error err
function astro.get_deployment(org, id, token, options)
   local loop = type(options) == "table" and type(options.loop) == "table" and options.loop or false
   return require("astro.client").get_deployment(default_client(loop), org, id, token, options)
end

---A client, which keeps options, a token and connections. Raises on misuse.
---@param options? astro.Options
---@return astro.Client
function astro.client(options)
   return require("astro.client").new(options)
end

---What ends the calls that have it as their option `cancel`, by being called.
---@return astro.Canceller
function astro.canceller()
   return require("astro.client").canceller()
end

return astro
