-- A transport of one's own: HTTP by LuaSocket, which knows no TLS.

local http = require "socket.http"
local ltn12 = require "ltn12"

http.TIMEOUT = 20

return function(request)
   local pieces, headers = {}, {}
   for name, value in pairs(request.headers) do
      headers[name] = value
   end
   headers["Content-Length"] = request.body and tostring(#request.body) or nil
   local ok, status, received = http.request({
      method = request.method,
      url = request.url,
      headers = headers,
      source = request.body and ltn12.source.string(request.body),
      sink = ltn12.sink.table(pieces),
      redirect = false,
   })
   if not ok then
      return nil, status
   end
   return status, received, table.concat(pieces)
end
