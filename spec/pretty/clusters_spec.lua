local clusters = require "astro.pretty.clusters"
local ranges = require "astro.pretty.ranges"

local function in_pieces(text)
   local pieces, before = {}, 0
   for last, columns in clusters(text) do
      pieces[#pieces + 1] = ("%s:%d"):format(text:sub(before + 1, last), columns)
      before = last
   end
   return table.concat(pieces, " ")
end

local STYLE, JOINER, KEY = "\239\184\143", "\226\128\141", "\226\131\163"

describe("clusters", function()
   for what, text in pairs({
      ["a heart in the style of emoji"] = "❤" .. STYLE,
      ["a sign in the style of emoji"] = "©" .. STYLE,
      ["a keycap"] = "1" .. STYLE .. KEY,
      ["a family"] = "👨" .. JOINER .. "👩" .. JOINER .. "👧",
      ["a joined sign in the style of emoji"] = "🏴" .. JOINER .. "☠" .. STYLE,
      ["what begins narrow and is joined"] = "❤" .. JOINER .. "🔥",
      ["a skin tone"] = "👍🏽",
      ["a skin tone of what is narrow alone"] = "☝🏻",
      ["several skin tones"] = "👩🏽" .. JOINER .. "🤝" .. JOINER .. "👨🏻",
      ["a flag"] = "🇩🇪",
      ["conjoining jamo"] = "\225\132\146\225\133\161\225\134\171",
      ["a jamo before a syllable"] = "\225\132\128가",
      ["conjoining jamo of old"] = "\225\132\128\225\132\128\237\158\176\237\159\139",
   }) do
      it("takes for one character of two columns " .. what, function()
         assert.equal(text .. ":2", in_pieces(text))
         assert.equal(("%s:2 %s:2"):format(text, text), in_pieces(text .. text))
         assert.equal(("a:1 %s:2 語:2"):format(text), in_pieces("a" .. text .. "語"))
      end)
   end

   it("takes for several what are several", function()
      assert.equal("🇩🇪:2 🇫🇷:2 🇺:1", in_pieces "🇩🇪🇫🇷🇺")
      assert.equal("a:1 🏽:2", in_pieces "a🏽")
      assert.equal(("a%s:1 b:1"):format(JOINER), in_pieces("a" .. JOINER .. "b"))
      assert.equal(("a%s:1"):format(STYLE), in_pieces("a" .. STYLE))
      assert.equal(("1%s:1"):format(KEY), in_pieces("1" .. KEY))
      assert.equal("\204\129:0 a:1", in_pieces "\204\129a")
      assert.equal("\255:1 \204\129:0", in_pieces "\255\204\129")
      assert.equal("", in_pieces "")
   end)

   it("has ranges that ascend and do not meet", function()
      for _, list in pairs(ranges) do
         for i = 2, #list do
            assert.is_true(list[i - 1] < list[i] or (i % 2 == 0 and list[i - 1] == list[i]), list[i])
         end
      end
   end)
end)
