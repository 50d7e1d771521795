-- JSON Web Tokens as an identity provider would make them, with a signature that is none.

local DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

local function base64url(text)
   local bits = text:gsub(".", function(c)
      local byte, digits = c:byte(), ""
      for _ = 1, 8 do
         digits, byte = byte % 2 .. digits, math.floor(byte / 2)
      end
      return digits
   end)
   bits = bits .. ("0"):rep(-#bits % 6)
   return (
      bits:gsub("%d%d%d%d%d%d", function(digits)
         local place = tonumber(digits, 2) + 1
         return DIGITS:sub(place, place)
      end)
   )
end

local signed = { base64url = base64url }

---@param claims string JSON
---@param header? string likewise
---@return string token
function signed.token(claims, header)
   local parts =
      { base64url(header or '{"alg":"RS256","typ":"JWT"}'), base64url(claims), base64url "signature" }
   return table.concat(parts, ".")
end

local made = 0

---A token that nobody else uses, which expires in so many seconds.
---@param seconds number
---@param more? string further claims, each with a comma before it
function signed.expiring(seconds, more)
   made = made + 1
   local id = ("%d-%d"):format(made, math.random(1e9))
   return signed.token(('{"jti":"%s","exp":%d%s}'):format(id, os.time() + seconds, more or ""))
end

return signed
