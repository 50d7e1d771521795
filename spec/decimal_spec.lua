local decimal = require "astro.api.decimal"

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
         assert.equal(wanted, decimal.read(text), text)
      end
   end)

   it("writes the shortest that reads the same", function()
      for text, number in pairs({
         ["1"] = 1.0,
         ["-42"] = -42,
         ["12.75"] = 12.75,
         ["0.1"] = 0.1,
         ["1e-07"] = 1e-7,
         ["1e+300"] = 1e300,
         ["0.30000000000000004"] = 0.1 + 0.2,
      }) do
         assert.equal(text, decimal.write(number))
         assert.equal(number, tonumber(decimal.write(number)))
      end
      for _, number in ipairs({ 1 / 0, -1 / 0, 0 / 0 }) do
         assert.is_nil(decimal.write(number))
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
         assert.is_nil(decimal.read(text), text)
      end
   end)
end)
