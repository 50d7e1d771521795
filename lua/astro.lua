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

local astro = { _VERSION = core._VERSION }

local default_client

---Fetches one Deployment: `GET {base_url}/organizations/{org}/deployments/{id}`. Blocks until the answer
---is there or time is over; connections are kept for the next call.
---
---The Deployment is a table with the server's own names; arrays count from 1, enums are strings, JSON's
---null is absent. Raises on misuse, naming the argument or option; all else is `nil, message, err`.
---@param org? string the organization's id; nil: `ASTRO_ORGANIZATION_ID`
---@param id string the Deployment's id
---@param token? string|fun(): string the API token, or what gives it at each request; nil: `ASTRO_API_TOKEN`
---@param options? table what `astro.client` takes; see the README. Times are seconds
---@return table? deployment
---@return string? message
---@return astro.Error? err
function astro.get_deployment(org, id, token, options)
   local Client = require "astro.client"
   default_client = default_client or Client.new()
   return Client.get_deployment_of(default_client, org, id, token, options)
end

---A client: keeps options, token and connections.
---@param options? table see the README
---@return astro.Client
function astro.client(options)
   return require("astro.client").new(options)
end

return astro
