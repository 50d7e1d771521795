-- Runs Lua programs in Neovim, with the plugin that `make nvim` built and nothing else of this tree.

local terminal = require "spec.support.terminal"
local world = require "spec.support.world"

local nvim = {}

-- Of every program: say prints a line; await lets Neovim go on until f gives something; notes are what was
-- notified. A program that fails prints why.
local PRELUDE = [[
   local notes = {}
   vim.notify = function(text, level)
      notes[#notes + 1] = (level == vim.log.levels.ERROR and "ERROR " or "") .. text
   end
   local function say(...)
      local words = {}
      for i = 1, select("#", ...) do
         words[i] = tostring((select(i, ...)))
      end
      io.write(table.concat(words, " "), "\n")
   end
   local function await(f)
      assert(vim.wait(20000, f, 5), "in vain")
   end
   local function program()
      %s
   end
   local ok, trace = xpcall(program, debug.traceback)
   if not ok then
      say(trace)
   end
]]

local BARE = "--clean --cmd 'set runtimepath^=.build/nvim'"

-- With a path where no lua-cjson is, so that Neovim's own JSON is read.
local function variables(environment)
   local found = { LUA_CPATH = "/nowhere/?.so", LUA_PATH = "", ASTRO_API_TOKEN = world.token() }
   for name, value in pairs(environment or {}) do
      found[name] = value
   end
   return found
end

---@param program string
---@param environment? table<string, string>
---@return string output, integer status
function nvim.run(program, environment)
   local whole = PRELUDE:gsub("%%s", function()
      return program
   end)
   local path = world.put(os.tmpname(), whole)
   local command = ("timeout 60 nvim %s --headless -c 'luafile %s' -c 'qall!'"):format(BARE, path)
   local output, status = world.with_environment(variables(environment), function()
      return world.shell(command)
   end)
   os.remove(path)
   return output, status
end

---Neovim in a terminal.
---@param columns integer
---@param lines integer
---@param path string of the stand-in
---@return spec.Screen
function nvim.screen(columns, lines, path)
   return world.with_environment(variables({ ASTRO_API_URL = world.stand_in .. path }), function()
      return terminal.open(columns, lines, "nvim " .. BARE)
   end)
end

---Builds the plugin, as a plugin manager would.
function nvim.build()
   local output, status = world.shell "env -u MAKEFLAGS -u MAKELEVEL -u BUILD -u CFLAGS make -s nvim"
   assert(status == 0, output)
end

--- For a program that drives the plugin: the buffer's lines, without the title and the keys that a border takes since
--- Neovim 0.10; these; the note in its window, waiting until that is gone, and another service.
nvim.PLUGIN = [[
   local is_border_written = vim.fn.has "nvim-0.10" == 1
   local function all_lines()
      return vim.api.nvim_buf_get_lines(0, 0, -1, true)
   end
   local function captions()
      if is_border_written then
         local config = vim.api.nvim_win_get_config(0)
         return config.title[1][1], config.footer[1][1]
      end
      return unpack(all_lines(), 1, 2)
   end
   local function is_float()
      return vim.api.nvim_win_get_config(0).relative ~= ""
   end
   local function lines()
      return vim.list_slice(all_lines(), is_float() and not is_border_written and 4 or 1)
   end
   local function text()
      return table.concat(lines(), " ")
   end
   local function note()
      local namespace = vim.api.nvim_create_namespace "astro_deployments_notes"
      local mark = vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })[1]
      return mark and mark[4].virt_text[1][1]
   end
   local function loaded()
      await(function()
         return not note()
      end)
   end
   local function serve(path)
      vim.env.ASTRO_API_URL = vim.env.ASTRO_API_URL .. path
   end
]]

return nvim
