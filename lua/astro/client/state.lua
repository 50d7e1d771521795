--- What a client is made of. One made by `with` has options of its own, and the first one's connections, loop and pauses.

local calls = require "astro.client.call"
local options = require "astro.api.options"
local pollable = require "astro.client.pollable"
local rate = require "astro.client.rate"

---A time of one's own: its clock never goes backwards, and is moved by its sleep.
---@class astro.Time
---@field clock fun(): number seconds
---@field sleep fun(seconds: number)
---@field wall? fun(): number seconds since the epoch, moved likewise
---@field buckets astro.Buckets what is known of the rates of tokens in that time

---@class astro.ClientState
---@field own table options that are ours
---@field transport table options that are the core's
---@field pollable astro.Pollable
---@field share astro.Share the client's own in it
---@field pauses astro.Pauses
---@field calls table<string, astro.Call> by the method's name: for calls without options of their own
local state = {}

local function made(own, transport, shared, pauses)
   return {
      own = own,
      transport = transport,
      pollable = shared,
      share = shared:join(),
      pauses = pauses,
      calls = {},
   }
end

local function check(transport, name)
   if next(transport) ~= nil then -- else a call's may still go before the environment's
      options.check(transport, name)
   end
end

---@param given? astro.Options
---@param time? astro.Time in place of the real one
---@return astro.ClientState
function state.new(given, time)
   local own, transport = calls.read(given, options.of_client, "client")
   check(transport, "client")
   return made(own, transport, pollable.new(own.loop, own.concurrency, time), rate.pauses())
end

---@param first astro.ClientState
---@param given? astro.WithOptions
---@return astro.ClientState
function state.with(first, given)
   local own, transport = calls.read(given, options.of_with, "with")
   transport = calls.transport(first.transport, transport)
   check(transport, "with")
   return made(calls.over(first.own, own), transport, first.pollable, first.pauses)
end

---A client that blocks, whatever loop the first one has, with the same options and connections of its own.
---@param first astro.ClientState
---@return astro.ClientState
function state.blocking(first)
   local own = calls.over({}, first.own)
   own.loop = nil
   return made(own, first.transport, pollable.new(nil, own.concurrency), rate.pauses())
end

return state
