-- Sends bytes as they are, many at once. Prints its ports: plain HTTP/1.1, HTTP/1.1 over TLS, HTTP/2 over TLS,
-- and the relay's. What it does stands in the request, as <action>-<file>-<count>:
--
--   close    sends the first so many bytes of that file of FAULTS_DIR, then closes in order, though without the
--            word by which TLS ends: cqueues has none, raw.base knows who has
--   drop     likewise, but closes at once
--   reset    likewise, and resets the connection
--   hold     likewise, and then nothing more
--   trickle  sends so many bytes every 5 ms
--   endless  sends the file, and again and again what follows so many bytes
--   relay    sends what the stand-in does, but only so many bytes of it, then closes
--   keep     sends the whole file and waits for the next request
--   once     likewise, but the next request of the connection ends it unanswered
--
-- By HTTP/1.1 that is anywhere in the request line, by HTTP/2 and for relay in the name of the host. It ends
-- when its stdin does.

local condition = require "cqueues.condition"
local context = require "openssl.ssl.context"
local cqueues = require "cqueues"
local luasocket = require "socket"
local pkey = require "openssl.pkey"
local socket = require "cqueues.socket"
local x509 = require "openssl.x509"

local REQUEST_SECONDS = 10
local TRICKLE_SECONDS = 0.005

--- As fast as it can be, a flood of frames that mean nothing keeps libcurl 7.88 reading, past every timeout.
local PAUSE_SECONDS = 0.002

local loop = cqueues.new()

local function read(path)
   local file = assert(io.open(path, "rb"))
   local bytes = file:read "*a"
   file:close()
   return bytes
end

local function tls(protocol)
   local folder = os.getenv("ASTRO_CA_FILE"):match "^.*/"
   local result = context.new("TLS", true)
   result:setCertificate(x509.new(read(folder .. "good.pem")))
   result:setPrivateKey(pkey.new(read(folder .. "good.key")))
   result:setAlpnSelect(function()
      return protocol
   end)
   return result
end

-- cqueues cannot set these: luasocket borrows the descriptor.
local function set_option(client, name, value)
   local borrower = luasocket.tcp()
   borrower:setfd(client:pollfd())
   borrower:setoption(name, value)
   borrower:setfd(-1)
end

-- The kernel resets a connection that is closed with bytes unread.
local function close_in_order(client)
   client:shutdown "w"
   client:settimeout(1)
   while client:read(-4096) do
      client:settimeout(1)
   end
end

local actions = {}

local function first_bytes(client, bytes, count)
   client:write(bytes:sub(1, count))
end

function actions.close(client, bytes, count)
   first_bytes(client, bytes, count)
   close_in_order(client)
end

actions.drop = first_bytes

function actions.reset(client, bytes, count)
   first_bytes(client, bytes, count)
   set_option(client, "linger", { on = true, timeout = 0 })
end

function actions.hold(client, bytes, count)
   first_bytes(client, bytes, count)
   client:settimeout(REQUEST_SECONDS)
   while client:read(-4096) do
      client:settimeout(REQUEST_SECONDS)
   end
end

function actions.trickle(client, bytes, count)
   for first = 1, #bytes, count do
      if not client:write(bytes:sub(first, first + count - 1)) then
         break
      end
      cqueues.sleep(TRICKLE_SECONDS)
   end
   close_in_order(client)
end

function actions.endless(client, bytes, count)
   local block = bytes:sub(count + 1)
   block = block:rep(math.ceil(16384 / #block))
   client:write(bytes:sub(1, count))
   while client:write(block) do
      cqueues.sleep(PAUSE_SECONDS)
   end
end

-- Tells whether the connection goes on.
local function act(client, instruction, is_first)
   local action, name, count = (instruction or ""):match "(%l+)%-(%w+)%-(%d+)"
   local bytes = name and read(os.getenv "FAULTS_DIR" .. "/" .. name)
   if action == "keep" or action == "once" and is_first then
      return client:write(bytes) ~= nil
   elseif actions[action] then
      actions[action](client, bytes, tonumber(count))
   end
   return false
end

local function receive_head(client)
   local first = client:read "*l"
   local line = first
   while line and line ~= "" and line ~= "\r" do
      line = client:read "*l"
   end
   return line and first
end

local function serve_http1(client)
   local is_first = true
   repeat
      client:settimeout(REQUEST_SECONDS)
      local request = receive_head(client)
      local goes_on = request and act(client, request, is_first)
      is_first = false
   until not goes_on
end

-- Until the headers of the first request are there.
local function serve_http2(client)
   client:settimeout(REQUEST_SECONDS)
   client:read(24) -- PRI * HTTP/2.0 ...
   local kind
   repeat
      local head = client:read(9)
      if not head then
         return
      end
      local length = (head:byte(1) * 256 + head:byte(2)) * 256 + head:byte(3)
      kind = head:byte(4)
      if length > 0 and not client:read(length) then
         return
      end
   until kind == 1
   act(client, client:checktls():getHostName())
end

local function pass_on(from, to, count)
   while count > 0 do
      local bytes = from:read(-math.min(count, 4096))
      if not bytes or not to:write(bytes) then
         return
      end
      count = count - #bytes
   end
end

-- The name of the host is in the clear.
local function serve_relay(client)
   client:settimeout(REQUEST_SECONDS)
   local hello = client:read(-4096) or ""
   local count = tonumber(hello:match "relay%-x%-(%d+)")
   local server = socket.connect("127.0.0.1", tonumber(os.getenv "STAND_IN_PORT"))
   server:setmode("bn", "bn")
   server:onerror(function(_, _, code)
      return code
   end)
   server:settimeout(REQUEST_SECONDS)
   server:write(hello)
   local is_over, over = false, condition.new()
   loop:wrap(function()
      pass_on(client, server, math.huge)
      is_over = true
      over:signal()
   end)
   pass_on(server, client, count or 0)
   client:shutdown "w"
   if not is_over then
      over:wait(REQUEST_SECONDS)
   end
   server:close()
end

local function listen(serve, settings)
   local server = assert(socket.listen({ host = "127.0.0.1", port = 0, backlog = 1024 }))
   assert(server:listen())
   loop:wrap(function()
      while true do -- not clients(): in Lua 5.1 an iterator cannot yield
         local client = server:accept()
         loop:wrap(function()
            client:setmode("bn", "bn")
            client:onerror(function(_, _, code)
               return code
            end)
            client:settimeout(REQUEST_SECONDS)
            set_option(client, "tcp-nodelay", true)
            if not settings or client:starttls(settings) then
               serve(client)
            end
            client:close()
         end)
      end
   end)
   return (select(3, server:localname()))
end

local ports = {
   listen(serve_http1),
   listen(serve_http1, tls "http/1.1"),
   listen(serve_http2, tls "h2"),
   listen(serve_relay),
}
print(table.concat(ports, " "))
io.stdout:flush()

loop:wrap(function()
   local stdin = socket.fdopen(0)
   stdin:onerror(function(_, _, code)
      return code
   end)
   stdin:read(1)
   os.exit(0)
end)
repeat
   local ok, message = loop:loop()
   if not ok then
      io.stderr:write(message, "\n")
   end
until ok
