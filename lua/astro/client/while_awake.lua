--- Something to be done while a Deployment is awake, which is left as it was found.

local change = require "astro.client.change"
local core = require "astro.core"
local guard = require "astro.client.guard"
local log = require "astro.client.log"
local misuse = require "astro.api.misuse"
local opener = require "astro.client.opener"
local override = require "astro.client.override"
local put_back = require "astro.client.put_back"

local unpack = table.unpack or unpack -- luacheck: ignore 143

---@class astro.Client
local Client = {}

local function is_healthy(deployment)
   return deployment.status == "HEALTHY"
end

-- Wakes the Deployment, waits, and calls f.
local function wake(its, restore, f)
   local answer, message, err = its:set(restore.ours)
   if not answer then
      return nil, message, err
   end
   restore.ours, restore.is_ours = override.read(answer, its:now()) or restore.ours, true
   local deployment
   deployment, message, err = its:wait(is_healthy)
   if not deployment then
      return nil, message, err
   end
   return f(deployment)
end

-- Puts back what was there. Says at once what could not be, where nobody could be given it: f raised.
local function settle(its, restore, its_guard)
   local to_log = its.call.log
   local ok, done, message, err = pcall(put_back.now, restore, opener)
   restore.keeper:close()
   if not ok then
      local text = "put back the override of deployment %s: %s"
      log.insist(to_log, text:format(its.id, core.one_line(tostring(done))))
      if its_guard.results then
         error(done, 0)
      end
   elseif not done and its_guard.results then
      err.results = its_guard.results
      its_guard.results = { n = 3, nil, message, err }
   elseif not done then
      log.insist(to_log, message)
   end
end

-- Calls f between a change of the override and its end.
local function overridden(its, before, f)
   local restore = {
      id = its.id,
      keeper = its.client:with(),
      has_loop = its.call.pollable.loop ~= nil,
      given = its.given,
      interval = its.own.interval,
      before = before,
      ours = override.wish(false, its.till),
      is_ours = false,
   }
   local over = guard.run(function()
      return wake(its, restore, f)
   end, function(its_guard)
      settle(its, restore, its_guard)
   end, function()
      local text = "put back the override of deployment %s: the coroutine that had to was dropped"
      log.insist(its.call.log, text:format(its.id))
   end)
   return unpack(over.results, 1, over.results.n)
end

---Calls a function while a Deployment is awake and `HEALTHY`, and leaves it as it was found.
---
---A Deployment that hibernates is woken (an override, until `until_` or further notice), and looked at as `wait_for`
---does. When f is over, has raised, or was interrupted in a program that blocks (Ctrl-C), the override that there was is
---put back, with its end, or none: after a look, in rounds for a minute where that fails by what may pass, also where the
---client is closed or its call cancelled meanwhile. An override whose own end has passed is not set again. One that
---somebody else has set meanwhile is left. A Deployment that is awake is only waited for, and nothing is changed.
---
---What f raises passes; in the main thread of Lua 5.4 and newer with its own frames. If what was there could not be put
---back, that is the result (of kind `conflict` where somebody else has changed it), and `err.results` has what f gave,
---its `n` too. Where f has raised, the log is told instead, or stderr where nobody asked for lines.
---
---A coroutine that is closed while f waits in it (`coroutine.close`, and what a loop's run ends when another raises or
---Ctrl-C does) puts back, too, by a client that blocks for it. Before Lua 5.4, in OpenResty and in Neovim such a one is
---only dropped: nothing can be put back then, and that is told as soon as Lua collects it. With luv Ctrl-C ends the process
---at once, unless a program takes the signal. `until_` limits the harm.
---Source: the API's pages "Get a Deployment", "Update a Deployment Hibernation Override" and "Delete a Deployment
---Hibernation Override".
---@param id string
---@param f fun(deployment: astro.Deployment): ...any
---@param given? astro.CallOptions.while_awake `timeout` is for what comes before f
---@return any ... what f gives; or nil
---@return string message
---@return astro.Error err what kept f from being called, as of `wake`, or that it is not as it was
function Client:while_awake(id, f, given)
   local call, own = opener.begin(self, "while_awake", given)
   misuse.check(core.id, id, "while_awake", "id")
   misuse.expect(f, "function", "f", "while_awake")
   local its = change.new(self, id, call, own, given)
   local problem, refusal = its:is_past()
   if problem then
      return nil, problem, refusal
   end
   local deployment, message, err = its:read()
   if deployment and override.sleeps(deployment, its:now()) then
      problem, refusal = its:refusal(deployment)
      if problem then
         return nil, problem, refusal
      end
      return overridden(its, override.of(deployment, its:now()), f)
   end
   if deployment and not is_healthy(deployment) then
      deployment, message, err = its:wait(is_healthy)
   end
   if not deployment then
      return nil, message, err
   end
   return f(deployment)
end

return Client
