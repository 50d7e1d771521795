--- A buffer to which lines are added as they come. It is in a window of its own; the end of the buffer ends the calls.

local clients = require "astro_deployments.clients"
local problem = require "astro_deployments.problem"
local window = require "astro_deployments.window"

-- How many lines are kept, and how many are added before the editor has its turn.
local MOST, AT_ONCE = 100000, 100

---@class astro_deployments.Follow
---@field buffer integer
---@field count integer lines that came
---@field is_over boolean the buffer is no more
local Follow = {}
Follow.__index = Follow

-- The windows whose cursor is in the last line.
function Follow:windows_at_end()
   local last, found = vim.api.nvim_buf_line_count(self.buffer), {}
   for _, handle in ipairs(vim.fn.win_findbuf(self.buffer)) do
      if vim.api.nvim_win_get_cursor(handle)[1] == last then
         found[#found + 1] = handle
      end
   end
   return found
end

function Follow:add(line)
   local at_end = self:windows_at_end()
   if self.count == 0 then
      window.note(self.buffer, nil)
      window.put(self.buffer, 0, -1, { line })
   else
      window.put(self.buffer, vim.api.nvim_buf_line_count(self.buffer), -1, { line })
   end
   self.count = self.count + 1
   local excess = vim.api.nvim_buf_line_count(self.buffer) - MOST
   if excess > 0 then
      window.put(self.buffer, 0, excess, {})
   end
   for _, handle in ipairs(at_end) do
      vim.api.nvim_win_set_cursor(handle, { vim.api.nvim_buf_line_count(self.buffer), 0 })
   end
end

-- Adds what there is until the buffer is no more.
function Follow:run(client, feed)
   local cancel = require("astro").canceller()
   vim.api.nvim_buf_attach(self.buffer, false, {
      on_detach = function()
         self.is_over = true
         cancel()
      end,
   })
   for line in feed(client, cancel) do
      if self.is_over then
         return
      end
      self:add(line)
      if self.count % AT_ONCE == 0 then
         require("astro.loop.luv").sleep(0)
      end
   end
end

function Follow:finish(raised)
   if not self.is_over then
      window.note(self.buffer, nil)
      if raised then
         local columns = vim.api.nvim_win_get_width(vim.fn.win_findbuf(self.buffer)[1])
         for _, line in ipairs(window.paragraph(problem.line(raised), "error", columns)) do
            self:add(line)
         end
      end
   end
end

local follow = {}

---Opens the window: q closes it.
---@param title string of the buffer's name
---@param feed fun(client: astro.Client, cancel: astro.Canceller): fun(): astro.Line?
function follow.open(title, feed)
   local is_open, buffer = pcall(window.split, title)
   if not is_open then
      return problem.notify(buffer)
   end
   local self = setmetatable({ buffer = buffer, count = 0, is_over = false }, Follow)
   vim.keymap.set("n", "q", function()
      vim.api.nvim_buf_delete(buffer, { force = true })
   end, { buffer = buffer, nowait = true })
   window.note(buffer, "following …")
   clients.start(nil, function(client)
      self:run(client, feed)
   end, function(_, raised)
      self:finish(raised)
   end)
end

return follow
