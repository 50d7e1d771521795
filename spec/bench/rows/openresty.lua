--- The OpenResty example's cached answer, beside the least that nginx's Lua can answer with: what a request costs the one
--- worker.

local measure = require "spec.bench.measure"
local setting = require "spec.bench.setting"

-- nginx ends a connection after a thousand requests.
local CONNECTIONS, TURNS = 16, 900
local PEER = "content_by_lua, two bytes"

-- 0.85 of the peer's requests a second.
local AT_MOST = 1 / 0.85

local has_socket, socket = pcall(require, "socket")

local function missing()
   local files = "/usr/lib/nginx/modules/ngx_http_lua_module.so .build/luajit/astro/core.so"
   local has_lua = measure.output(("ls %s 2>/dev/null"):format(files))
   return not has_lua and "no nginx with Lua here" or not has_socket and "no LuaSocket here" or nil
end

local function write(path, text)
   local file = assert(io.open(path, "w"))
   file:write(text)
   file:close()
end

-- The example as it is, but for one worker, the peer's location and a cache that lasts. Gives the port and the process.
local function start()
   local dir = measure.output(("mktemp -d %s/XXXXXX"):format(setting.dir)):match "%S+"
   local text = measure.output "cat examples/openresty/nginx.conf"
   text = text:gsub("worker_processes auto", "worker_processes 1"):gsub("fresh = %d+", "fresh = 3600")
   local peer = '%0\n    location = /two { content_by_lua_block { ngx.print "ok" } }'
   write(dir .. "/given.conf", (text:gsub("listen [^\n]*", peer)))
   local form = "cp examples/openresty/*.lua %s && ASTRO_API_TOKEN=%s ASTRO_ORGANIZATION_ID=bench"
      .. " ASTRO_API_URL=%s ASTRO_CA_FILE=%s spec/support/start-nginx %s"
   local port = measure.output(form:format(dir, setting.token, setting.http2, setting.ca, dir)):match "%d+"
   return port, measure.output(("cat %s/nginx.pid"):format(dir)):match "%d+"
end

-- Seconds of CPU that its only worker has had, which is there once it has answered.
local function cpu(master)
   local form = "cat /proc/$(cat /proc/%s/task/%s/children | tr -d ' ')/schedstat"
   return measure.numbers(form:format(master, master))[1] / 1e9
end

-- Sends as many requests as there are connections, and takes the answers, which are of one length.
local function ask(connections, request, length)
   for _, connection in ipairs(connections) do
      assert(connection:send(request))
   end
   for _, connection in ipairs(connections) do
      assert(connection:receive(length))
   end
end

-- The length of a whole answer: a second is enough for it to come.
local function length_of(connection, request)
   local length
   for _ = 1, 2 do -- the first fills the cache
      assert(connection:send(request))
      connection:settimeout(1)
      length = #select(3, connection:receive "*a")
   end
   connection:settimeout()
   return length
end

local server

-- Microseconds of the worker's CPU a request.
local function figure(subject)
   server = server or { start() }
   local connections = {}
   for i = 1, CONNECTIONS do
      connections[i] = assert(socket.connect("127.0.0.1", server[1]))
   end
   local request = ("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"):format(subject.path)
   local length = length_of(connections[1], request)
   ask(connections, request, length)
   local before = cpu(server[2])
   for _ = 1, TURNS do
      ask(connections, request, length)
   end
   local seconds = cpu(server[2]) - before
   for _, connection in ipairs(connections) do
      connection:close()
   end
   return seconds / CONNECTIONS / TURNS * 1e6
end

return function()
   return {
      {
         missing = missing(),
         parts = {
            {
               title = "The OpenResty example's cached answer, CPU of the worker",
               unit = "µs",
               digits = 1,
               to_reach = { beside = PEER, at_most = AT_MOST },
            },
         },
         subjects = {
            { name = "examples/openresty", path = "/deployments/cmbench00000000000000000000" },
            { name = PEER, path = "/two" },
         },
         rounds = 15,
         figure = figure,
      },
   }
end
