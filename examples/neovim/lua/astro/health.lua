--- :checkhealth astro

local browse = require "astro_deployments.browse"

local health = vim.health or require "health"

local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local warn = health.warn or health.report_warn
local fail = health.error or health.report_error

-- What to do where the module cannot be loaded, by a pattern of what is said then. The first that fits counts.
local STEPS = {
   {
      "[Ss]ymbol.*lua",
      "it was built for another Lua: run `make nvim` in lua-astro, which takes the headers of LuaJIT or Lua 5.1",
      "take the folder of that file out of $LUA_CPATH if it is not .build/nvim",
   },
   {
      "libcurl%.",
      "install libcurl 7.66 or newer: on Debian `apt install libcurl4`",
   },
   {
      "needs lua%-cjson",
      "this Neovim has no `vim.json`: take 0.7.2 or newer, or install lua-cjson for its Lua 5.1",
   },
   {
      "module 'astro[^']*' not found",
      "run `make nvim` in lua-astro",
      "have its .build/nvim in the 'runtimepath': |astro-install|",
   },
   { "", "run `make nvim` in lua-astro on this machine, and start Neovim anew" },
}

local function steps_for(message)
   for _, row in ipairs(STEPS) do
      if message:find(row[1]) then
         return vim.list_slice(row, 2)
      end
   end
end

local function check_module()
   local is_there, astro = pcall(require, "astro.core")
   if not is_there then
      local message = tostring(astro)
      fail("the module cannot be loaded: " .. message:match("^[^\n]*"):gsub(":$", ""), steps_for(message))
      return nil
   end
   ok("the module is there: " .. require("astro")._VERSION)
   ok("JSON is read by " .. (pcall(require, "cjson") and "lua-cjson" or "vim.json"))
   return astro
end

-- By the core's own check, whose text in brackets says what is wrong and never repeats a token.
local function check_variable(variable, check, ...)
   local is_good, message = pcall(check, ...)
   if is_good then
      return ok(variable .. " is set")
   end
   local is_set = (os.getenv(variable) or "") ~= ""
   local fault = is_set and ": " .. message:match "%((.*)%)$" or " is not set"
   fail(variable .. fault, { "set it where Neovim is started, or by `let $" .. variable .. " = ...`" })
end

local function check_opener()
   local program = browse.program()
   if program then
      return ok("gx opens links by " .. program)
   end
   warn(
      "gx opens no links: no program is there that does",
      { "install one: on Debian `apt install xdg-utils`" }
   )
end

local report = {}

function report.check()
   start "astro"
   local core = check_module()
   if core then
      check_variable("ASTRO_API_TOKEN", core.token, nil, "checkhealth")
      local organization = "ASTRO_ORGANIZATION_ID"
      check_variable(organization, core.id, nil, "checkhealth", "organization", organization)
   end
   check_opener()
end

return report
