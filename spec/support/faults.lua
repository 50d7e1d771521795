-- A server that does what nginx cannot: a body cut in the middle, noise, silence. Prints its port.
--
--   GET /send/<file>/...      sends what is in that file of FAULTS_DIR, then closes
--   GET /hold/<file>/...      sends that, and nothing more
--   GET /reset/<file>/...     sends that, then resets the connection
--   GET /stale/<file>/...     sends that and, a little later, a 408 that nobody asked for, by which it ends
--   GET /mirror/x/...         an answer that has the head of the request, its bytes as hexadecimal digits
--   GET /interrupt/<pid>/...  sends SIGINT to that process, and nothing to the client
--   CONNECT <word>....     as a proxy: refuse, login (407), close or hold
--   a TLS handshake        is closed, or reset or held if it is for a host of that name
--
-- It ends when nobody has come for a while, if nobody ends it before.

local socket = require "socket"
local uv = require "luv"

local LIFETIME = 600

local server = assert(socket.bind("127.0.0.1", 0))
local held = {}

local function reset(client)
   client:setoption("linger", { on = true, timeout = 0 })
   client:close()
end

local function bytes_of(name)
   local file = assert(io.open(os.getenv "FAULTS_DIR" .. "/" .. name, "rb"))
   local bytes = file:read "*a"
   file:close()
   return bytes
end

local function receive_head(client, head)
   while not head:find("\r\n\r\n", 1, true) do
      local more = client:receive(1)
      if not more then
         return head
      end
      head = head .. more
   end
   return head
end

-- The rest of a TLS record: two bytes of version, two of length, and so many more.
local function receive_hello(client)
   local head = client:receive(4) or "\0\0\0\0"
   return client:receive(head:byte(3) * 256 + head:byte(4)) or ""
end

local actions = {
   send = function(client, name)
      client:send(bytes_of(name))
      client:close()
   end,
   hold = function(client, name)
      client:send(bytes_of(name))
      held[#held + 1] = client
   end,
   stale = function(client, name)
      client:send(bytes_of(name))
      socket.sleep(0.05) -- behind the client's turn
      client:send "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
      client:close()
   end,
   mirror = function(client, _, head)
      local body = ('{"head":"%s"}'):format(head:gsub(".", function(c)
         return ("%02x"):format(c:byte())
      end))
      client:send(("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"):format(#body, body))
      client:close()
   end,
   interrupt = function(client, pid)
      uv.kill(tonumber(pid), "sigint")
      held[#held + 1] = client
   end,
   reset = function(client, name)
      client:send(bytes_of(name))
      reset(client)
   end,
}

local function serve(client)
   client:settimeout(2)
   local first = client:receive(1) or ""
   if first == "\22" then
      local hello = receive_hello(client)
      if hello:find("reset", 1, true) then
         return reset(client)
      elseif hello:find("hold", 1, true) then
         held[#held + 1] = client
         return
      end
      return client:close()
   end
   local head = receive_head(client, first)
   local proxied = head:match "^CONNECT (%a+)"
   if proxied == "refuse" then
      client:send "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
   elseif proxied == "login" then
      client:send "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
   elseif proxied == "hold" then
      held[#held + 1] = client
      return
   end
   local action, name = head:match "^%u+ /+(%a+)/(%w+)/"
   if actions[action] then
      return actions[action](client, name, head)
   end
   client:close()
end

print((select(2, server:getsockname())))
io.stdout:flush()
server:settimeout(LIFETIME)
while true do
   local client = server:accept()
   if not client then
      break
   end
   serve(client)
end
