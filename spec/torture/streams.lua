--- HTTP/2 that goes wrong: streams reset, connections told to go away, frames that are none.

local frames = require "spec.torture.frames"
local meet = require "spec.torture.meet"
local raw = require "spec.torture.raw"

local frame = frames.frame
local DOCUMENT = meet.document
local HALF, REST = DOCUMENT:sub(1, 2000), DOCUMENT:sub(2001)
local OPEN, OK = frames.settings(), frames.headers(200)
local START = OPEN .. OK .. frames.data(HALF)
local WHOLE = START .. frames.data(REST, true)

local LIMITS = { max_body = 65536, attempt_timeout = 2 }
local SHORT = { max_body = 65536, attempt_timeout = 0.3 }

--- Where the call may also be tried once more by libcurl itself, in vain.
local ANY = "transport timeout connect tls"

--- libcurl 7.88 ends a stream as if it were whole where the connection breaks its protocol: half a body, which
--- is no JSON.
local BROKEN = "transport decode"

local function with_length(length)
   return frames.headers(200, { { "content-length", tostring(length) } })
end

--- Sent, then closed.
local WRONG = {
   ["GOAWAY before the answer"] = { OPEN .. frames.goaway(0, 0), ANY },
   ["GOAWAY in the middle"] = { START .. frames.goaway(0, 0), "transport" },
   ["GOAWAY with an error, in the middle"] = { START .. frames.goaway(1, 2), "transport" },
   ["GOAWAY for later streams, then the rest"] = {
      START .. frames.goaway(1, 0) .. frames.data(REST, true),
      "whole",
   },
   ["GOAWAY behind the answer"] = { WHOLE .. frames.goaway(1, 0), "whole" },
   ["an end in the middle"] = { START, "transport" },
   ["a stream's end in the middle"] = { OPEN .. OK .. frames.data(HALF, true), "decode" },
   ["headers alone"] = { OPEN .. frames.headers(200, {}, true), "decode" },
   ["a length too short"] = { OPEN .. with_length(10) .. frames.data(DOCUMENT, true), "transport" },
   ["a length too long"] = { OPEN .. with_length(9999) .. frames.data(DOCUMENT, true), "transport" },
   ["a length of words"] = { OPEN .. with_length "many" .. frames.data(DOCUMENT, true), "transport" },
   ["a body before its headers"] = { OPEN .. frames.data(DOCUMENT, true), "transport" },
   ["a body on no stream"] = { START .. frame("data", 1, 0, REST), BROKEN },
   ["a body on another stream"] = { START .. frame("data", 1, 3, REST), BROKEN },
   ["a body on a stream of the server"] = { START .. frame("data", 1, 2, REST), BROKEN },
   ["headers on no stream"] = {
      OPEN .. frame("headers", 4, 0, frames.block({ { ":status", "200" } })),
      "transport",
   },
   ["headers that are none"] = { OPEN .. frame("headers", 4, 1, "\255\255\255\255\255\255"), "transport" },
   ["headers without a status"] = {
      OPEN .. frame("headers", 5, 1, frames.block({ { "a", "b" } })),
      "transport",
   },
   ["a status of words"] = { OPEN .. frames.headers "fine" .. frames.data(DOCUMENT, true), "transport" },
   ["a status of four digits"] = {
      OPEN .. frames.headers "2000" .. frames.data(DOCUMENT, true),
      "transport",
   },
   ["an upper-case header"] = {
      OPEN .. frames.headers(200, { { "X-Up", "x" } }) .. frames.data(DOCUMENT, true),
      "transport",
   },
   ["headers that go on elsewhere"] = {
      OPEN .. frame("headers", 0, 1, "") .. frames.data(DOCUMENT, true),
      "transport",
   },
   ["a continuation of nothing"] = { START .. frame("continuation", 4, 1, ""), BROKEN },
   ["trailers that end nothing"] = { START .. frames.headers(200), "transport" },
   ["trailers"] = {
      START .. frames.data(REST) .. frame("headers", 5, 1, frames.block({ { "a", "b" } })),
      "whole",
   },
   ["a frame too large"] = { START .. frame("data", 0, 1, ("x"):rep(16385)), BROKEN },
   ["a promise"] = { START .. frame("push_promise", 4, 1, "\0\0\0\2"), BROKEN },
   ["settings that are none"] = { frame("settings", 0, 0, "12345"), "transport" },
   ["a window past its end"] = {
      START .. frame("window_update", 0, 0, "\127\255\255\255"):rep(2),
      BROKEN,
   },
   ["padding longer than its frame"] = { START .. frame("data", 8, 1, "\255x"), BROKEN },
   ["frames that nobody knows"] = { OPEN .. frame(99, 255, 1, "?") .. WHOLE:sub(#OPEN + 1), "whole" },
   ["HTTP/1.1 in its place"] = { meet.with_length, "transport" },
   ["nothing at all"] = { "", "transport" },
}

--- Again and again.
local ENDLESS = {
   ["a body"] = { OPEN .. OK, frames.data "x", "too_large" },
   ["a body of nothing"] = { OPEN .. OK, frames.data "", "transport timeout", SHORT },
   ["interim answers"] = { OPEN, frames.headers(103), "transport" },
   ["headers"] = { OPEN, frames.headers(200, { { "x-filler", ("x"):rep(100) } }), "transport" },
   ["continuations"] = {
      OPEN .. frame("headers", 0, 1, frames.block({ { ":status", "200" } })),
      frame("continuation", 0, 1, frames.block({ { "x-filler", ("x"):rep(100) } })),
      "transport",
   },
   ["empty continuations"] = {
      OPEN .. frame("headers", 0, 1, frames.block({ { ":status", "200" } })),
      frame("continuation", 0, 1, ""),
      "transport timeout",
      SHORT,
   },
   ["pings"] = { OPEN, frame("ping", 0, 0, "12345678"), "transport timeout", SHORT },
   ["settings"] = { OPEN, frame("settings", 0, 0, ""), "transport timeout", SHORT },
   ["frames that nobody knows"] = { OPEN, frame(99, 0, 0, "?"), "transport timeout", SHORT },
   ["resets of other streams"] = { OPEN, frame("rst_stream", 0, 3, "\0\0\0\8"), "transport timeout", SHORT },
}

local function case_of(name, action, bytes, count, wanted, given)
   return {
      name = name,
      wire = "h2",
      base = raw.base("h2", ("%s-%s-%d"):format(action, raw.file(bytes), count)),
      wanted = wanted,
      seconds = 5,
      given = given,
   }
end

local function wrong_cases()
   local cases = {}
   for name, case in pairs(WRONG) do
      cases[#cases + 1] = case_of(name, "close", case[1], #case[1], case[2])
   end
   return cases
end

local function endless_cases()
   local cases = {}
   for name, case in pairs(ENDLESS) do
      cases[#cases + 1] = case_of(name, "endless", case[1] .. case[2], #case[1], case[3], case[4])
   end
   return cases
end

--- Where in an answer a stream may be reset, and the next bytes may still come.
local PLACES =
   { [""] = "before the headers", [OK] = "behind the headers", [OK .. frames.data(HALF)] = "in the body" }

-- By every code there is, and one that is none.
local function reset_cases()
   local cases = {}
   for code = 0, 14 do
      for bytes, where in pairs(PLACES) do
         for _, action in ipairs({ "close", "hold" }) do
            local all = OPEN .. bytes .. frames.rst_stream(code)
            -- Without an error, what came may be all: then it is no JSON.
            local wanted = code == 0 and "decode " .. ANY or ANY
            local name = ("code %d %s, then %s"):format(code, where, action)
            cases[#cases + 1] = case_of(name, action, all, #all, wanted, SHORT)
         end
      end
   end
   return cases
end

local HTTP_1_1_REQUIRED = 13

local function go_away_cases(step)
   local cases = {}
   for code = 0, 14, step do
      for _, last in ipairs({ 0, 1, 2 ^ 31 - 1 }) do
         -- What was not looked at, libcurl from 8.23 on asks once more by HTTP/1.1, which this server does not speak.
         local again = code == HTTP_1_1_REQUIRED and last == 0 and " tls" or ""
         local all = START .. frames.goaway(last, code)
         local name = ("code %d, last stream %d"):format(code, last)
         cases[#cases + 1] = case_of(name .. ", then an end", "close", all, #all, "transport" .. again)
         local silence = "transport timeout" .. again
         cases[#cases + 1] = case_of(name .. ", then silence", "hold", all, #all, silence, SHORT)
      end
   end
   return cases
end

return function(report)
   for _, mode in ipairs(raw.modes) do
      local function row(tried, cases)
         report:row(("%s: HTTP/2 TLS, %s"):format(tried, mode), function(one)
            raw.leak_free(one, function()
               raw.each(mode, cases, LIMITS, 8, function(client, case)
                  meet.fault(one, client, case)
               end)
            end)
         end)
      end
      row("wrong in itself", wrong_cases())
      row("without an end", endless_cases())
      row("RST_STREAM", reset_cases())
      row("GOAWAY in the middle", go_away_cases(report.is_long and 1 or 7))
   end
end
