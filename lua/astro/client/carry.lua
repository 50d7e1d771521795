--- Attempts that a function of the caller's own carries out, in place of libcurl: the option `transport`.

local calls = require "astro.client.call"
local cancel = require "astro.client.cancel"
local core = require "astro.core"
local head = require "astro.client.head"
local misuse = require "astro.api.misuse"
local options = require "astro.api.options"

local carry = {}

---What a transport is to send, as libcurl would, but for what belongs to a connection: Host, Content-Length,
---Accept-Encoding. A transport that asks for a compressed body decompresses it.
---@class astro.TransportRequest
---@field method "GET"|"POST"|"PUT"|"PATCH"|"DELETE"
---@field url string
---@field headers table<string, string> every header that we send, the token's Authorization among them
---@field body? string
---@field timeout number seconds that it may take

---Carries out a request. May yield, in a client's loop too; a call of a method has one request at a time. What it raises passes to the caller, and nothing stays
---under way; where the call was cancelled meanwhile, whatever it gives becomes an error of that kind.
---
---Gives `status, headers, body`, and errors follow from these as from an answer by libcurl: a whole number (one that
---is no status from 100 to 599 is an error of kind `transport`), a table of strings or lists of strings by names in
---any letters, a string or nil. Or `nil, message`, and maybe the kind: `transport` if there is none, or `connect`,
---`tls`, `timeout`, `too_large`. Anything else is misuse and raises.
---
---`libcurl()` carries out the request as it was given, by the client's own connections and options, and gives the same
---three values: for a transport that only wants to look, or to fail now and then. Names are in small letters, and the
---body is decompressed.
---@alias astro.Transport fun(request: astro.TransportRequest, libcurl: fun(): (integer?, table|string, string?)): (status: integer?, headers: table<string, string|string[]>|string, body: string?)

-- What came of a request of the whole answer, as a transport gives it.
local function results(job)
   local outcome = job.outcome
   local err, value = outcome.err, outcome.value
   if err then
      local before = ("%s %s: %s: "):format(job.request.method, job.request.target, err.kind)
      return nil, err.message:sub(#before + 1), err.kind
   elseif not value then
      error(outcome.raised, 0)
   end
   return value.status, head.read(value.head), value.body
end

-- Carries out a request of the core's by the client's session, behind what its base URL has.
local function by_libcurl(job, call, given, request)
   local why = cancel.reason(call)
   if why then
      return nil, why, "cancelled"
   end
   local base = options.base_url(call.transport.base_url):gsub("/+$", "")
   local inner = calls.over(job.request, { path = request.url:sub(#base + 1), whole = true })
   local own, waiter = { request = inner, token = job.token }, { inbox = {}, call = call }
   local transport = calls.over(given, { api_version = "none" })
   call.pollable:start(own, waiter, transport, request.timeout)
   local ok, raised = pcall(function()
      while #waiter.inbox == 0 do
         call.pollable:pause(waiter)
      end
   end)
   if not ok then
      call.pollable:cancel(waiter)
      error(raised, 0)
   end
   return results(own)
end

---Carries out one attempt of a job, which comes to the waiter's inbox with its outcome.
---@param job astro.Job
---@param waiter astro.Waiter
---@param call astro.Call with a transport of its own
---@param transport table the core's options
---@param seconds number after which the attempt ends
function carry.start(job, waiter, call, transport, seconds)
   local carried, request = core.carry(job.request, job.token, transport, seconds)
   local outcome
   local function libcurl()
      return by_libcurl(job, call, transport, request)
   end
   while not outcome do
      local status, headers, body = call.carry(request, libcurl)
      local why = cancel.reason(call)
      if why then
         outcome = cancel.outcome(job, why, 1)
      else
         outcome, request = misuse.check(carried.conclude, carried, call.name, status, headers, body)
      end
   end
   job.outcome = outcome
   waiter.inbox[#waiter.inbox + 1] = job
end

return carry
