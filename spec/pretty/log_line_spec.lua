local pretty = require "astro.pretty"

local function shown(raw, given)
   return pretty.log({ raw = raw, source = "worker", timestamp = 1795780800250 }, given)
end

-- The text behind time and source, colours as <...>.
local function coloured(raw)
   local text = shown(raw, { color = true }):match "worker%s+\27%[0m  (.*)$"
   return (text:gsub("\27%[(%d+)m(.-)\27%[0m", "<%1 %2>"))
end

describe("pretty.log", function()
   it("gives time, source and text", function()
      assert.equal("2026-11-27 12:00:00.250  worker         started", shown "started\n")
      local line = { raw = "x", source = "dag-processor", timestamp = 1795780800.9996 }
      assert.equal("2026-11-27 12:00:01.000  dag-processor  x", pretty.log(line))
      assert.equal("-  -              ", pretty.log({}))
      assert.equal(
         "-  new source, of a length  5",
         pretty.log({ raw = 5, source = "new source, of a length" })
      )
   end)

   it("has the level in colour that the text names first", function()
      assert.equal("{x.py:1} <32 INFO> - no ERROR", coloured "{x.py:1} INFO - no ERROR")
      assert.equal("<31 ERROR>: x", coloured "ERROR: x")
      assert.equal("<31 CRITICAL> <", coloured "CRITICAL <")
      assert.equal("a <33 WARNING>", coloured "a WARNING")
      assert.equal("<2 DEBUG>", coloured "DEBUG")
      assert.equal(
         '{"event": "ERROR", "level": "<33 warning>"}',
         coloured '{"event": "ERROR", "level": "warning"}'
      )
      assert.equal("level=<31 error> msg=INFO", coloured "level=error msg=INFO")
      for _, plain in ipairs({ "MYERROR ERRORS _INFO INFO2", "level=odd ERROR", "sublevel=x", "" }) do
         assert.equal(plain, coloured(plain))
      end
   end)

   it("shows control characters, and sends none", function()
      assert.equal(
         "a\\27[2J\\nb\\u{202E}c\239\191\189",
         shown("a\27[2J\nb\226\128\174c\255\r\n"):match "worker%s+(.*)$"
      )
      local text = pretty.log({ raw = "\27ERROR", source = "\27[31m" }, { color = true })
      assert.is_nil(text:gsub("\27%[%d+m", ""):find "\27")
   end)

   it("raises for misuse", function()
      local ok, message = pcall(pretty.log, "text")
      assert.is_false(ok)
      assert.matches("bad argument 'line' to 'pretty.log' %(a table expected, got string%)", message)
      ok, message = pcall(pretty.log, {}, { colour = true })
      assert.is_false(ok)
      assert.matches("bad option to 'pretty.log' %(unknown name; did you mean 'color'%?%)", message)
   end)
end)
