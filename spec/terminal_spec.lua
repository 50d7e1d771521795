local astro = require "astro"
local terminal = require "spec.support.terminal"

local SAY = terminal.command [[
   local columns = require("astro.terminal").columns
   io.stderr:write(tostring(columns()), " ", tostring(columns "stdout"), " ", tostring(columns "stderr"), "\n")
]]

describe("terminal.columns", function()
   it("is what the terminal says, of stdout where no stream is named", function()
      assert.equal("60 60 60", terminal.shown(60, SAY))
   end)

   it("is nil where the stream is none", function()
      assert.equal("nil nil 132", terminal.shown(132, "COLUMNS=132 " .. SAY .. " | cat"))
      assert.equal("132 132 nil", terminal.shown(132, SAY .. " 2>&1 >/dev/tty | cat"))
   end)

   it("is what COLUMNS says, if that is a number of columns", function()
      local said = "for COLUMNS in 41 0 -5 wide 1e2 4.5 '' 99999999999999999999; do export COLUMNS; %s; done"
      assert.equal("41 41 41" .. ("\n60 60 60"):rep(7), terminal.shown(60, said:format(SAY)))
   end)

   it("is 80 where nobody says it", function()
      assert.equal("80 80 80", terminal.shown(60, "stty cols 0; " .. SAY))
   end)

   it("raises for another stream", function()
      for _, stream in ipairs({ "stdin", 1, false }) do
         local ok, message = pcall(astro.terminal.columns, stream)
         assert.is_false(ok)
         local wanted = "bad argument 'stream' to 'terminal.columns' ('stdout' or 'stderr' expected, got %s)"
         assert.is_truthy(message:find(wanted:format(type(stream)), 1, true), message)
      end
   end)
end)
