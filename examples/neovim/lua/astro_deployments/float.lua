--- A floating window in the middle of the editor: a title, lines, and which keys there are.

local window = require "astro_deployments.window"

-- Neovim writes into a border since 0.10. Before, title and keys are the first lines.
local IS_BORDER_WRITABLE = vim.fn.has "nvim-0.10" == 1

local BORDER = 2 -- columns, and lines

---@alias astro_deployments.Key { [1]: string, [2]: string, [3]: fun() } the key, and what it does: in a word, and itself

---@class astro_deployments.Float
---@field buffer integer is wiped out with its window
---@field handle integer the window
---@field lines astro.Line[] what it shows
---@field width integer for which they were made
---@field title string
---@field keys string
---@field content fun(width: integer): astro.Line[] makes them for a window of that width
local Float = {}
Float.__index = Float

-- The columns that the text takes, and the lines in a window of so many at the most.
local function measure(buffer, most)
   local width, height = 0, 0
   for _, text in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, true)) do
      local own = vim.fn.strdisplaywidth(text)
      width, height = math.max(width, own), height + math.max(math.ceil(own / most), 1)
   end
   return width, height
end

-- The most columns that it may have.
local function room()
   return math.max(vim.o.columns - BORDER, 1)
end

-- In the middle, as large as its text, title and keys.
function Float:config()
   local lines = vim.o.lines - vim.o.cmdheight
   local width, height = measure(self.buffer, room())
   for _, text in ipairs({ self.title, self.keys }) do
      width = math.max(width, vim.fn.strdisplaywidth(text))
   end
   width = math.min(width, room())
   height = math.max(math.min(height, lines - BORDER - 1), 1)
   local config = {
      relative = "editor",
      width = width,
      height = height,
      row = math.max(math.floor((lines - height) / 2) - 1, 0),
      col = math.max(math.floor((vim.o.columns - width) / 2) - 1, 0),
      style = "minimal",
      border = "rounded",
   }
   if IS_BORDER_WRITABLE then
      config.title, config.footer = self.title, self.keys
   end
   return config
end

-- Makes its lines for a window of that width.
function Float:draw(width)
   local lines = self.content(width)
   if not IS_BORDER_WRITABLE then
      lines = vim.list_extend({ { { self.title, "title" } }, { { self.keys, "quiet" } }, {} }, lines)
   end
   self.width, self.lines = width, lines
   window.put(self.buffer, 0, -1, lines)
end

---@return astro.Line line that the cursor is in
function Float:line()
   return self.lines[vim.api.nvim_win_get_cursor(self.handle)[1]] or {}
end

---Draws what it shows, and fits the window to that. Nothing where it was closed.
function Float:show()
   if not self:is_open() then
      return
   end
   self:draw(room())
   local config = self:config()
   self.width = config.width
   vim.api.nvim_win_set_config(self.handle, config)
end

function Float:go_to_top()
   if self:is_open() then
      vim.api.nvim_win_set_cursor(self.handle, { 1, 0 })
   end
end

-- Makes its lines anew where somebody else gave the window another width.
function Float:follow_width()
   local width = vim.api.nvim_win_get_width(self.handle)
   if width ~= self.width then
      self:draw(width)
   end
end

function Float:is_open()
   return vim.api.nvim_win_is_valid(self.handle)
end

function Float:close()
   vim.api.nvim_buf_delete(self.buffer, { force = true })
end

-- Calls a method at an event, until the window is closed.
function Float:at(event, method)
   vim.api.nvim_create_autocmd(event, {
      callback = function()
         if not self:is_open() then
            return true
         end
         self[method](self)
      end,
   })
end

local function key_line(keys)
   local words = {}
   for i, key in ipairs(keys) do
      words[i] = key[1] .. " " .. key[2]
   end
   return " " .. table.concat(words, "  ") .. " "
end

---Opens one and goes there. `q` and `<Esc>` close it.
---@param title string
---@param keys astro_deployments.Key[] other keys
---@param content fun(width: integer): astro.Line[]
---@return astro_deployments.Float
function Float.open(title, keys, content)
   local self = setmetatable({ content = content, title = " " .. vim.fn.strtrans(title) .. " " }, Float)
   local function close()
      self:close()
   end
   keys = vim.list_extend(vim.list_slice(keys), { { "q", "close", close } })
   self.keys = key_line(keys)
   self.buffer = vim.api.nvim_create_buf(false, true)
   vim.bo[self.buffer].bufhidden = "wipe"
   for _, key in ipairs(vim.list_extend({ { "<Esc>", "close", close } }, keys)) do
      vim.keymap.set("n", key[1], key[3], { buffer = self.buffer, nowait = true, desc = key[2] })
   end
   self:draw(room())
   self.handle = vim.api.nvim_open_win(self.buffer, true, self:config())
   vim.wo[self.handle].wrap = true
   self:at("VimResized", "show")
   if vim.fn.exists "##WinResized" == 1 then
      self:at("WinResized", "follow_width")
   end
   return self
end

return Float
