--- Faults on the wire: an answer that ends at every byte, in each way, over each wire.

local frames = require "spec.torture.frames"
local meet = require "spec.torture.meet"
local raw = require "spec.torture.raw"

local function chunked(text)
   local middle = math.floor(#text / 2)
   local first, second = text:sub(1, middle), text:sub(middle + 1)
   local head = ("%sTransfer-Encoding: chunked\r\n\r\n%x\r\n"):format(meet.head, #first)
   return head .. first .. ("\r\n%x\r\n"):format(#second) .. second .. "\r\n0\r\n\r\n" -- in Lua 5.1 %s ends at a NUL
end

--- Whole answers, by how they say where they end.
local ANSWERS = {
   ["a length"] = meet.with_length,
   ["chunks"] = chunked(meet.document),
   ["gzip in chunks"] = (chunked(meet.gzip(meet.document)):gsub("\r\n", "\r\nContent-Encoding: gzip\r\n", 1)),
   ["the connection's end"] = meet.head .. "\r\n" .. meet.document,
   ["HTTP/2"] = frames.answer(meet.document, 4),
}

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

-- What an answer may come to whose last bytes, of that many, say nothing any more. An end out of order may take
-- the last bytes with it, and without the word by which TLS ends, nothing is whole from OpenSSL 3.2 on whose end is
-- the connection's.
local function wanted_after(count, given)
   local missing = #given.answer - count
   local in_order = given.action ~= "reset" and (given.action ~= "drop" or given.wire == "http")
   if missing == 0 and in_order then
      return "whole"
   end
   return missing <= given.idle and "whole " .. given.wanted or given.wanted
end

-- An answer that ends so after each of these counts of bytes.
local function cut(row, given)
   local name = raw.file(given.answer)
   raw.leak_free(row, function()
      raw.each(given.mode, given.counts, given.options, given.width, function(client, count)
         local is_held_whole = given.action == "hold" and count == #given.answer
         local limit = is_held_whole and 20 or given.options.attempt_timeout
         meet.fault(row, client, {
            wire = given.wire,
            name = ("%s %s after %d bytes"):format(given.wire, given.action, count),
            base = raw.base(given.wire, ("%s-%s-%d"):format(given.action, name, count)),
            seconds = limit or 20,
            given = { attempt_timeout = limit },
            wanted = wanted_after(count, given),
            -- The connection is kept, and the server silent.
            is_last = is_held_whole,
         })
      end)
   end)
end

local ENDINGS = {
   { action = "close", words = "closed", wanted = "transport" },
   { action = "drop", words = "dropped", wanted = "transport" },
   { action = "reset", words = "reset", wanted = "transport" },
   { action = "hold", words = "silent", wanted = "timeout" },
}

local function every_byte(report, wire, mode, ending)
   local answer = wire == "h2" and ANSWERS["HTTP/2"] or meet.with_length
   local is_hold = ending.action == "hold"
   local counts = offsets(#answer, report.is_long and 1 or 397)
   if is_hold and mode == "blocking" then
      counts = report.is_long and sparse(#answer, 64) or offsets(#answer, 1500)
   end
   local tried = ("%s at %s: %s, %s"):format(
      ending.words,
      is_hold and mode == "blocking" and "many bytes" or "every byte",
      meet.wires[wire],
      mode
   )
   report:row(tried, function(row)
      cut(row, {
         wire = wire,
         mode = mode,
         action = ending.action,
         answer = answer,
         counts = counts,
         options = is_hold and { attempt_timeout = mode == "loop" and 0.3 or 0.03 } or {},
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
