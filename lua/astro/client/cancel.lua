--- What ends calls before their time: a canceller of the caller's own, or the end of their client.

local core = require "astro.core"
local failure = require "astro.client.failure"

local cancel = {}

---Ends each call that has it as its option `cancel`, those to come too, as `cancelled`: `canceller()`, or
---`canceller "why"`. What is no string is no reason: timers call it with something of their own. May be called from
---anywhere and again, which changes nothing.
---@class astro.Canceller
---@field why? string in one line, once it was called
---@field pollables table<astro.Pollable, true> of the clients whose calls have it; weak
---@overload fun(why?: string)
local Canceller = { __name = "astro.canceller" }

---@return astro.Canceller
function cancel.new()
   return setmetatable({ pollables = setmetatable({}, { __mode = "k" }) }, Canceller)
end

function Canceller:__call(why)
   if self.why then
      return
   end
   self.why = type(why) == "string" and core.one_line(why) or "by the caller"
   for pollable in pairs(self.pollables) do
      pollable:end_stopped()
   end
end

function Canceller:__tostring()
   return Canceller.__name .. (self.why and (" (cancelled: %s)"):format(self.why) or "")
end

---Why a call must end before its time.
---@param call astro.Call
---@return string? why nil: it need not
function cancel.reason(call)
   local canceller = call.cancel
   return call.share.is_closed and "the client was closed" or canceller and canceller.why
end

---How an attempt ends before its time.
---@param job astro.Job
---@param why string
---@param attempts integer how many requests were sent: 1, or 0
---@return astro.Outcome
function cancel.outcome(job, why, attempts)
   local text = ("%s %s: cancelled: %s"):format(job.request.method, job.request.target, why)
   return { err = failure.err("cancelled", text, { attempts = attempts }) }
end

return cancel
