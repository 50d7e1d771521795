local codepoints = require "astro.pretty.codepoints"

-- "41 20AC -" for "A€" and a stray byte.
local function codes(text)
   local parts, whole = {}, {}
   for character, code in codepoints(text) do
      whole[#whole + 1] = character
      parts[#parts + 1] = code and ("%X"):format(code) or "-"
   end
   assert.equal(text, table.concat(whole))
   return table.concat(parts, " ")
end

describe("codepoints", function()
   it("gives each character with its code", function()
      assert.equal("", codes "")
      assert.equal("41 0 DF 20AC 1F680", codes "A\0ß€🚀")
      assert.equal(
         "7F 80 7FF 800 FFFF 10000 10FFFF",
         codes "\127\194\128\223\191\224\160\128\239\191\191\240\144\128\128\244\143\191\191"
      )
   end)

   it("gives a byte alone that belongs to no character", function()
      assert.equal("- 41", codes "\255A")
      assert.equal("41 -", codes "A\226")
      assert.equal("- - 41", codes "\226\130A")
      assert.equal("- - -", codes "\237\160\128") -- a surrogate
      assert.equal("- -", codes "\192\128") -- overlong
      assert.equal("- - -", codes "\224\128\175") -- overlong
      assert.equal("- - - -", codes "\244\144\128\128") -- beyond U+10FFFF
   end)
end)
