--- Faults on the wire: an answer that ends at every byte, one that goes on for ever, one that is none.

local frames = require "spec.torture.frames"
local raw = require "spec.torture.raw"
local world = require "spec.support.world"

local TEXT = ("Hourly Orders; "):rep(270)
local DOCUMENT = ('{"id":"cmraw","text":"%s","last":true}'):format(TEXT)
local HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

local function chunked(text)
   local middle = math.floor(#text / 2)
   local first, second = text:sub(1, middle), text:sub(middle + 1)
   return ("%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"):format(
      HEAD,
      #first,
      first,
      #second,
      second
   )
end

local function gzipped(text)
   local path = os.tmpname()
   local file = assert(io.open(path, "wb"))
   file:write(text)
   file:close()
   world.shell(("gzip -n -f %s"):format(path))
   local bytes = world.read(path .. ".gz")
   os.remove(path .. ".gz")
   return bytes
end

local with_length = ("%sContent-Length: %d\r\n\r\n%s"):format(HEAD, #DOCUMENT, DOCUMENT)

--- Whole answers, by how they say where they end.
local ANSWERS = {
   ["a length"] = with_length,
   ["chunks"] = chunked(DOCUMENT),
   ["gzip in chunks"] = (chunked(gzipped(DOCUMENT)):gsub("\r\n", "\r\nContent-Encoding: gzip\r\n", 1)),
   ["the connection's end"] = HEAD .. "\r\n" .. DOCUMENT,
   ["HTTP/2"] = frames.answer(DOCUMENT, 4),
}

local function outcome_of(value, err)
   if value == nil then
      return err.kind
   end
   return value.id == "cmraw" and value.text == TEXT and value.last == true and "whole" or "half a document"
end

local function good_base(wire)
   if wire == "h2" then
      return world.stand_in .. "/echo"
   end
   return raw.base(wire, "keep-" .. raw.file(with_length) .. "-0")
end

-- Calls, holds the outcome against what is wanted, and calls again: that has to work.
local function meet(row, client, case)
   local value, message, err, in_time = raw.fetch(client, case.base, case.seconds, case.given)
   local outcome = in_time and outcome_of(value, err) or "late"
   row:came(outcome)
   if not (" " .. case.wanted .. " "):find(" " .. outcome .. " ", 1, true) then
      row:finding(("%s: %s, not %s: %s"):format(case.name, outcome, case.wanted, message))
   end
   value, message = raw.fetch(client, case.good, 10)
   if not value and not case.is_last then
      row:finding(("%s: the next call: %s"):format(case.name, message))
   end
end

-- Every byte of an answer, or a few; always both ends.
local function offsets(length, step)
   local list = {}
   for count = 0, length - 1, step do
      list[#list + 1] = count
   end
   if list[#list] ~= length - 1 then
      list[#list + 1] = length - 1
   end
   list[#list + 1] = length
   return list
end

-- The headers' every byte, and every so many of the body, for what takes its time.
local function sparse(length, step)
   local list = {}
   for _, count in ipairs(offsets(length, 1)) do
      if count < 150 or count % step == 0 or count >= length - 1 then
         list[#list + 1] = count
      end
   end
   return list
end

-- What an answer may come to whose last bytes, of that many, say nothing any more.
local function wanted_after(count, given)
   local missing = #given.answer - count
   if missing == 0 and given.action ~= "reset" then
      return "whole"
   end
   return missing <= given.idle and "whole " .. given.wanted or given.wanted
end

-- An answer that ends so after each of these counts of bytes.
local function cut(row, given)
   local name, good = raw.file(given.answer), good_base(given.wire)
   raw.leak_free(row, function()
      raw.each(given.mode, given.counts, given.options, given.width, function(client, count)
         meet(row, client, {
            name = ("%s %s after %d bytes"):format(given.wire, given.action, count),
            base = raw.base(given.wire, ("%s-%s-%d"):format(given.action, name, count)),
            seconds = given.options.attempt_timeout or 20,
            wanted = wanted_after(count, given),
            good = good,
            -- The connection is kept, and the server silent.
            is_last = given.action == "hold" and count == #given.answer,
         })
      end)
   end)
end

local WIRES = { http = "HTTP/1.1", https = "HTTP/1.1 TLS", h2 = "HTTP/2 TLS" }

local ENDINGS = {
   { action = "close", words = "closed", wanted = "transport" },
   { action = "drop", words = "dropped", wanted = "transport" },
   { action = "reset", words = "reset", wanted = "transport" },
   { action = "hold", words = "silent", wanted = "timeout" },
}

local function every_byte(report, wire, mode, ending)
   local answer = wire == "h2" and ANSWERS["HTTP/2"] or with_length
   local is_hold = ending.action == "hold"
   local counts = offsets(#answer, report.is_long and 1 or 397)
   if is_hold and mode == "blocking" then
      counts = report.is_long and sparse(#answer, 64) or offsets(#answer, 1500)
   end
   local tried = ("%s at %s: %s, %s"):format(
      ending.words,
      is_hold and mode == "blocking" and "many bytes" or "every byte",
      WIRES[wire],
      mode
   )
   report:row(tried, function(row)
      cut(row, {
         wire = wire,
         mode = mode,
         action = ending.action,
         answer = answer,
         counts = counts,
         options = is_hold and { attempt_timeout = mode == "loop" and 0.3 or 0.06 } or {},
         width = is_hold and 96 or 8,
         wanted = ending.wanted,
         idle = 0,
      })
   end)
end

-- Where nothing says how long a body is, half of one is no JSON. What follows the last chunk's "0" is idle.
local OTHER_ENDS = {
   { "chunks", "transport", idle = 4 },
   { "gzip in chunks", "transport", idle = 4 },
   { "the connection's end", "transport decode", idle = 0 },
}

local function other_ends(report, mode, name, wanted, idle)
   report:row(("closed and dropped at every byte of %s, %s"):format(name, mode), function(row)
      for _, wire in ipairs({ "http", "https" }) do
         for _, action in ipairs({ "close", "drop" }) do
            cut(row, {
               wire = wire,
               mode = mode,
               action = action,
               answer = ANSWERS[name],
               counts = offsets(#ANSWERS[name], report.is_long and 1 or 999),
               options = {},
               width = 8,
               wanted = wanted,
               idle = idle,
            })
         end
      end
   end)
end

return function(report)
   for _, mode in ipairs(raw.modes) do
      for _, wire in ipairs({ "http", "https", "h2" }) do
         for _, ending in ipairs(ENDINGS) do
            every_byte(report, wire, mode, ending)
         end
      end
      for _, other in ipairs(OTHER_ENDS) do
         other_ends(report, mode, other[1], other[2], other.idle)
      end
   end
end
