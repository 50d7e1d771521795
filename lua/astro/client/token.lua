--- The token of an attempt, and the bucket that limits what is sent with it.

local core = require "astro.core"
local failure = require "astro.client.failure"
local jwt = require "astro.client.jwt"
local misuse = require "astro.api.misuse"
local options = require "astro.api.options"
local rate = require "astro.client.rate"

local token = {}

-- Seconds by which this machine's clock, or the service's, may be wrong.
local SKEW = 60

-- The token that was checked last. A bucket is found fast only by the very same string. On the clock it needs no look
-- at its expiry until `fresh_until`.
local last = {}

-- The token, checked, without white space and scheme, or nil and why not.
local function take(call, given, err)
   local why
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
      last.clock, last.fresh_until = nil, nil
   end
   return last.token
end

local function ago(seconds)
   if seconds < 120 then
      return ("%d s ago"):format(seconds)
   elseif seconds < 7200 then
      return ("%d min ago"):format(math.floor(seconds / 60))
   elseif seconds < 172800 then
      return ("%d h ago"):format(math.floor(seconds / 3600))
   end
   return ("%d days ago"):format(math.floor(seconds / 86400))
end

-- Why the last token is not to be sent; nil: it is fresh, and for how long is kept.
local function expiry(clock, now)
   local expires_at, wall = jwt.info(last.token).expires_at, os.time()
   if expires_at and wall > expires_at + SKEW then
      return ("the token expired %s by this machine's clock"):format(ago(wall - expires_at))
   end
   last.clock, last.fresh_until = clock, expires_at and now + expires_at + SKEW - wall or math.huge
end

---The token, checked, without white space and scheme. A token function is called each time, and once more with an
---error if its token has expired. Raises on what is no token.
---@param call astro.Call
---@param credentials? string|fun(err?: astro.Error): string?, string? goes before the client's token; without
---either, the environment's
---@param now number on the client's clock
---@param err? astro.Error the 401 that the last token came to
---@return string? token
---@return string? why the token function's own words for having none, or that it has expired
function token.of(call, credentials, now, err)
   local given, clock = credentials, call.pollable.clock
   if given == nil then
      given = call.token
   end
   if given == last.source and clock == last.clock and now < last.fresh_until then
      return last.token
   end
   local text, why = take(call, given, err)
   if not text or (clock == last.clock and now < last.fresh_until) or call.check_token == false then
      return text, why
   end
   why = expiry(clock, now)
   if not why then
      return text
   elseif type(given) ~= "function" or err then
      return nil, why
   end
   err = failure.err("unauthorized", ("%s: unauthorized: %s"):format(call.name, why))
   return token.of(call, credentials, now, err)
end

---What the token says of itself.
---@param call astro.Call
---@return astro.TokenInfo? info
---@return string? message
---@return astro.Error? err of kind `unauthorized`: the token function gives none
function token.info(call)
   local text, why = take(call, call.token)
   if not text then
      return failure.new("unauthorized", ("%s: unauthorized: %s"):format(call.name, why))
   end
   local info = jwt.info(text)
   return { expires_at = info.expires_at, organization = info.organization, opaque = info.opaque }
end

local organizations = setmetatable({}, { __mode = "k" }) -- by the token function that was asked for it

---The organization that the token is for. A token function is asked once for it.
---@param call astro.Call
---@param credentials? string|fun(err?: astro.Error): string?, string? as `token.of` takes them
---@return string? id nil: there is no token, or it does not say
function token.organization(call, credentials)
   local given = credentials
   if given == nil then
      given = call.token
   end
   local id = given ~= nil and organizations[given]
   if id or (given == nil and not os.getenv "ASTRO_API_TOKEN") then
      return id or nil
   end
   local text = take(call, given)
   id = text and jwt.info(text).organization
   if type(given) == "function" then
      organizations[given] = id
   end
   return id
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
   return rate.bucket(text, known.host, now, call.buckets)
end

return token
