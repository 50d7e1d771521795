local decimal = require "astro.paths.decimal"

describe("decimal", function()
   it("reads numbers as the API writes them", function()
      for text, wanted in pairs({
         ["0"] = 0,
         ["12"] = 12,
         ["-12.75"] = -12.75,
         ["+0.5"] = 0.5,
         [".5"] = 0.5,
         ["5."] = 5,
         ["1e3"] = 1000,
         ["1.5E-3"] = 0.0015,
         ["0.1"] = 0.1,
         ["3.14159"] = 3.14159,
         ["99999999999999999999"] = 1e20,
      }) do
         assert.equal(wanted, decimal(text), text)
      end
   end)

   it("reads nothing else", function()
      for _, text in ipairs({
         "",
         ".",
         "-",
         "e3",
         "1e",
         "0x10",
         "1,5",
         "1.2.3",
         " 1",
         "1 ",
         "nan",
         "inf",
         "1e3.5",
      }) do
         assert.is_nil(decimal(text), text)
      end
   end)
end)
