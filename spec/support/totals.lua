-- A line for each spec file, which stands as soon as the file runs; then what busted's plain output says, and the totals
-- as a last line of their own.

local busted = require "busted"

-- Each spec of the file that ended, and how many of them failed.
local function counts(handler)
   local failed = handler.failuresCount + handler.errorsCount
   return handler.successesCount + handler.pendingsCount + failed, failed
end

local function tell_files(handler)
   local began, count, failed
   busted.subscribe({ "file", "start" }, function(file)
      began, count, failed = busted.monotime(), counts(handler)
      io.write(file.name, "  ")
      io.flush()
      return nil, true
   end)
   busted.subscribe({ "file", "end" }, function()
      local count_now, failed_now = counts(handler)
      io.write(("%d in %.1f s"):format(count_now - count, busted.monotime() - began))
      io.write(failed_now > failed and (", %d failed\n"):format(failed_now - failed) or "\n")
      io.flush()
      return nil, true
   end)
end

return function(options)
   options.deferPrint = true -- no sign for each spec
   local handler = require "busted.outputHandlers.plainTerminal"(options)
   tell_files(handler)
   busted.subscribe({ "exit" }, function()
      local _, failed = counts(handler)
      local skipped = handler.pendingsCount
      local line = ("%d passed, %d failed"):format(handler.successesCount, failed)
      print(skipped > 0 and ("%s, %d skipped"):format(line, skipped) or line)
      return nil, true
   end)
   return handler
end
