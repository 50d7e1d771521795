-- The commands of the plugin. What they need is loaded when one is used.

if vim.g.loaded_astro_deployments then
   return
end
vim.g.loaded_astro_deployments = true

require("astro_deployments.highlight").define()

local function usage(text)
   vim.notify("astro: usage: " .. text, vim.log.levels.ERROR)
end

local function complete(lead)
   return require("astro_deployments.known").complete(lead)
end

-- Behind an organization, its Deployments.
local function complete_card(lead, line, position)
   local before = line:sub(1, position - #lead):match "AstroDeployment%s+(%S+)%s+$"
   return require("astro_deployments.known").complete(lead, before)
end

vim.api.nvim_create_user_command("AstroDeployment", function(command)
   local deployments, given = require "astro_deployments", command.fargs
   if #given > 2 then
      usage "AstroDeployment [organization] [id]"
   elseif #given == 0 then
      deployments.pick()
   else
      deployments.open(given[#given], #given == 2 and given[1] or nil)
   end
end, { nargs = "*", complete = complete_card, desc = "Show a Deployment of Astro" })

vim.api.nvim_create_user_command("AstroDeployments", function()
   require("astro_deployments").pick()
end, { desc = "Pick a Deployment of Astro" })

vim.api.nvim_create_user_command("AstroLog", function(command)
   if #command.fargs > 1 then
      return usage "AstroLog id"
   end
   require("astro_deployments").log(command.fargs[1])
end, { nargs = "+", complete = complete, desc = "Follow the log of a Deployment of Astro" })

vim.api.nvim_create_user_command("AstroWatch", function(command)
   require("astro_deployments").watch(command.fargs[1] and command.fargs or nil)
end, { nargs = "*", complete = complete, desc = "Follow what becomes of Deployments of Astro" })
