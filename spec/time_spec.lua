local time = require "astro.time"

local function raised(f, ...)
   local ok, message = pcall(f, ...)
   assert.is_false(ok)
   return message
end

describe("time.parse", function()
   it("gives seconds since the epoch and the fraction", function()
      for text, wanted in pairs({
         ["1970-01-01T00:00:00Z"] = { 0, 0 },
         ["2024-01-12T18:32:20.5898930Z"] = { 1705084340, 0.589893 },
         ["2024-01-12t18:32:20z"] = { 1705084340, 0 },
         ["2026-01-05T08:00:00.123456789+00:00"] = { 1767600000, 0.123456789 },
         ["1969-12-31T23:59:59.5Z"] = { -1, 0.5 },
         ["0000-03-01T00:00:00Z"] = { -62162035200, 0 },
         ["9999-12-31T23:59:59Z"] = { 253402300799, 0 },
      }) do
         assert.same(wanted, { time.parse(text) }, text)
      end
   end)

   it("gives an integer where Lua has them", function()
      local seconds = time.parse "2024-01-12T18:32:20.5Z"
      assert.equal("1705084340", tostring(seconds))
   end)

   -- RFC 3339 has no limit; Go 1.19, Node.js 20, Python 3.11 and date of coreutils 9.1 take twelve digits
   it("takes any digits of fraction", function()
      for _, digits in ipairs({ 1, 3, 6, 9, 12, 40 }) do
         local _, fraction = time.parse(("2024-01-12T18:32:20.%sZ"):format(("1"):rep(digits)))
         assert.is_true(math.abs(fraction - 1 / 9) < math.max(10 ^ -digits, 1e-15))
      end
      local _, almost = time.parse(("2024-01-12T18:32:20.%sZ"):format(("9"):rep(40)))
      assert.is_true(almost > 0.999999 and almost < 1)
      for _, wrong in ipairs({ ".", ".1x", ".1.1" }) do
         assert.is_nil(time.parse("2024-01-12T18:32:20" .. wrong .. "Z"))
      end
   end)

   it("counts from UTC, whatever the offset", function()
      local noon = time.parse "2024-03-01T12:00:00Z"
      assert.equal(noon, (time.parse "2024-03-01T14:00:00+02:00"))
      assert.equal(noon, (time.parse "2024-03-01T06:30:00-05:30"))
      assert.equal(noon, (time.parse "2024-02-29T12:01:00-23:59"))
   end)

   it("knows the calendar", function()
      local day = 86400
      assert.equal(2 * day, time.parse "2024-03-01T00:00:00Z" - time.parse "2024-02-28T00:00:00Z")
      assert.equal(day, time.parse "1900-03-01T00:00:00Z" - time.parse "1900-02-28T00:00:00Z")
      assert.equal(2 * day, time.parse "2000-03-01T00:00:00Z" - time.parse "2000-02-28T00:00:00Z")
      assert.equal(2 * day, time.parse "0000-03-01T00:00:00Z" - time.parse "0000-02-28T00:00:00Z")
      assert.equal(366 * day, time.parse "0002-01-01T00:00:00Z" - time.parse "0000-12-31T00:00:00Z")
      local before, wrong = time.parse "1899-12-31T00:00:00Z", nil
      for year = 1900, 2100 do
         for month, days in ipairs({ 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }) do
            local is_leap = year % 4 == 0 and (year % 100 ~= 0 or year == 2000)
            for d = 1, days + (month == 2 and is_leap and 1 or 0) do
               local text = ("%04d-%02d-%02d"):format(year, month, d)
               local seconds = time.parse(text .. "T00:00:00Z")
               if seconds ~= before + day or time.text(seconds) ~= text .. " 00:00:00" then
                  wrong = wrong or text
               end
               before = seconds
            end
         end
      end
      assert.is_nil(wrong)
   end)

   it("takes a leap second at the end of a month in UTC alone", function()
      local after = time.parse "2017-01-01T00:00:00Z"
      assert.equal(after, (time.parse "2016-12-31T23:59:60Z"))
      assert.equal(after, (time.parse "2016-12-31T18:59:60-05:00"))
      for _, wrong in ipairs({ "2016-12-30T23:59:60Z", "2016-12-31T22:59:60Z", "2016-12-31T23:59:60+01:00" }) do
         assert.same(
            { nil, ("bad timestamp '%s': a leap second that is not the last of a month"):format(wrong) },
            { time.parse(wrong) }
         )
      end
   end)

   it("gives nil alone for what is unset", function()
      assert.equal(1, select("#", time.parse(nil)))
      assert.equal(1, select("#", time.parse "0001-01-01T00:00:00Z"))
      assert.is_nil(time.parse "0001-01-01T00:00:00Z")
   end)

   it("says in one line why anything else is none", function()
      for text, why in pairs({
         [""] = "not a timestamp",
         ["2024-01-12"] = "not a timestamp",
         ["2024-01-12 18:32:20Z"] = "not a timestamp",
         ["24-01-12T18:32:20Z"] = "not a timestamp",
         ["2024-1-12T18:32:20Z"] = "not a timestamp",
         ["2024-01-12T18:32:20Z\n"] = "no offset",
         ["2024-01-12T18:32:20"] = "no offset",
         ["2024-01-12T18:32:20+0200"] = "no offset",
         ["2024-01-12T18:32:20+24:00"] = "no offset",
         ["2024-00-12T18:32:20Z"] = "no such day",
         ["2024-13-12T18:32:20Z"] = "no such day",
         ["2023-02-29T18:32:20Z"] = "no such day",
         ["2024-04-31T18:32:20Z"] = "no such day",
         ["2024-04-00T18:32:20Z"] = "no such day",
         ["2024-01-12T24:00:00Z"] = "no such time of day",
         ["2024-01-12T23:60:00Z"] = "no such time of day",
         ["2024-01-12T23:00:61Z"] = "no such time of day",
      }) do
         local seconds, message = time.parse(text)
         assert.is_nil(seconds, text)
         assert.is_truthy(message:find(why, 1, true), text .. ": " .. message)
         assert.is_nil(message:find "%c")
      end
   end)

   it("raises for what is no text", function()
      assert.matches(
         "^[^\n]*time_spec.lua:%d+: bad argument 'text' to 'time.parse' %(a string expected, got number%)",
         raised(function()
            time.parse(5)
         end)
      )
   end)
end)

describe("time.ago", function()
   it("says how far away a time is, in one unit, rounded down", function()
      for seconds, wanted in pairs({
         [0] = "just now",
         [59] = "just now",
         [-59] = "just now",
         [60] = "1 min ago",
         [3599] = "59 min ago",
         [3600] = "1 h ago",
         [86399] = "23 h ago",
         [3 * 86400 + 5] = "3 d ago",
         [364 * 86400] = "364 d ago",
         [365 * 86400] = "1 y ago",
         [-2 * 3600] = "in 2 h",
         [-90] = "in 1 min",
      }) do
         assert.equal(wanted, time.ago(1e9 - seconds, 1e9))
      end
   end)

   it("counts from now where nothing else is said, and gives nil for nil", function()
      assert.equal("just now", time.ago(os.time()))
      assert.is_nil(time.ago(nil, 5))
   end)

   it("takes fractions of seconds", function()
      assert.equal("1 min ago", time.ago(1e9 - 60.5, 1e9))
      assert.equal("just now", time.ago(1e9 + 0.5, 1e9))
   end)

   it("raises for what is no number", function()
      assert.matches(
         "bad argument 't' to 'time.ago' %(a number expected, got string%)",
         raised(time.ago, "x")
      )
      assert.matches(
         "bad argument 'now' to 'time.ago' %(a number expected, got table%)",
         raised(time.ago, 1, {})
      )
      assert.matches("bad argument 't' to 'time.ago' %(seconds expected, got inf", raised(time.ago, 1 / 0))
      assert.matches("bad argument 'now' to 'time.ago' %(seconds expected, got ", raised(time.ago, 1, 0 / 0))
   end)
end)

describe("time.text", function()
   it("says any second in UTC, a part of one left out", function()
      for seconds, wanted in pairs({
         [0] = "1970-01-01 00:00:00",
         [1705084340] = "2024-01-12 18:32:20",
         [1705084340.9] = "2024-01-12 18:32:20",
         [-0.5] = "1969-12-31 23:59:59",
         [253402300800] = "10000-01-01 00:00:00",
      }) do
         assert.equal(wanted, time.text(seconds))
      end
      assert.matches("^%-?%d+%-12%-31 10:00:00$", time.text((time.parse "0000-01-01T00:00:00+14:00")))
   end)

   it("raises for what is no number, where its caller stands", function()
      for value, message in pairs({
         ["x"] = "a number expected, got string",
         [1 / 0] = "seconds expected, got inf",
         [-1 / 0] = "seconds expected, got -inf",
         [1e300] = "seconds expected, got 1e+300",
      }) do
         local _, got = pcall(function()
            time.text(value)
         end)
         local wanted = ("bad argument 'seconds' to 'time.text' (%s)"):format(message)
         assert.equal(wanted, got:match "^[^\n]*time_spec.lua:%d+: (.*)$")
      end
      assert.matches(
         "bad argument 'seconds' to 'time.text' %(a number expected, got nil%)",
         raised(time.text)
      )
   end)

   it("writes no fraction, and names what is no number", function()
      assert.equal("1970-01-01 00:00:01", time.text(1.9))
      assert.equal("1969-12-31 23:59:58", time.text(-1.5))
      assert.error_matches(function()
         time.text()
      end, "bad argument 'seconds' to 'time.text' %(a number expected, got nil%)")
   end)
end)
