--- Answers that are wrong, never end or are none, by HTTP/1.1.

local meet = require "spec.torture.meet"
local raw = require "spec.torture.raw"

local HEAD, DOCUMENT = meet.head, meet.document
local CHUNKED = HEAD .. "Transfer-Encoding: chunked\r\n\r\n"

--- Nothing here takes longer.
local LIMITS = { max_body = 65536, attempt_timeout = 5 }
local SHORT = { attempt_timeout = 0.2 }

local function length_of(text, length)
   return ("%sContent-Length: %s\r\n\r\n%s"):format(HEAD, length, text)
end

local function encoded(encoding, bytes)
   return ("%sContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"):format(HEAD, encoding, #bytes) .. bytes
end

local ENDLESS = {
   ["a body"] = { HEAD .. "\r\n", "x", "too_large" },
   ["a body in chunks"] = { CHUNKED, "10\r\n0123456789abcdef\r\n", "too_large" },
   ["a body after a length"] = { length_of("", "1000000000000000"), "x", "too_large" },
   ["chunks of one byte"] = { CHUNKED, "1\r\nx\r\n", "too_large" },
   ["a chunk's size"] = { CHUNKED, "0", "transport" },
   ["a chunk's extension"] = { CHUNKED .. "1;", "x", "timeout", SHORT },
   ["trailers"] = { CHUNKED .. "0\r\n", "X-Filler: x\r\n", "transport" },
   ["headers"] = { HEAD, "X-Filler: x\r\n", "transport" },
   ["one header"] = { HEAD .. "X-Filler: ", "x", "transport" },
   ["a folded header"] = { HEAD .. "X-Filler: x\r\n", " x\r\n", "transport" },
   ["the status line"] = { "HTTP/1.1 200 O", "K", "transport" },
   ["empty lines"] = { "", "\r\n", "transport" },
   ["noise"] = { "", "noise", "transport" },
   ["interim answers"] = { "", "HTTP/1.1 103 Early Hints\r\n\r\n", "transport" },
   ["100 Continue"] = { "", "HTTP/1.1 100 Continue\r\nX: y\r\n\r\n", "transport" },
}

--- Sent, then closed.
local WRONG = {
   ["a length too short"] = { length_of(DOCUMENT, #DOCUMENT - 1), "decode" },
   ["a length of nothing"] = { length_of(DOCUMENT, 0), "decode" },
   ["a length too long"] = { length_of(DOCUMENT, #DOCUMENT + 1), "transport" },
   ["a length below zero"] = { length_of(DOCUMENT, -1), "transport" },
   ["a length of words"] = { length_of(DOCUMENT, "many"), "transport" },
   ["a length past 64 bits"] = { length_of(DOCUMENT, ("9"):rep(30)), "whole transport too_large" },
   ["two lengths"] = { length_of(DOCUMENT, "5\r\nContent-Length: " .. #DOCUMENT), "transport decode whole" },
   ["a length beside chunks"] = {
      ("%sContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"):format(
         HEAD,
         #DOCUMENT,
         DOCUMENT
      ),
      "transport whole",
   },
   ["a chunk of no size"] = { CHUNKED .. "\r\n{}\r\n0\r\n\r\n", "transport" },
   ["a chunk of size zz"] = { CHUNKED .. "zz\r\n{}\r\n0\r\n\r\n", "transport" },
   ["a chunk of size -2"] = { CHUNKED .. "-2\r\n{}\r\n0\r\n\r\n", "transport" },
   ["a chunk past 64 bits"] = { CHUNKED .. ("f"):rep(17) .. "\r\n{}\r\n0\r\n\r\n", "transport" },
   ["a chunk that is longer than it says"] = { CHUNKED .. "1\r\n{}\r\n0\r\n\r\n", "transport" },
   ["a chunk that is shorter than it says"] = { CHUNKED .. "9\r\n{}\r\n0\r\n\r\n", "transport" },
   ["HTTP/0.9, a document"] = { DOCUMENT, "transport" },
   ["HTTP/0.9, a page"] = { "<html>no headers</html>", "transport" },
   ["a version of its own"] = { (meet.with_length:gsub("HTTP/1.1", "HTTP/9.9", 1)), "transport" },
   ["no status"] = { "HTTP/1.1 OK\r\n\r\n{}", "transport" },
   ["a status of four digits"] = { "HTTP/1.1 2000 OK\r\n\r\n{}", "transport" },
   ["status 000"] = { "HTTP/1.1 000 OK\r\n\r\n{}", "transport" },
   ["status 99"] = { "HTTP/1.1 099 OK\r\n\r\n{}", "transport" },
   ["other protocols"] = { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n{}", "transport" },
   ["an interim answer at last"] = { "HTTP/1.1 100 Continue\r\n\r\n", "transport" },
   ["a NUL in a header"] = { HEAD .. "X: a\0b\r\n\r\n" .. DOCUMENT, "transport whole" },
   ["a header without a colon"] = { HEAD .. "words\r\n\r\n" .. DOCUMENT, "transport whole" },
   ["line feeds alone"] = { (meet.with_length:gsub("\r\n", "\n")), "whole" },
   ["204 with a body"] = { "HTTP/1.1 204 No Content\r\n\r\n" .. DOCUMENT, "decode" },
   ["304 with a body"] = { "HTTP/1.1 304 Not Modified\r\n\r\n" .. DOCUMENT, "invalid" },
   ["206, a part"] = { "HTTP/1.1 206 Partial Content\r\n\r\n" .. DOCUMENT:sub(1, 2000), "decode" },
   ["an encoding that nobody knows"] = { encoded("astro", DOCUMENT), "transport" },
   ["what calls itself gzip"] = { encoded("gzip", DOCUMENT), "transport" },
   ["gzip cut in the middle"] = { encoded("gzip", meet.gzip(DOCUMENT):sub(1, 50)), "transport decode" },
   ["gzip with a wrong checksum"] = {
      encoded("gzip", (meet.gzip(DOCUMENT):gsub("....(....)$", "abcd%1"))),
      "transport",
   },
   ["gzip a hundred times"] = { encoded(("gzip, "):rep(99) .. "gzip", meet.gzip(DOCUMENT)), "transport" },
}

-- Ones to learn by: megabytes of zeros in a few kilobytes, once and twice packed.
local function bombs()
   local path = os.tmpname()
   os.execute(("head -c 67108864 /dev/zero | gzip -n >%s"):format(path))
   local file = assert(io.open(path, "rb"))
   local once = file:read "*a"
   file:close()
   os.remove(path)
   return {
      ["gzip of 64 MiB"] = encoded("gzip", once),
      ["gzip of gzip of 64 MiB"] = encoded("gzip, gzip", meet.gzip(once)),
   }
end

local function each_case(row, mode, cases, given)
   raw.leak_free(row, function()
      raw.each(mode, cases, given, 8, function(client, case)
         meet.fault(row, client, case)
      end)
   end)
end

-- A case for either wire.
local function add(cases, name, instruction, wanted, given)
   for _, wire in ipairs({ "http", "https" }) do
      cases[#cases + 1] = {
         name = wire .. ", " .. name,
         wire = wire,
         base = raw.base(wire, instruction),
         wanted = wanted,
         seconds = 5,
         given = given,
      }
   end
end

local function endless(row, mode)
   local cases = {}
   for name, parts in pairs(ENDLESS) do
      add(
         cases,
         name,
         ("endless-%s-%d"):format(raw.file(parts[1] .. parts[2]), #parts[1]),
         parts[3],
         parts[4]
      )
   end
   each_case(row, mode, cases, LIMITS)
end

local function wrong(row, mode)
   local cases = {}
   for name, case in pairs(WRONG) do
      add(cases, name, ("close-%s-%d"):format(raw.file(case[1]), #case[1]), case[2])
   end
   each_case(row, mode, cases, LIMITS)
end

local function trickles(row, mode)
   local cases = {}
   local name = raw.file(meet.with_length)
   for _, size in ipairs({ 64, 512 }) do
      add(cases, "so many bytes at a time: " .. size, ("trickle-%s-%d"):format(name, size), "whole")
   end
   add(cases, "a byte at a time", ("trickle-%s-1"):format(name), "timeout", SHORT)
   each_case(row, mode, cases, LIMITS)
end

-- Kilobytes that the process had at most; nil where the system does not tell.
local function peak()
   local file = io.open "/proc/self/status"
   local text = file and file:read "*a" or ""
   if file then
      file:close()
   end
   return tonumber(text:match "VmHWM:%s*(%d+)")
end

local function unpacked(row, mode)
   local cases = {}
   for name, bytes in pairs(bombs()) do
      add(cases, name, ("close-%s-%d"):format(raw.file(bytes), #bytes), "too_large")
   end
   local before = peak()
   each_case(row, mode, cases, LIMITS)
   if before and peak() - before > 16384 then
      row:finding(("%d KB more memory"):format(peak() - before))
   end
end

-- Noise that any run can have again.
local function noise(row, mode, count)
   local cases = {}
   local seed = os.time()
   math.randomseed(seed)
   for i = 1, count do
      local bytes = {}
      for b = 1, math.random(400) do
         bytes[b] = string.char(math.random(0, 255))
      end
      local text = (i % 2 == 0 and "HTTP/1.1 " or "") .. table.concat(bytes)
      local name = ("noise %d of seed %d"):format(i, seed)
      add(cases, name, ("close-%s-%d"):format(raw.file(text), #text), "transport")
   end
   each_case(row, mode, cases, LIMITS)
end

return function(report)
   for _, mode in ipairs(raw.modes) do
      local function row(tried, f, ...)
         local more = { ... }
         report:row(("%s: HTTP/1.1, plain and TLS, %s"):format(tried, mode), function(one)
            f(one, mode, more[1])
         end)
      end
      row("without an end", endless)
      row("wrong in itself", wrong)
      row("slowly", trickles)
      row("compressed bombs", unpacked)
      row("noise", noise, report.is_long and 1000 or 10)
   end
end
