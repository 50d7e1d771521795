--- One call that meets a fault, and the next one, which has to work.

local raw = require "spec.torture.raw"
local world = require "spec.support.world"

local meet = {
   text = ("Hourly Orders; "):rep(270),
   head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
}

--- 4 KB.
meet.document = ('{"id":"cmraw","text":"%s","last":true}'):format(meet.text)

meet.with_length = ("%sContent-Length: %d\r\n\r\n%s"):format(meet.head, #meet.document, meet.document)

meet.wires = { http = "HTTP/1.1", https = "HTTP/1.1 TLS", h2 = "HTTP/2 TLS" }

function meet.gzip(text)
   local path = world.put(os.tmpname(), text)
   world.shell("gzip -n -f " .. path)
   local bytes = world.read(path .. ".gz")
   os.remove(path .. ".gz")
   return bytes
end

---"whole", "half a document", or the kind of the error.
function meet.outcome(value, err)
   if value == nil then
      return err.kind
   end
   local is_whole = value.id == "cmraw" and value.text == meet.text and value.last == true
   return is_whole and "whole" or "half a document"
end

local good_file

---Where the same wire gives a good answer.
function meet.good_base(wire)
   if wire == "h2" then
      return world.stand_in .. "/echo"
   end
   good_file = good_file or raw.file(meet.with_length)
   return raw.base(wire, ("keep-%s-0"):format(good_file))
end

-- With retries: what a server sends behind an answer without a body, libcurl 7.88 takes for the next one by
-- HTTP/1.1 over TLS. It has its time, whatever the call before it had.
local NEXT = { retries = 2, attempt_timeout = 20 }

---Calls, holds the outcome against what is wanted, and calls again.
---@param case { name: string, wire: string, base: string, wanted: string, seconds: number, given?: table, is_last?: boolean }
---`wanted` are outcomes with spaces between; `is_last`: no next call, its connection would be kept silent
function meet.fault(row, client, case)
   local value, message, err, in_time = raw.fetch(client, case.base, case.seconds, case.given)
   local outcome = in_time and meet.outcome(value, err) or "late"
   row:came(outcome)
   if not (" " .. case.wanted .. " "):find(" " .. outcome .. " ", 1, true) then
      row:finding(("%s: %s, not %s: %s"):format(case.name, outcome, case.wanted, tostring(message)))
   end
   if case.is_last then
      return
   end
   value, message = raw.fetch(client, meet.good_base(case.wire), 20, NEXT)
   if not value then
      row:finding(("%s: the next call: %s"):format(case.name, message))
   end
end

return meet
