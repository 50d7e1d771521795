-- A second nginx, in which this library runs, and a client that takes note of the order of answers.

local socket = require "socket"
local world = require "spec.support.world"

local nginx = {}

---@class Server
local Server = {}
Server.__index = Server

local function run(command)
   local output, status = world.shell(command)
   assert(status == 0, output)
   return (output:gsub("\n$", ""))
end

--- Starts one by a whole configuration for 127.0.0.1:8080; `files` are copied to its folder, where Lua finds
--- them.
---@param configuration string
---@param files? string
function nginx.start(configuration, files)
   local dir = run 'mktemp -d "$STAND_IN_DIR/XXXXXX"'
   if files then
      run(("cp %s %s"):format(files, dir))
   end
   local file = assert(io.open(dir .. "/given.conf", "w"))
   file:write(configuration)
   file:close()
   return setmetatable({ dir = dir, port = run("spec/support/start-nginx " .. dir) }, Server)
end

---Sends a request, and gives the connection on which the answer will come.
function Server:open(path, headers)
   local connection = assert(socket.connect("127.0.0.1", self.port))
   assert(connection:send(("GET %s HTTP/1.0\r\n%s\r\n"):format(path, headers or "")))
   return connection
end

---Many at once.
function Server:open_many(count, path)
   local connections = {}
   for i = 1, count do
      connections[i] = self:open(path)
   end
   return connections
end

---The answer on a connection: body, status, head.
function nginx.answer(connection)
   connection:settimeout(30)
   local text = assert(connection:receive "*a")
   connection:close()
   local head, body = text:match "^(.-)\r\n\r\n(.*)$"
   assert(head, "no answer: " .. text)
   return body, tonumber(head:match "^%S+ (%d+)"), head
end

function Server:get(path, headers)
   return nginx.answer(self:open(path, headers))
end

---Whether any answer is there.
function nginx.any_ready(connections)
   return #socket.select(connections, nil, 0) > 0
end

---Asks again and again, until the answer is yes. Fails where it never is.
---@param f fun(): any
function nginx.eventually(f)
   local ends = os.time() + 10
   while not f() do
      assert(os.time() <= ends, "it never came to that")
   end
end

function Server:signal(name)
   run(("kill -%s $(cat %s/nginx.pid)"):format(name, self.dir))
end

function Server:log()
   return world.read(self.dir .. "/error.log")
end

---Waits until it has ended: the last that nginx does is to take its pid file away.
function Server:await_end()
   local there = ("[ -e %s/nginx.pid ]"):format(self.dir)
   run(("for i in $(seq 1000); do %s || break; sleep 0.01; done; ! %s"):format(there, there))
end

---Ends it, and gives what it logged.
function Server:stop()
   self:signal "TERM"
   self:await_end()
   return self:log()
end

return nginx
