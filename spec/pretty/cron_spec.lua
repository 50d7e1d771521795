local cron = require "astro.pretty.cron"

describe("cron.words", function()
   it("says the usual forms in words", function()
      for text, wanted in pairs({
         ["0 20 * * *"] = "20:00 every day, UTC",
         ["30 6 * * 1-5"] = "06:30 on weekdays (Mon to Fri), UTC",
         ["0 20 * * MON-FRI"] = "20:00 on weekdays (Mon to Fri), UTC",
         [" 5  0 *  * 0,6 "] = "00:05 at weekends (Sat and Sun), UTC",
         ["0 0 * * 6"] = "00:00 on Sat, UTC",
         ["0 0 * * 7"] = "00:00 on Sun, UTC",
         ["0 0 * * sun"] = "00:00 on Sun, UTC",
         ["0 8 * * 1,3-5"] = "08:00 on Mon, Wed to Fri, UTC",
         ["0 8 1 * *"] = "08:00 on day 1 of the month, UTC",
      }) do
         assert.equal(wanted, cron.words(text), text)
      end
   end)

   it("says nothing of any other form", function()
      for _, text in ipairs({
         "",
         "<string>",
         "@daily",
         "*/5 * * * *",
         "0 8,20 * * *",
         "60 8 * * *",
         "0 24 * * *",
         "0 8 32 * *",
         "0 8 1 * 1",
         "0 8 * 1 *",
         "0 8 * * 8",
         "0 8 * * 1,",
         "0 8 * * mon-xyz",
         "0 8 * * 1-5/2",
         "0 8 * * * *",
      }) do
         assert.is_nil(cron.words(text), text)
      end
   end)
end)
