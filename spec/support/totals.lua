-- busted's plain output, and the totals as a last line of their own.

return function(options)
   local busted = require "busted"
   local handler = require "busted.outputHandlers.plainTerminal"(options)
   busted.subscribe({ "exit" }, function()
      local failed = handler.failuresCount + handler.errorsCount
      local skipped = handler.pendingsCount
      local line = ("%d passed, %d failed"):format(handler.successesCount, failed)
      print(skipped > 0 and ("%s, %d skipped"):format(line, skipped) or line)
      return nil, true
   end)
   return handler
end
