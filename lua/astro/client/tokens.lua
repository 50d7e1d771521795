--- The token for one attempt.

local core = require "astro.core"
local misuse = require "astro.api.misuse"

local tokens = {}

-- The last token that was checked. One string for one token: looking up the bucket of a long one is cheap
-- only where it is the same string.
local last = {}

---Gives it checked, without white space and scheme; a function is asked each time.
---@param token? string|fun(): string goes before the client's and the environment's
---@return string
function tokens.of(call, token)
   if token == nil then
      token = call.token
   end
   if type(token) == "function" then
      token = token()
      if type(token) ~= "string" then
         local text = "bad argument 'token' to '%s' (the function must return a string)"
         misuse.raise(text:format(call.name))
      end
   end
   local given = token
   if token == nil then
      given = os.getenv "ASTRO_API_TOKEN"
   end
   if given == nil or given ~= last.given then
      last.token, last.given = misuse.check(core.token, token, call.name), given
   end
   return last.token
end

return tokens
