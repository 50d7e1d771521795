--- The token of an attempt, and the bucket that limits what is sent with it.

local core = require "astro.core"
local misuse = require "astro.api.misuse"
local options = require "astro.api.options"
local rate = require "astro.client.rate"

local token = {}

-- The token that was checked last. A bucket is found fast only by the very same string.
local last = {}

---The token, checked, without white space and scheme. A token function is called each time. Raises on what is no
---token.
---@param call astro.Call
---@param credentials? string|fun(err?: astro.Error): string?, string? goes before the client's token; without
---either, the environment's
---@param err? astro.Error the 401 that the last token came to
---@return string? token
---@return string? why the token function's own words for having none
function token.of(call, credentials, err)
   local given, why = credentials
   if given == nil then
      given = call.token
   end
   if type(given) == "function" then
      given, why = given(err)
      if given == nil and type(why) == "string" then
         return nil, core.one_line(why)
      elseif type(given) ~= "string" then
         local text = "bad argument 'token' to '%s' (the function must return a string, or nil and why not)"
         misuse.raise(text:format(call.name))
      end
   end
   local source = given
   if source == nil then
      source = os.getenv "ASTRO_API_TOKEN"
   end
   if source == nil or source ~= last.source then
      last.token, last.source = misuse.check(core.token, given, call.name), source
   end
   return last.token
end

-- The base URL that was looked at last, and its host.
local known = {}

---The bucket of a token at the call's host.
---@param call astro.Call
---@param text string the token
---@param now number on the client's clock
---@return astro.Bucket
function token.bucket(call, text, now)
   local base = options.base_url(call.transport.base_url)
   if base ~= known.base then
      known.base, known.host = base, base:match "^[^/]*//([^/]*)" or base
   end
   return rate.bucket(text, known.host, now, call.pollable.buckets)
end

return token
