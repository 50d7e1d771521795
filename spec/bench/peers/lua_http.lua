-- lua-http: its own HTTP/1.1 and HTTP/2 over cqueues, one connection kept as its request objects do not.

local url, ca, token, count = arg[1], arg[2], arg[3], tonumber(arg[4])
local cjson = require "cjson"
local client = require "http.client"
local headers = require "http.headers"
local tls = require "http.tls"

require "spec.bench.ballast"

local host, port, path = url:match "^https://([^:/]+):(%d+)(/.*)$"

local function trusting()
   local context = tls.new_client_context()
   local store = require("openssl.x509.store").new()
   store:add(ca)
   context:setStore(store)
   return context
end

local function request()
   local fields = headers.new()
   fields:append(":method", "GET")
   fields:append(":scheme", "https")
   fields:append(":authority", host .. ":" .. port)
   fields:append(":path", path)
   fields:append("authorization", "Bearer " .. token, true)
   fields:append("accept", "application/json")
   return fields
end

local function get(connection)
   local stream = assert(connection:new_stream())
   assert(stream:write_headers(request(), true))
   local fields = assert(stream:get_headers())
   assert(fields:get ":status" == "200")
   return cjson.decode(assert(stream:get_body_as_string()))
end

local connection = assert(client.connect({
   host = "127.0.0.1",
   port = tonumber(port),
   sendname = host,
   tls = true,
   ctx = trusting(),
}))
local deployment
for _ = 1, count do
   deployment = get(connection)
end
print(deployment.status)
