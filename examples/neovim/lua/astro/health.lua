--- :checkhealth astro

local health = vim.health or require "health"

local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local warn = health.warn or health.report_warn
local fail = health.error or health.report_error

local report = {}

local function check_module()
   local is_there, astro = pcall(require, "astro")
   if not is_there then
      fail(
         "the module cannot be loaded: " .. astro,
         { "run `make nvim`; .build/nvim is for the runtimepath" }
      )
      return nil
   end
   ok("the module is there: " .. astro._VERSION)
   ok("JSON is read by " .. (pcall(require, "cjson") and "lua-cjson" or "vim.json"))
   return require "astro.core"
end

-- By the core's own check, whose text in brackets says what is wrong and never repeats a token.
local function check_variable(variable, check, ...)
   local is_good, message = pcall(check, ...)
   if is_good then
      return ok(variable .. " is set")
   end
   local is_set = (os.getenv(variable) or "") ~= ""
   local problem = is_set and ": " .. message:match "%((.*)%)$" or " is not set"
   fail(variable .. problem, { "set it where Neovim is started, or by `let $" .. variable .. " = ...`" })
end

function report.check()
   start "astro"
   local core = check_module()
   if not core then
      return
   end
   check_variable("ASTRO_API_TOKEN", core.token, nil, "checkhealth")
   local organization = "ASTRO_ORGANIZATION_ID"
   check_variable(organization, core.id, nil, "checkhealth", "organization", organization)
   if not (vim.ui.open or vim.fn.executable "xdg-open" == 1 or vim.fn.executable "open" == 1) then
      warn "gx opens no links: neither vim.ui.open nor xdg-open is there"
   end
end

return report
