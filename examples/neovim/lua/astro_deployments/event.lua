--- An event of client:watch as one line: when it was seen in UTC, its kind, whose it is, what there is to say, and the
--- id, without which a narrow window can do best.

local STYLES = { appeared = "info", changed = "title", gone = "warning", failed = "error" }

local function add_changes(line, event)
   local lines = require("astro.pretty.diff").lines(event.before, event.after, {})
   for i = 1, #event.changes do -- the noise comes behind them
      vim.list_extend(line, { { i == 1 and "  " or ", " }, lines[i][1], { " " } })
      vim.list_extend(line, lines[i], 3) -- without the blanks behind the path
   end
end

---@param event astro.WatchEvent
---@return astro.Line
return function(event)
   local safe = require("astro.pretty.safe").text
   local deployment = event.after or event.before
   local line = {
      { require("astro.time").text(os.time()), "quiet" },
      { "  " },
      { ("%-8s"):format(event.kind), STYLES[event.kind] },
   }
   if deployment then
      vim.list_extend(line, { { "  " }, { safe(vim.trim(tostring(deployment.name or "-"))), "name" } })
   end
   if event.kind == "changed" then
      add_changes(line, event)
   elseif event.kind == "failed" then
      vim.list_extend(line, { { "  " }, { safe(event.err.message) } })
   elseif event.kind == "appeared" then
      local status = tostring(event.after.status)
      vim.list_extend(line, { { "  " }, { safe(status), require("astro.pretty.ink").of_status(status) } })
   end
   if event.id then
      vim.list_extend(line, { { "  " }, { safe(event.id), "label" } })
   end
   return line
end
