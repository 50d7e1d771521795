--- A floating window that shows lines of { text, style } pairs.

local highlight = require "astro_deployments.highlight"

local window = {}

local namespace = vim.api.nvim_create_namespace "astro_deployments"
local notes = vim.api.nvim_create_namespace "astro_deployments_notes"

-- In the middle of the editor, as large as its text, with room for the border.
local function geometry(buffer)
   local width, height = 40, vim.api.nvim_buf_line_count(buffer)
   for _, text in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, true)) do
      width = math.max(width, vim.fn.strdisplaywidth(text))
   end
   width = math.max(math.min(width, vim.o.columns - 2), 1)
   height = math.max(math.min(height, vim.o.lines - vim.o.cmdheight - 3), 1)
   return {
      relative = "editor",
      width = width,
      height = height,
      row = math.max(math.floor((vim.o.lines - vim.o.cmdheight - height) / 2) - 1, 0),
      col = math.max(math.floor((vim.o.columns - width) / 2) - 1, 0),
   }
end

-- The line's text, and where in it each style begins and ends.
local function flat(line)
   local text, spans = "", {}
   for _, segment in ipairs(line) do
      local start = #text
      text = text .. segment[1]
      if segment[2] then
         spans[#spans + 1] = { start = start, stop = #text, style = segment[2] }
      end
   end
   return text, spans
end

---Opens the window and goes there.
---@param lines astro.Line[]
---@return integer buffer is wiped out with its window
function window.open(lines)
   local buffer = vim.api.nvim_create_buf(false, true)
   vim.bo[buffer].bufhidden = "wipe"
   window.draw(buffer, lines)
   local config = geometry(buffer)
   config.style, config.border = "minimal", "rounded"
   local handle = vim.api.nvim_open_win(buffer, true, config)
   vim.wo[handle].wrap = false
   return buffer
end

---Whether the window has not been closed.
function window.is_open(buffer)
   return vim.api.nvim_buf_is_valid(buffer)
end

---@param lines astro.Line[] in place of what is there
function window.draw(buffer, lines)
   local texts, styled = {}, {}
   for i, line in ipairs(lines) do
      texts[i], styled[i] = flat(line)
   end
   vim.bo[buffer].modifiable = true
   vim.api.nvim_buf_set_lines(buffer, 0, -1, true, texts)
   vim.bo[buffer].modifiable = false
   vim.api.nvim_buf_clear_namespace(buffer, namespace, 0, -1)
   for i, spans in ipairs(styled) do
      for _, span in ipairs(spans) do
         local mark = { end_col = span.stop, hl_group = highlight.group(span.style) }
         vim.api.nvim_buf_set_extmark(buffer, namespace, i - 1, span.start, mark)
      end
   end
   for _, handle in ipairs(vim.fn.win_findbuf(buffer)) do
      vim.api.nvim_win_set_config(handle, geometry(buffer))
   end
end

---Shows a quiet word at the end of the first line; nil takes it away.
---@param text? string
function window.note(buffer, text)
   vim.api.nvim_buf_clear_namespace(buffer, notes, 0, -1)
   if text then
      local mark = { virt_text = { { text, highlight.group "quiet" } } }
      vim.api.nvim_buf_set_extmark(buffer, notes, 0, 0, mark)
   end
end

return window
