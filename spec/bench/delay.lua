-- Runs a command with a slow network before it: lua delay.lua PORT SECONDS COMMAND [ARGUMENT...]
--
-- A relay to the loopback port PORT, whose own port takes the place of "PORT" in the arguments. What goes through
-- it arrives SECONDS / 2 later, and the first bytes of a connection one whole round trip later still: that is
-- what the TCP handshake, which the kernel answers at once, would have taken. After the command's own output
-- it prints how many connections there were. (netem does the same where the kernel has it; this runs everywhere.)

local uv = require "luv"

local target, round_trip = tonumber(arg[1]), tonumber(arg[2]) * 1000
local connections, status = 0, 0

-- Passes on what one end sends, in order, none of it before `opened`.
local function pass(from, to, opened)
   from:read_start(function(_, bytes)
      local wait = math.max(opened - uv.now(), 0) + round_trip / 2
      local timer = uv.new_timer()
      timer:start(math.floor(wait), 0, function()
         timer:close()
         if to:is_closing() then
            return
         elseif bytes then
            to:write(bytes)
         else
            to:close()
         end
      end)
   end)
end

local function accept(server)
   local client, upstream = uv.new_tcp(), uv.new_tcp()
   server:accept(client)
   connections = connections + 1
   client:nodelay(true)
   upstream:nodelay(true)
   local opened = uv.now() + round_trip
   upstream:connect("127.0.0.1", target, function()
      pass(client, upstream, opened)
      pass(upstream, client, 0)
   end)
end

local server = uv.new_tcp()
server:bind("127.0.0.1", 0)
server:listen(1024, function()
   accept(server)
end)

-- Either end may be gone when the other's bytes arrive.
uv.new_signal():start("sigpipe", function() end)

local arguments = {}
for i = 4, #arg do
   arguments[#arguments + 1] = (arg[i]:gsub("PORT", tostring(server:getsockname().port)))
end
local started, message = uv.spawn(arg[3], { args = arguments, stdio = { nil, 1, 2 } }, function(code)
   status = code
   uv.stop()
end)
assert(started, message)
uv.run()
print(connections)
os.exit(status)
