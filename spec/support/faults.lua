-- A server that does what nginx cannot: a body cut in the middle, noise, silence. Prints its port.
--
--   GET /send/<hex>/...    sends the bytes that the hexadecimal digits spell, then closes
--   GET /hold/<hex>/...    sends them, and nothing more
--   GET /reset/<hex>/...   sends them, then resets the connection
--   CONNECT <word>....     as a proxy: refuse, close or hold
--   a TLS handshake        is closed, or reset or held if it is for a host of that name
--
-- It ends when nobody has come for a while, if nobody ends it before.

local socket = require "socket"

local LIFETIME = 600

local server = assert(socket.bind("127.0.0.1", 0))
local held = {}

local function reset(client)
   client:setoption("linger", { on = true, timeout = 0 })
   client:close()
end

local function bytes_of(hex)
   return (hex:gsub("%x%x", function(digits)
      return string.char(tonumber(digits, 16))
   end))
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

local function receive_hello(client)
   local _, _, rest = client:receive(4096)
   return rest or ""
end

local actions = {
   send = function(client, hex)
      client:send(bytes_of(hex))
      client:close()
   end,
   hold = function(client, hex)
      client:send(bytes_of(hex))
      held[#held + 1] = client
   end,
   reset = function(client, hex)
      client:send(bytes_of(hex))
      reset(client)
   end,
}

local function serve(client)
   client:settimeout(0.2)
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
   elseif proxied == "hold" then
      held[#held + 1] = client
      return
   end
   local action, hex = head:match "^%u+ /+(%a+)/(%x*)/"
   if actions[action] then
      return actions[action](client, hex)
   end
   client:close()
end

print(select(2, server:getsockname()))
io.stdout:flush()
server:settimeout(LIFETIME)
while true do
   local client = server:accept()
   if not client then
      break
   end
   serve(client)
end
