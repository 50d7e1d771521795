-- examples/neovim, the plugin, in Neovim.

local nvim = require "spec.support.nvim"
local world = require "spec.support.world"

local PRELUDE = nvim.PLUGIN .. [[
   local FULL = "cmdep0full0000000000000001"
]]

local function run(program, environment)
   return nvim.run(PRELUDE .. program, environment)
end

describe("the Neovim plugin", function()
   setup(nvim.build)

   describe(":AstroDeployment", function()
      it("shows the card in a floating window, and that it is loading before", function()
         local output = run [[
            vim.cmd("AstroDeployment " .. FULL)
            say(text(), note())
            loaded()
            say(lines()[1])
            say(vim.api.nvim_win_get_config(0).relative, vim.bo.modifiable)
            say(captions())
            say(#lines() > 50, vim.api.nvim_win_get_height(0) == vim.o.lines - 4)
            local text = table.concat(lines(), "\n")
            say(text:match "contact emails%s+(%S+)", text:find("@", 1, true))
         ]]
         assert.equal(
            " loading …\n"
               .. "Hourly Orders  HEALTHY  All components are ready\n"
               .. "editor false\n Deployment cmdep0full0000000000000001  "
               .. " r reload  gx open link  w wake  h hibernate  q close \ntrue true\n•••••• nil\n",
            output
         )
      end)

      it("colours it by groups, each linked to a standard one, also after a change of scheme", function()
         local output = run [[
            local function groups()
               local head = #all_lines() - #lines()
               local namespace, found = vim.api.nvim_create_namespace "astro_deployments", {}
               for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })) do
                  local group, row, first, last = mark[4].hl_group, mark[2], mark[3], mark[4].end_col
                  found[group] = found[group] or row >= head and all_lines()[row + 1]:sub(first + 1, last):match "%S.*"
               end
               return found
            end
            vim.cmd "colorscheme desert"
            for _, name in ipairs { "full", "creating", "hibernating", "unknown" } do
               local id = vim.fn.glob("spec/fixtures/v1beta1/cmdep0" .. name .. "*.json")
               vim.cmd("AstroDeployment " .. vim.fn.fnamemodify(id, ":t:r"))
               loaded()
               for group, text in pairs(groups()) do
                  if vim.fn.synIDtrans(vim.fn.hlID(group)) == vim.fn.hlID(group) then
                     say(group, "has no link")
                  end
               end
               local found = groups()
               say(found.AstroName, found.AstroHealthy or found.AstroChanging or found.AstroHibernating
                  or found.AstroUnknown, found.AstroLabel, found.AstroTitle)
            end
         ]]
         assert.equal(
            "Hourly Orders HEALTHY ID Deployment\n"
               .. "new one CREATING ID Deployment\n"
               .. "asleep HIBERNATING ID Deployment\n"
               .. "from the future SUSPENDED ID Deployment\n",
            (output:gsub("  +", " "))
         )
      end)

      it("takes an organization before the id, and keeps to ids", function()
         local output = run(
            ([[
            vim.cmd("AstroDeployment %s " .. FULL)
            loaded()
            say(lines()[1])
            for _, arguments in ipairs { FULL, "not/an/id x", "a b c" } do
               vim.cmd("AstroDeployment " .. arguments)
               say(notes[1] or text())
            end
         ]]):format(world.org),
            { ASTRO_ORGANIZATION_ID = "" }
         )
         assert.matches("^Hourly Orders .-\n", output)
         assert.matches("\nASTRO_ORGANIZATION_ID is not set\n", output)
         assert.matches("\nbad argument 'organization' to 'client' %(an id of letters[^\n]*\n", output)
         assert.matches("\nERROR astro: usage: AstroDeployment %[organization%] %[id%]\n$", output)
      end)

      it("says in the window what failed, above the card where there is one, and r tries again", function()
         local output = run [[
            serve "/sequence/404,HEALTHY,503,503,503,UNHEALTHY"
            vim.cmd("AstroDeployment cmsequence")
            loaded()
            say(text())
            for _ = 1, 3 do
               vim.cmd "normal r"
               loaded()
               say(text():match "^(.-because)" or text())
            end
            say(#notes)
         ]]
         assert.equal(
            "GET deployment cmsequence: 404 Not Found: refused (request stand-in-404)\n"
               .. "name of cmsequence  HEALTHY  because\n"
               .. "GET deployment cmsequence: 503 Service Unavailable: refused (request stand-in-503)"
               .. "  name of cmsequence  HEALTHY  because\n"
               .. "name of cmsequence  UNHEALTHY  because\n0\n",
            output
         )
      end)

      it("tells where the module is not there", function()
         for _, name in ipairs({ "astro.core", "astro.loop.luv" }) do
            local output = run(([[
               package.preload[%q] = function()
                  error "libcurl.so.4: cannot open shared object file\nand more"
               end
               vim.cmd("AstroDeployment " .. FULL)
               say(text(), #notes)
            ]]):format(name))
            assert.equal("libcurl.so.4: cannot open shared object file 0\n", output)
         end
      end)
   end)

   describe("in the window", function()
      it("r loads it anew, and sends nothing while it is loading", function()
         local output = run [[
            serve "/sequence/HEALTHY,UNHEALTHY,HIBERNATING"
            vim.cmd "AstroDeployment cmsequence"
            vim.cmd "normal r"
            loaded()
            say(lines()[1])
            vim.cmd "normal rr"
            say(lines()[1], note())
            loaded()
            say(lines()[1])
            vim.cmd "normal r"
            loaded()
            say(lines()[1])
         ]]
         assert.equal(
            "name of cmsequence  HEALTHY  because\n"
               .. "name of cmsequence  HEALTHY  because loading …\n"
               .. "name of cmsequence  UNHEALTHY  because\n"
               .. "name of cmsequence  HIBERNATING  because\n",
            output
         )
      end)

      it("q and <Esc> close it, as :quit does, which drops what it was loading", function()
         local output = run [[
            local windows = #vim.api.nvim_list_wins()
            local address = vim.env.ASTRO_API_URL
            for i, close in ipairs { "normal q", "normal \27", "quit" } do
               vim.env.ASTRO_API_URL = address .. (i == 1 and "/slow/0.1" or "/sequence/404")
               vim.cmd "AstroDeployment cmdropped"
               vim.cmd(close)
            end
            say(#vim.api.nvim_list_wins() - windows)
            vim.env.ASTRO_API_URL = address .. "/slow/0.3"
            vim.cmd "AstroDeployment cmlater"
            loaded()
            say(lines()[1], #notes)
         ]]
         assert.equal("0\nname of cmlater  HEALTHY  because 0\n", output)
      end)

      it("gx opens the link of the line, or else the Deployment's page, Astro's or Airflow's", function()
         local folder = world.shell("mktemp -d"):gsub("\n", "")
         world.shell(([[
            printf '#!/bin/sh\nprintf %%s "$1" >%s/new && mv %s/new %s/opened\n' >%s/xdg-open
            chmod +x %s/xdg-open
         ]]):gsub("%%s/", folder .. "/"))
         local output = run(
            [[
            local function opened()
               vim.cmd "normal gx"
               await(function()
                  return vim.fn.filereadable(vim.env.OPENED) == 1
               end)
               say(vim.fn.readfile(vim.env.OPENED)[1])
               os.remove(vim.env.OPENED)
            end
            local function said()
               vim.cmd "normal gx"
               say(lines()[1])
            end
            local function at_columns(count, pattern)
               vim.o.columns = count
               vim.cmd "normal r"
               loaded()
               vim.fn.search(pattern)
            end
            vim.cmd("AstroDeployment " .. FULL)
            said()
            loaded()
            opened()
            vim.env.ASTRO_API_URL = "https://api.example.com"
            opened()
            vim.fn.search "^  Airflow  *https:"
            opened()
            at_columns(40, "d4711ab$")
            vim.cmd "normal j"
            say(vim.api.nvim_get_current_line())
            opened()
            at_columns(80, "^  Airflow  *https:")
            vim.ui.open, vim.env.PATH = nil, "/nowhere"
            said()
            vim.fn.search "^  Airflow  *https:"
            vim.ui.open = function(url)
               say("by Neovim:", url)
               return nil, "no browser"
            end
            said()
            say(require("astro_deployments.browse").open "file:///etc/passwd")
         ]],
            { OPENED = folder .. "/opened", PATH = folder .. ":" .. os.getenv "PATH" }
         )
         world.shell("rm -r " .. folder)
         assert.equal(
            "no link here\n"
               .. "https://cmclu0.example.run/d4711abc\n"
               .. "https://cloud.example.com/cmwsp0data0000000000000aaa/deployments/cmdep0full0000000000000001\n"
               .. "https://cmclu0.example.run/d4711abc\n"
               .. "    c\n"
               .. "https://cmclu0.example.run/d4711abc\n"
               .. "nothing opens links here: https://cmclu0.example.run/d4711abc\n"
               .. "by Neovim: https://cmclu0.example.run/d4711abc\n"
               .. "no browser\n"
               .. "no link here\n",
            output
         )
      end)
   end)

   it("uses nothing that Neovim is to lose", function()
      local output = run [[
         local address = vim.env.ASTRO_API_URL
         vim.ui.select = function(items, _, choose)
            choose(items[1])
         end
         serve "/hibernating/asleep"
         vim.cmd "AstroDeployment cmsleeper"
         loaded()
         for _, key in ipairs { "w", "h", "r", "gx" } do
            vim.cmd("normal " .. key)
            loaded()
         end
         vim.api.nvim_exec_autocmds("VimResized", {})
         vim.cmd "normal q"
         vim.env.ASTRO_API_URL = address
         vim.cmd "AstroDeployments"
         await(is_float)
         loaded()
         vim.cmd "normal q"
         vim.fn.getcompletion("AstroLog ", "cmdline")
         vim.cmd "AstroLog a/b"
         loaded()
         vim.cmd "AstroWatch"
         loaded()
         vim.cmd "checkhealth astro"
         if not pcall(vim.cmd, "checkhealth vim.deprecated") or text():find "No healthcheck found" then
            return say "this one does not say: No deprecated functions detected"
         end
         say(text())
      ]]
      assert.matches("No deprecated functions detected", output)
   end)
end)
