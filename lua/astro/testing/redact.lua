--- What may be kept of a request and of an answer: nothing that is a secret.

local ascii = require "astro.api.ascii"
local core = require "astro.core"
local pretty = require "astro.pretty"

local redact = {}

local MASK = "***"

-- Headers of requests whose values are no secrets.
local OURS = {
   accept = true,
   ["content-type"] = true,
   ["user-agent"] = true,
   ["x-api-version"] = true,
   ["x-astro-client-identifier"] = true,
   ["x-astro-client-version"] = true,
}

-- Headers of answers that lead to anything.
local TAKEN = {
   ["content-type"] = true,
   date = true,
   deprecation = true,
   location = true,
   ["retry-after"] = true,
   sunset = true,
}

-- The token of a request.
local function token_of(request)
   return (request.headers.Authorization or ""):match "^Bearer (.*)$" or ""
end

-- A body without secrets. One that has none stays as it is, to the letter.
local function body_of(text, token)
   if not text then
      return nil
   end
   text = core.mask(text, token)
   local value = core.decode(text)
   if type(value) ~= "table" then
      return text
   end
   local redacted = pretty.redacted(value)
   return redacted ~= pretty.json(value, { indent = 0 }) and redacted or text
end

-- Of where a redirect leads only the host is ever told.
local function value_of(name, value, token)
   value = type(value) == "table" and value[#value] or value
   if type(value) == "string" then
      return core.mask(name == "location" and value:match "^%a+://[^/?#]*" or value, token)
   end
end

---@param request astro.TransportRequest
---@return table
function redact.request(request)
   local token, headers = token_of(request), {}
   for name, value in next, request.headers do
      headers[name] = OURS[ascii.lower(name)] and value or MASK
   end
   headers.Authorization = "Bearer " .. MASK
   return {
      method = request.method,
      url = core.mask(request.url, token),
      headers = headers,
      body = body_of(request.body, token),
   }
end

---@param request astro.TransportRequest
---@param status integer
---@param headers table<string, string|string[]>
---@param body? string
---@return table
function redact.answer(request, status, headers, body)
   local token, kept = token_of(request), {}
   for spelt, value in next, headers do
      local name = ascii.lower(spelt)
      kept[name] = TAKEN[name] and value_of(name, value, token) or nil
   end
   return { status = status, headers = kept, body = type(body) == "string" and body_of(body, token) or nil }
end

---@param request astro.TransportRequest
---@param message string
---@param kind? string
---@return table
function redact.failure(request, message, kind)
   return { message = core.mask(message, token_of(request)), kind = kind }
end

return redact
