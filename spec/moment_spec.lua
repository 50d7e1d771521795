local moment = require "astro.client.moment"

local NOW = 1795780800

local function read(value)
   return moment.read(value, NOW, "since", "f")
end

describe("a moment", function()
   it("is seconds since the epoch, how long ago, or a timestamp", function()
      assert.equal(12.5, read(12.5))
      for text, ago in pairs({
         ["0s"] = 0,
         ["90s"] = 90,
         ["10m"] = 600,
         ["1h30m"] = 5400,
         ["2h"] = 7200,
         ["1d"] = 86400,
      }) do
         assert.equal(NOW - ago, read(text))
      end
      assert.equal(NOW + 0.25, read "2026-11-27T14:00:00.25+02:00")
   end)

   it("is nothing else", function()
      for _, text in ipairs({
         "2",
         "h",
         "2w",
         "-2h",
         "1.5h",
         "2 h",
         "2026-11-27",
         "0001-01-01T00:00:00Z",
      }) do
         local ok, message = pcall(read, text)
         assert.is_false(ok)
         assert.matches(
            "bad option 'since' to 'f' %(a duration such as '2h' or a timestamp expected: .+%)$",
            message
         )
      end
   end)
end)
