local safe = require "astro.pretty.safe"

describe("safe.text", function()
   it("leaves text as it is", function()
      for _, text in ipairs({ "", "plain ~", 'a\\b "c"', "naïve “quotes”, 日本語, 🛰, e\204\129" }) do
         assert.equal(text, safe.text(text))
      end
   end)

   it("shows what would act on a terminal", function()
      assert.equal([[two\nlines\r\nand a\ttab]], safe.text "two\nlines\r\nand a\ttab")
      assert.equal([[\27[31mred\27[0m]], safe.text "\27[31mred\27[0m")
      assert.equal([[a\0b\127]], safe.text "a\0b\127")
      assert.equal([[\u{9B}2J]], safe.text "\194\1552J")
      assert.equal([[\u{2028}\u{2029}]], safe.text "\226\128\168\226\128\169")
   end)

   it("shows what turns the writing's direction", function()
      for code, character in pairs({
         ["61C"] = "\216\156",
         ["200E"] = "\226\128\142",
         ["200F"] = "\226\128\143",
         ["202A"] = "\226\128\170",
         ["202E"] = "\226\128\174",
         ["2066"] = "\226\129\166",
         ["2069"] = "\226\129\169",
      }) do
         assert.equal(("a\\u{%s}b"):format(code), safe.text("a" .. character .. "b"))
      end
   end)

   it("leaves each character that does not act, and no other", function()
      for code = 0x20, 0x2100 do
         local character = code < 0x80 and string.char(code)
            or code < 0x800 and string.char(0xC0 + math.floor(code / 64), 0x80 + code % 64)
            or string.char(
               0xE0 + math.floor(code / 4096),
               0x80 + math.floor(code / 64) % 64,
               0x80 + code % 64
            )
         assert.equal(not safe.is_control(code), safe.text(character) == character, code)
      end
   end)

   it("has U+FFFD for each byte that is no UTF-8", function()
      assert.equal("a\239\191\189\239\191\189b", safe.text "a\255\226b")
   end)
end)
