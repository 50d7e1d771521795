--- Windows that show lines of { text, style } pairs.

local highlight = require "astro_deployments.highlight"

local window = {}

local namespace = vim.api.nvim_create_namespace "astro_deployments"
local notes = vim.api.nvim_create_namespace "astro_deployments_notes"

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

---Whether the window has not been closed.
function window.is_open(buffer)
   return vim.api.nvim_buf_is_valid(buffer)
end

---Opens a window below the others, with an empty buffer that nobody edits, and goes there.
---@param title string of the buffer's name
---@return integer buffer is wiped out with its window
function window.split(title)
   vim.cmd "botright split"
   local buffer = vim.api.nvim_create_buf(false, true)
   vim.api.nvim_win_set_buf(0, buffer)
   vim.api.nvim_buf_set_name(buffer, ("astro://%s#%d"):format(title, buffer))
   local own = vim.bo[buffer]
   own.bufhidden, own.undolevels, own.modifiable = "wipe", -1, false
   vim.opt_local.wrap = false
   return buffer
end

---Puts lines in place of those from `first` on and before `last`, which count from 0; -1: behind the last.
---@param lines astro.Line[]
function window.put(buffer, first, last, lines)
   local texts, styled = {}, {}
   for i, line in ipairs(lines) do
      texts[i], styled[i] = flat(line)
   end
   vim.api.nvim_buf_clear_namespace(buffer, namespace, first, last)
   vim.bo[buffer].modifiable = true
   vim.api.nvim_buf_set_lines(buffer, first, last, true, texts)
   vim.bo[buffer].modifiable = false
   for i, spans in ipairs(styled) do
      for _, span in ipairs(spans) do
         local mark = { end_col = span.stop, hl_group = highlight.group(span.style) }
         vim.api.nvim_buf_set_extmark(buffer, namespace, first + i - 1, span.start, mark)
      end
   end
end

---A text as lines that fit into so many columns.
---@param text string
---@param style string
---@param columns integer
---@return astro.Line[]
function window.paragraph(text, style, columns)
   local is_there, width = pcall(require, "astro.pretty.width") -- the library may be what is missing
   return vim.tbl_map(function(line)
      return { { line, style } }
   end, is_there and width.wrap(text, columns) or { text })
end

---Shows a quiet word in the first line, over its right end; nil takes it away. Nothing where the window was closed.
---@param text? string
function window.note(buffer, text)
   if not window.is_open(buffer) then
      return
   end
   vim.api.nvim_buf_clear_namespace(buffer, notes, 0, -1)
   if text then
      local is_empty = vim.api.nvim_buf_get_lines(buffer, 0, 1, true)[1] == ""
      vim.api.nvim_buf_set_extmark(buffer, notes, 0, 0, {
         virt_text = { { text, highlight.group "quiet" } },
         virt_text_pos = is_empty and "eol" or "right_align",
      })
   end
end

return window
