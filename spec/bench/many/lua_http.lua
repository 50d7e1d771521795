-- lua-http: one HTTP/2 connection, as many streams at once as nginx allows.

local prefix, ca, token, count = arg[1], arg[2], arg[3], tonumber(arg[4])
local cjson = require "cjson"
local client = require "http.client"
local cqueues = require "cqueues"
local headers = require "http.headers"
local tls = require "http.tls"

require "spec.bench.ballast"

local STREAMS = 128
local host, port, path = prefix:match "^https://([^:/]+):(%d+)(/.*)$"

local function connect()
   local context = tls.new_client_context()
   local store = require("openssl.x509.store").new()
   store:add(ca)
   context:setStore(store)
   return assert(client.connect({
      host = "127.0.0.1",
      port = tonumber(port),
      sendname = host,
      tls = true,
      ctx = context,
   }))
end

local function get(connection, id)
   local fields = headers.new()
   fields:append(":method", "GET")
   fields:append(":scheme", "https")
   fields:append(":authority", host .. ":" .. port)
   fields:append(":path", path .. id)
   fields:append("authorization", "Bearer " .. token, true)
   local stream = assert(connection:new_stream())
   assert(stream:write_headers(fields, true))
   assert(assert(stream:get_headers()):get ":status" == "200")
   return cjson.decode(assert(stream:get_body_as_string()))
end

local connection

local function fetch()
   local start, next_one, queue = cqueues.monotime(), 1, cqueues.new()
   queue:wrap(function()
      connection = connection or connect()
      for _ = 1, STREAMS do
         queue:wrap(function()
            while next_one <= count do
               next_one = next_one + 1
               assert(get(connection, "cmbench" .. next_one).status == "HEALTHY")
            end
         end)
      end
   end)
   assert(queue:loop())
   return cqueues.monotime() - start
end

print(fetch(), fetch())
