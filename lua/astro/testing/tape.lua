--- Exchanges in a file, a line of JSON each: { "asked": a request, "came": an answer or "failed": why there was none }.
--- A body that is no UTF-8 is kept in hexadecimal digits.

local core = require "astro.core"
local misuse = require "astro.api.misuse"
local pretty = require "astro.pretty"
local redact = require "astro.testing.redact"

local tape = {}

local function json(value)
   return pretty.json(value, { indent = 0 })
end

local function to_hex(text)
   return (text:gsub(".", function(c)
      return ("%02x"):format(c:byte())
   end))
end

local function from_hex(digits)
   return (digits:gsub("%x%x", function(pair)
      return string.char(tonumber(pair, 16))
   end))
end

local function encode(part)
   local body = part.body
   if body and core.decode(json({ body }))[1] ~= body then
      part.body, part.hex = nil, to_hex(body)
   end
   return part
end

local function decode(part)
   if part.hex then
      part.body, part.hex = from_hex(part.hex), nil
   end
   return part
end

local function open(path, mode, to)
   local file, problem = io.open(path, mode)
   return file or misuse.raise(("%s: %s"):format(to, problem))
end

-- What is to be kept of what a transport gave; nil where the client was closed, or refuses that.
local function line_of(request, status, headers, body)
   local line = { asked = encode(redact.request(request)) }
   if type(status) == "number" and type(headers) == "table" then
      line.came = encode(redact.answer(request, status, headers, body))
   elseif status == nil and type(headers) == "string" and body ~= "cancelled" then
      line.failed = redact.failure(request, headers, body)
   else
      return nil
   end
   return json(line) .. "\n"
end

-- Writes what a transport gave, and gives it.
local function keep(file, request, ...)
   local line = line_of(request, ...)
   if line then
      local ok, problem = file:write(line)
      if ok then
         ok, problem = file:flush()
      end
      if not ok then
         error("testing.record: " .. tostring(problem), 0)
      end
   end
   return ...
end

---@param path string
---@param transport? astro.Transport
---@return astro.Transport
function tape.record(path, transport)
   local file = open(path, "wb", "testing.record")
   return function(request, libcurl)
      if transport then
         return keep(file, request, transport(request, libcurl))
      end
      return keep(file, request, libcurl())
   end
end

-- What tells requests from one another.
local function key_of(asked)
   local place = asked.url:match "^%a+://[^/]+(.*)$" or asked.url
   return ("%s %s\n%s"):format(asked.method, place, asked.body or "")
end

local function read_line(line, number, path)
   local exchange = core.decode(line)
   local asked = type(exchange) == "table" and exchange.asked
   if type(asked) ~= "table" or not (exchange.came or exchange.failed) then
      misuse.raise(("testing.replay: line %d of %s is no exchange"):format(number, path))
   end
   return key_of(decode(asked)), exchange.came and decode(exchange.came) or exchange.failed
end

-- By their keys: what came, in its order.
local function read(path)
   local kept, number = {}, 0
   local file = open(path, "rb", "testing.replay")
   for line in file:lines() do
      number = number + 1
      local key, came = read_line(line, number, path)
      kept[key] = kept[key] or { next = 1 }
      table.insert(kept[key], came)
   end
   file:close()
   return kept
end

---@param path string
---@return astro.Transport
function tape.replay(path)
   local kept = read(path)
   return function(request)
      local asked = redact.request(request)
      local list = kept[key_of(asked)]
      local came = list and list[list.next]
      if not came then
         local often = list and (" more than %d times"):format(#list) or ""
         local text = "testing.replay: %s has no %s %s%s"
         misuse.raise(text:format(path, asked.method, asked.url, often))
      end
      list.next = list.next + 1
      if came.status then
         return came.status, came.headers, came.body
      end
      return nil, came.message, came.kind
   end
end

return tape
