-- A transport of one's own for OpenResty: HTTP/1.0 by a cosocket, without TLS.

local function send(socket, request, host, path)
   local lines = { ("%s %s HTTP/1.0"):format(request.method, path), "Host: " .. host }
   for name, value in pairs(request.headers) do
      lines[#lines + 1] = ("%s: %s"):format(name, value)
   end
   if request.body then
      lines[#lines + 1] = ("Content-Length: %d"):format(#request.body)
   end
   return socket:send(table.concat(lines, "\r\n") .. "\r\n\r\n" .. (request.body or ""))
end

local function receive(socket)
   local line, problem = socket:receive()
   local status = tonumber((line or ""):match "^HTTP/%d%.%d (%d+)")
   if not status then
      return nil, problem or "no HTTP", problem == "timeout" and "timeout" or nil
   end
   local headers = {}
   repeat
      local name, value = (socket:receive() or ""):match "^([^:]+): *(.*)$"
      if name then
         headers[name] = value
      end
   until not name
   return status, headers, (socket:receive "*a")
end

return function(request)
   local host, port, path = request.url:match "^http://([^:/]+):(%d+)(/.*)$"
   local socket = ngx.socket.tcp()
   socket:settimeout(request.timeout * 1000)
   local ok, problem = socket:connect(host, tonumber(port))
   if not ok then
      return nil, problem, problem == "timeout" and "timeout" or "connect"
   end
   ok, problem = send(socket, request, host, path)
   if not ok then
      return nil, problem
   end
   return receive(socket)
end
