local cron = require "astro.pretty.cron"

describe("cron.words", function()
   for text, wanted in pairs({
      ["0 20 * * *"] = "20:00 every day, UTC",
      ["30 6 * * 1-5"] = "06:30 on weekdays (Mon to Fri), UTC",
      ["0 20 * * MON-FRI"] = "20:00 on weekdays (Mon to Fri), UTC",
      [" 5  0 *  * 0,6 "] = "00:05 at weekends (Sat and Sun), UTC",
      ["0 0 * * sat,SUN"] = "00:00 at weekends (Sat and Sun), UTC",
      ["0 0 * * 6"] = "00:00 on Sat, UTC",
      ["0 0 * * sun"] = "00:00 on Sun, UTC",
      ["0 8 * * 1,3-5"] = "08:00 on Mon, Wed to Fri, UTC",
      -- whatever the form, the days are the same
      ["0 8 * * 0-6"] = "08:00 every day, UTC",
      ["0 8 * * */1"] = "08:00 every day, UTC",
      ["0 8 ? * ?"] = "08:00 every day, UTC",
      ["0 8 1-31 * *"] = "08:00 every day, UTC",
      ["0 8 * * 1,1"] = "08:00 on Mon, UTC",
      ["0 8 * * 1-1"] = "08:00 on Mon, UTC",
      ["0 8 * * 5,4,3,2,1"] = "08:00 on weekdays (Mon to Fri), UTC",
      ["0 8 * * 0,5,1"] = "08:00 on Mon, Fri, Sun, UTC",
      ["0 8 * * 5,6,0"] = "08:00 on Fri to Sun, UTC",
      ["0 8 * * 1-5/2"] = "08:00 on Mon, Wed, Fri, UTC",
      ["0 8 * * 2/2"] = "08:00 on Tue, Thu, Sat, UTC",
      -- a comma too many, and a step beyond the hour: robfig/cron 3.0.1 takes both, cron-parser and croner do not
      ["0 8 * * 1-5,"] = "08:00 on weekdays (Mon to Fri), UTC",
      ["0 8 * * ,1,,3"] = "08:00 on Mon, Wed, UTC",
      ["*/90 * * * *"] = "every hour, UTC",
      -- times
      ["0 8,20 * * *"] = "08:00 and 20:00 every day, UTC",
      ["0 6/6 * * *"] = "06:00, 12:00 and 18:00 every day, UTC",
      ["0,30 8 * * *"] = "08:00 and 08:30 every day, UTC",
      ["0 * * * *"] = "every hour, UTC",
      ["30 * * * *"] = "every hour at minute 30, UTC",
      ["30 */2 * * 1-5"] = "every 2 hours at minute 30 on weekdays (Mon to Fri), UTC",
      ["15 8-17 * * *"] = "every hour from 08:15 to 17:15, UTC",
      ["*/15 * * * *"] = "every 15 minutes, UTC",
      ["0,15,30,45 * * * *"] = "every 15 minutes, UTC",
      ["* * * * *"] = "every minute, UTC",
      ["*/15 8-17 * * 1"] = "every 15 minutes from 08:00 to 17:45 on Mon, UTC",
      -- days of the month, months
      ["0 8 1 * *"] = "08:00 on day 1 of the month, UTC",
      ["0 8 1,15 * *"] = "08:00 on days 1, 15 of the month, UTC",
      ["0 8 1-7,9 * *"] = "08:00 on days 1 to 7, 9 of the month, UTC",
      ["0 8 * 1 *"] = "08:00 every day in Jan, UTC",
      ["0 8 * dec-12,1-3 *"] = "08:00 every day in Jan to Mar, Dec, UTC",
      ["0 8 1 1,7 *"] = "08:00 on day 1 of Jan, Jul, UTC",
      ["*/5 * * 2 *"] = "every 5 minutes in Feb, UTC",
      -- either day is enough where neither is a star
      ["0 8 13 * 5"] = "08:00 on day 13 of the month or on Fri, UTC",
      ["0 8 13 1 5"] = "08:00 on day 13 of Jan or on Fri in Jan, UTC",
      ["0 8 13 * 0-6"] = "08:00 every day, UTC",
      ["0 8 1-31 * 5"] = "08:00 every day, UTC",
      ["0 8 13 * *"] = "08:00 on day 13 of the month, UTC",
      -- by name
      ["@yearly"] = "00:00 on day 1 of Jan, UTC",
      ["@annually"] = "00:00 on day 1 of Jan, UTC",
      ["@monthly"] = "00:00 on day 1 of the month, UTC",
      ["@weekly"] = "00:00 on Sun, UTC",
      ["@daily"] = "00:00 every day, UTC",
      ["@midnight"] = "00:00 every day, UTC",
      ["@hourly"] = "every hour, UTC",
   }) do
      it("says " .. text, function()
         assert.equal(wanted, cron.words(text))
      end)
   end

   it("says nothing of what is no such expression", function()
      for _, text in ipairs({
         "",
         "<string>",
         "@often",
         "@every 1h",
         "CRON_TZ=Asia/Tokyo 0 20 * * *",
         "60 8 * * *",
         "0 24 * * *",
         "0 8 0 * *",
         "0 8 32 * *",
         "0 8 * 13 *",
         "0 8 * * 7",
         "0 8 * * 7,6",
         "0 8 * * 0-7",
         "0 8 * * 5-1",
         "0 8 * * ,",
         "0 8 * * 1/",
         "0 8 * * 1-5/0",
         "0 8 * * 1-2-3",
         "0 8 * * mon-xyz",
         "0 8 * * monday",
         "jan 8 * * *",
         "-1 8 * * *",
         "*5 8 * * *",
         "0 8 * * * *",
         "0 8 * *",
      }) do
         assert.is_nil(cron.words(text), text)
      end
   end)

   it("says nothing of what is easier to read as it is", function()
      for _, text in ipairs({ "7,13,40 * * * *", "0 1,4,9,16,22 * * *", "0 8 */2 * *", "*/15 1,9 * * *" }) do
         assert.is_nil(cron.words(text), text)
      end
   end)
end)

describe("cron.text", function()
   it("gives the words, or the expression and its zone", function()
      assert.equal("20:00 every day, UTC", cron.text "0 20 * * *")
      assert.equal("0 8 */2 * * (UTC)", cron.text "0 8 */2 * *")
      assert.equal("0 8 * * 7 (UTC)", cron.text "0 8 * * 7")
      assert.equal("<string>", cron.text "<string>")
      assert.equal("CRON_TZ=Asia/Tokyo 0 20 * * *", cron.text "CRON_TZ=Asia/Tokyo 0 20 * * *")
      assert.equal("@every 1h", cron.text "@every 1h")
   end)
end)
