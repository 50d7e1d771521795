local world = require "spec.support.world"

local function retry_after_of(bytes)
   return world.failure(world.fault("send", bytes)).retry_after
end

-- What a 429 with these header lines asks for.
local function asked(...)
   local lines = table.concat({ "HTTP/1.1 429 x", "Content-Length: 0", ... }, "\r\n")
   return retry_after_of(lines .. "\r\n\r\n")
end

local function imf(time)
   return os.date("!%a, %d %b %Y %H:%M:%S GMT", time)
end

local WEEK = 604800

describe("Retry-After", function()
   for value, seconds in pairs({
      ["7"] = 7,
      ["007"] = 7,
      ["7.0"] = 7,
      ["7.2"] = 8,
      ["0.001"] = 1,
      ["604799.5"] = WEEK,
      ["604800.5"] = WEEK,
      ["604801"] = WEEK,
      ["1790000000"] = WEEK,
      ["20991231"] = WEEK,
      [("9"):rep(400)] = WEEK,
   }) do
      it(("counts seconds, rounds up, and ends at a week: %.20s"):format(value), function()
         assert.equal(seconds, asked("Retry-After: " .. value))
      end)
   end

   local FORMS = {
      { "Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:51:07 GMT" },
      { "Sunday, 06-Nov-94 08:49:37 GMT", "Sunday, 06-Nov-94 08:51:07 GMT" },
      { "Sun Nov  6 08:49:37 1994", "Sun Nov  6 08:51:07 1994" },
   }

   for _, date in ipairs(FORMS) do
      for _, value in ipairs(FORMS) do
         it(("reads %s by the answer's own date, %s"):format(value[2], date[1]), function()
            assert.equal(90, asked("Date: " .. date[1], "Retry-After: " .. value[2]))
            assert.equal(90, asked("Retry-After: " .. value[2], "Date: " .. date[1]))
            assert.is_nil(asked("Date: " .. value[2], "Retry-After: " .. date[1]))
         end)
      end
   end

   for from, till in pairs({
      ["Fri, 31 Dec 1999 23:59:59 GMT"] = "Sat, 01 Jan 2000 00:00:00 GMT",
      ["Mon, 28 Feb 2028 23:59:59 GMT"] = "Tue, 29 Feb 2028 00:00:00 GMT",
      ["Tue, 29 Feb 2028 23:59:59 GMT"] = "Wed, 01 Mar 2028 00:00:00 GMT",
      ["Sun, 28 Feb 2100 23:59:59 GMT"] = "Mon, 01 Mar 2100 00:00:00 GMT",
      ["Sat, 31 Dec 2016 23:59:59 GMT"] = "Sat, 31 Dec 2016 23:59:60 GMT",
      ["Wed Nov 16 00:00:00 1994"] = "Wed Nov 16 00:00:01 1994",
   }) do
      it("counts one second from " .. from, function()
         assert.equal(1, asked("Date: " .. from, "Retry-After: " .. till))
      end)
   end

   it("goes by our clock where the answer has no date, or none that is one", function()
      for _, date in ipairs({ "Server: x", "Date: today" }) do
         local seconds = asked(date, "Retry-After: " .. imf(os.time() + 3600))
         assert.is_true(seconds > 3500 and seconds <= 3600)
         assert.is_nil(asked(date, "Retry-After: " .. imf(os.time() - 3600)))
      end
      assert.equal(WEEK, asked "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT")
   end)

   it("takes a year of two digits for the last one that is not 50 years ahead", function()
      local function in_years(count)
         local year = (os.date "!*t").year + count
         return asked(("Retry-After: Sunday, 01-Jan-%02d 00:00:00 GMT"):format(year % 100))
      end
      assert.same({ WEEK, WEEK }, { in_years(2), in_years(49) })
      assert.same({}, { in_years(-1), in_years(-48), in_years(52) })
   end)

   for _, value in ipairs({
      "",
      "0",
      "0.0",
      "soon",
      "-5",
      "+5",
      "5.",
      ".5",
      "1.5.5",
      "1,5",
      "1e3",
      "0x10",
      "7 s",
      "7, 7",
      "31 Dec 9999 23:59:59 GMT",
      "Fri, 31 Dec 9999",
      "Fri, 31 Dec 9999 23:59:59",
      "Fri, 31 Dec 9999 23:59:59 UTC",
      "Fri, 31 Dec 9999 23:59:59 EST",
      "Fri, 31 Dec 9999 23:59:59 +0000",
      "Fri, 31 Dec 9999 23:59:59 GMT x",
      "fri, 31 dec 9999 23:59:59 gmt",
      "Fri, 1 Dec 9999 23:59:59 GMT",
      "Fri, 31 Dec 99999 23:59:59 GMT",
      "Fri, 30 Feb 9999 23:59:59 GMT",
      "Mon, 29 Feb 9999 23:59:59 GMT",
      "Fri, 00 Dec 9999 23:59:59 GMT",
      "Fri, 31 Dez 9999 23:59:59 GMT",
      "Fri, 31 Dec 9999 24:00:00 GMT",
      "Fri, 31 Dec 9999 23:60:00 GMT",
      "Fri, 31 Dec 9999 23:59:61 GMT",
      "Thu, 01 Jan 1970 00:00:00 GMT",
   }) do
      it("is none where it is neither: " .. value, function()
         assert.is_nil(asked("Retry-After: " .. value))
      end)
   end

   it("is found whatever its case and the blanks around it", function()
      for _, line in ipairs({ "retry-after:7", "RETRY-AFTER: \t 7 \t", "Retry-After: 7" }) do
         assert.equal(7, asked(line))
      end
      assert.is_nil(asked "X-Retry-After: 7")
   end)

   it("is the final answer's alone", function()
      local hints = "HTTP/1.1 103 Early Hints\r\nRetry-After: 9\r\n\r\n"
      assert.is_nil(retry_after_of(hints .. "HTTP/1.1 429 x\r\nContent-Length: 0\r\n\r\n"))
      local final = "HTTP/1.1 429 x\r\n%sTransfer-Encoding: chunked\r\n\r\n0\r\nRetry-After: 9\r\n\r\n"
      assert.is_nil(retry_after_of(final:format ""))
      assert.equal(5, retry_after_of(hints .. final:format "Retry-After: 5\r\n"))
   end)

   it("does not outlive its answer", function()
      assert.equal(7, asked "Retry-After: 7")
      assert.is_nil(asked "Server: x")
   end)
end)
