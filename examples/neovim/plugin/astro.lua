-- The commands of the plugin. What they need is loaded when one is used.

if vim.g.loaded_astro_deployments then
   return
end
vim.g.loaded_astro_deployments = true

require("astro_deployments.highlight").define()

vim.api.nvim_create_user_command("AstroDeployment", function(command)
   local deployments, given = require "astro_deployments", command.fargs
   if #given > 2 then
      require "astro_deployments.complain" "usage: AstroDeployment [organization] [id]"
   elseif #given == 0 then
      deployments.pick()
   else
      deployments.open(given[#given], #given == 2 and given[1] or nil)
   end
end, { nargs = "*", desc = "Show a Deployment of Astro" })

vim.api.nvim_create_user_command("AstroDeployments", function()
   require("astro_deployments").pick()
end, { desc = "Pick a Deployment of Astro" })

vim.api.nvim_create_user_command("AstroLog", function(command)
   require("astro_deployments").log(command.args)
end, { nargs = 1, desc = "Follow the log of a Deployment of Astro" })

vim.api.nvim_create_user_command("AstroWatch", function(command)
   require("astro_deployments").watch(command.fargs[1] and command.fargs or nil)
end, { nargs = "*", desc = "Follow what becomes of Deployments of Astro" })
