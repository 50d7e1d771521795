--- A client for Astronomer's Astro API.

local core = require "astro.core"

---What the world can do instead of answering: network, service, or an answer that makes no sense.
---`tostring(err)` is its message. It never holds the token.
---@class astro.Error
---@field kind astro.Kind what to branch on
---@field message string one line of text
---@field attempts integer how many requests were sent
---@field status? integer the HTTP status, if there was an answer; a transport failure has none
---@field request_id? string what the service calls this request
---@field field_errors? { field: string, code: string, message: string }[] what it says about single fields
---@field retry_after? integer seconds after which to ask again, from `Retry-After`
---@field body? string the first 512 bytes of the answer

---@alias astro.Kind
---| "connect" # refused, DNS, a proxy that refuses, closed or reset inside the TLS handshake
---| "tls" # certificate untrusted, expired or for another host; no common protocol
---| "timeout" # time, wherever it ran out
---| "transport" # reset, truncated, not HTTP, HTTP/2 stream errors
---| "unauthorized" # 401: token missing, invalid or expired
---| "forbidden" # 403: no permission
---| "not_found" # 404: absent, or invisible to the token
---| "conflict" # 409
---| "rate_limited" # 429
---| "invalid" # any other 3xx or 4xx; redirects are never followed
---| "server" # 5xx
---| "decode" # a 2xx that is not one JSON object
---| "too_large" # more than `max_body`
---| "cancelled" # the session was closed under way

---What `astro.client` and `astro.get_deployment` take; times are seconds.
---@class astro.Options
---@field api_version? "auto"|"v1beta1"|"v1" `v1beta1`, `v1`, or `auto`: v1beta1, and v1 once the service says that it is gone
---@field base_url? string the service; with a path it is used as it is, without one the version's path is added
---@field ca_file? string PEM file of trusted authorities, in place of the system's
---@field ca_path? string hashed directory of trusted authorities, likewise
---@field timeout? number the whole call
---@field attempt_timeout? number one attempt, so that a silent connection leaves room to try again
---@field connect_timeout? number name look-up, connection and TLS
---@field max_body? integer bytes of the answer, after decompression
---@field proxy? string|false a URL, or `false` for none; else the environment's, which a loopback host never uses
---@field headers? table<string, string> table of names and values, added to ours
---@field user_agent? string put before ours
---@field retries? integer further attempts after a failure that may pass
---@field log? fun(level: string, text: string, fields: table) `function(level, text, fields)`; without one, lines go to stderr if `ASTRO_LOG` is set
---@field organization? string the organization's id
---@field token? string|fun(): string the API token, or a function that gives it at each request
---@field rate? number|false GETs a second for each token, or `false`; other processes are not counted
---@field concurrency? integer requests at once; by default 200 over two HTTP/2 connections, 8 over HTTP/1.1
---@field api_pin? string sent as `X-API-Version`, such as `1.0`

---@class astro
---@field _VERSION string
---@field check fun(deployment: table, options?: { api_version?: "v1"|"v1beta1" }): astro.Departure[]
---@field enums table<string, table<string, string>>
---@field filter astro.filter
---@field pretty astro.pretty
---@field time astro.time
---@field urls fun(deployment: table): { ui?: string, airflow?: string, api?: string }
local astro = { _VERSION = core._VERSION }

-- Loaded when they are touched first.
local HELPERS = { check = true, enums = true, filter = true, pretty = true, time = true, urls = true }

setmetatable(astro, {
   __index = function(self, name)
      if HELPERS[name] then
         local helper = require("astro." .. name)
         rawset(self, name, helper)
         return helper
      end
   end,
})

local default_client

---Fetches one Deployment: `GET {base_url}/organizations/{org}/deployments/{id}`. Blocks until the answer
---is there or time is over; connections are kept for the next call.
---
---The Deployment is a table with the server's own names; arrays count from 1, enums are strings, JSON's
---null is absent. Raises on misuse, naming the argument or option; all else is `nil, message, err`.
---@param org? string the organization's id; nil: `ASTRO_ORGANIZATION_ID`
---@param id string the Deployment's id
---@param token? string|fun(): string the API token, or what gives it at each request; nil: `ASTRO_API_TOKEN`
---@param options? astro.Options
---@return table? deployment
---@return string? message
---@return astro.Error? err
function astro.get_deployment(org, id, token, options)
   local client = require "astro.client"
   default_client = default_client or client.new()
   return client.get_deployment(default_client, org, id, token, options)
end

---A client: keeps options, token and connections.
---@param options? astro.Options
---@return astro.Client
function astro.client(options)
   return require("astro.client").new(options)
end

return astro
