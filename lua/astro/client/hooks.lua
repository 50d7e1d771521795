--- The caller's own functions around each attempt: `on_request` before it is sent, `on_response` once it has ended.

local calls = require "astro.client.call"
local core = require "astro.core"
local head = require "astro.client.head"
local log = require "astro.client.log"
local misuse = require "astro.api.misuse"

local hooks = {}

---An attempt. It never has the token. The API's next version, where one is gone, is part of the same attempt.
---@class astro.Attempt
---@field method "GET"|"POST"|"PUT"|"PATCH"|"DELETE"
---@field path string below the version's path, with the query
---@field target string what messages call it
---@field attempt integer 1 for the first
---@field headers table<string, string> what `on_request` writes here is sent with this attempt, and goes before the call's

---How an attempt ended. It never has the token.
---@class astro.Response
---@field status? integer nil: there was no answer
---@field request_id? string what the service calls the request: by an error's body, else by `X-Request-Id`
---@field headers table<string, string> the final answer's, by names in small letters; one that came more than once is
---joined by ", ", `set-cookie` by line ends; empty without an answer
---@field http_version? string "1.1", "2"; nil without an answer of libcurl's
---@field seconds number that the attempt took
---@field attempts integer how many requests were sent so far, by all attempts
---@field err? astro.Error what it comes to if no other attempt follows

---Asks on_request what to send with the job's next attempt. What that raises passes; headers that must not be sent
---raise.
---@param call astro.Call
---@param job astro.Job
---@return table transport the core's options for the attempt
function hooks.before(call, job)
   if not (call.on_request or call.on_response) then
      return call.transport
   end
   local request = job.request
   job.asked = {
      method = request.method,
      path = request.path,
      target = request.target,
      attempt = job.retries + 1,
      headers = {},
   }
   request.head = call.on_response ~= nil
   if call.on_request then
      call.on_request(job.asked)
   end
   local headers = job.asked.headers
   if type(headers) == "table" and next(headers) == nil then
      return call.transport
   end
   local transport = calls.transport(call.transport, { headers = headers })
   misuse.check(core.check_options, { headers = transport.headers }, "on_request")
   return transport
end

local function joined(headers)
   for name, value in next, headers do
      if type(value) == "table" then
         headers[name] = table.concat(value, name == "set-cookie" and "\n" or ", ")
      end
   end
   return headers
end

---Tells on_response, which there is, how the job's attempt ended.
---@param call astro.Call
---@param job astro.Job with the attempt's outcome
---@param now number on the client's clock
function hooks.after(call, job, now)
   local told, outcome = call.on_response, job.outcome
   local err, text = outcome.err, outcome.head or ""
   local headers = joined(head.read(text))
   local ok, raised = pcall(told, job.asked, {
      status = err and err.status or outcome.status,
      request_id = err and err.request_id or headers["x-request-id"],
      headers = headers,
      http_version = text:match "^HTTP/([%d.]+)",
      seconds = now - job.started,
      attempts = job.attempts,
      err = err,
   })
   if not ok then
      log.complain("on_response", told, raised)
   end
end

return hooks
