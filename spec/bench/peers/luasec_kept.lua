-- LuaSocket and LuaSec with a connection kept by hand: HTTP/1.1 with Content-Length and nothing else.

local url, ca, token, count = arg[1], arg[2], arg[3], tonumber(arg[4])
local cjson = require "cjson"
local socket = require "socket"
local ssl = require "ssl"

require "spec.bench.ballast"

local host, port, path = url:match "^https://([^:/]+):(%d+)(/.*)$"
local request = table.concat({
   "GET " .. path .. " HTTP/1.1",
   ("Host: %s:%s"):format(host, port),
   "Authorization: Bearer " .. token,
   "Accept: application/json",
   "\r\n",
}, "\r\n")

local function connect()
   local connection = assert(socket.tcp())
   assert(connection:connect("127.0.0.1", port))
   connection:setoption("tcp-nodelay", true)
   connection =
      assert(ssl.wrap(connection, { mode = "client", protocol = "any", verify = "peer", cafile = ca }))
   connection:sni(host)
   assert(connection:dohandshake())
   return connection
end

local function get(connection)
   assert(connection:send(request))
   assert(connection:receive "*l" == "HTTP/1.1 200 OK")
   local length
   repeat
      local line = assert(connection:receive "*l")
      length = line:match "^Content%-Length: (%d+)$" or length
   until line == ""
   return cjson.decode((assert(connection:receive(tonumber(length)))))
end

local connection, deployment = connect(), nil
for _ = 1, count do
   deployment = get(connection)
end
print(deployment.status)
