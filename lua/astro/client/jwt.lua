--- What a JSON Web Token says of itself: until when it is good, and for which organization. It is read, not trusted:
--- what is sent is the service's to judge. Source: RFC 7519, 4.1.4, and RFC 7515, 3.1.

local core = require "astro.core"

local jwt = {}

-- Seconds since the epoch: before the first JWT, and the year 9999. Beyond them `exp` is no time.
local EARLIEST, LATEST = 1e9, 253402300799

local KEPT = 8 -- tokens, so that two clients do not read theirs again and again

local VALUES = {}
local digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
for place, digit in digits:gmatch "()(.)" do
   VALUES[digit] = place - 1
end

-- The bytes of a base64url text; nil: it is none. Source: RFC 4648, 5, without padding.
local function bytes_of(text)
   local bytes, bits, count = {}, 0, 0
   for digit in text:gmatch "." do
      if not VALUES[digit] then
         return nil
      end
      bits, count = bits * 64 + VALUES[digit], count + 6
      if count >= 8 then
         count = count - 8
         bytes[#bytes + 1] = string.char(math.floor(bits / 2 ^ count))
         bits = bits % 2 ^ count
      end
   end
   return count < 6 and table.concat(bytes) or nil
end

-- The JSON object in a part of a token; nil: there is none.
local function object_of(part)
   local text = bytes_of(part)
   local value = text and text:find "^[ \t\r\n]*{" and core.decode(text)
   return type(value) == "table" and value or nil
end

-- The organization that the token is for; nil: none is named, or more than one.
local function organization_of(permissions)
   local found
   for _, permission in ipairs(type(permissions) == "table" and permissions or {}) do
      local id = type(permission) == "string" and permission:match "^organizationId:(.*)$"
      if id and (id ~= (found or id) or not pcall(core.id, id, "token", "organization")) then
         return nil
      end
      found = id or found
   end
   return found
end

---@class astro.TokenInfo
---@field expires_at? integer seconds since the epoch; nil: it does not say
---@field organization? string the id of the organization that it is for
---@field opaque boolean it is no JWT, or none that makes sense: nothing is known of it

local function read(text)
   local header, payload = text:match "^([^.]+)%.([^.]+)%.[^.]*$"
   local claims = header and object_of(header) and object_of(payload)
   local expires_at = claims and claims.exp
   local is_time = type(expires_at) == "number" and expires_at >= EARLIEST and expires_at <= LATEST
   if not claims or (expires_at ~= nil and not is_time) then
      return { opaque = true }
   end
   return {
      expires_at = is_time and math.floor(expires_at) or nil,
      organization = organization_of(claims.permissions),
      opaque = false,
   }
end

local known, count = {}, 0

---What a token says. Never raises.
---@param text string
---@return astro.TokenInfo info shared: not to be changed
function jwt.info(text)
   local info = known[text]
   if not info then
      if count == KEPT then
         known, count = {}, 0
      end
      info = read(text)
      known[text], count = info, count + 1
   end
   return info
end

return jwt
