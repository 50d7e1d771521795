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
            say(lines()[1], note())
            loaded()
            say(lines()[1])
            say(vim.api.nvim_win_get_config(0).relative, vim.bo.modifiable)
            say(#lines() > 50, vim.api.nvim_win_get_height(0) == vim.o.lines - 4)
            local text = table.concat(lines(), "\n")
            say(text:match "contact emails%s+(%S+)", text:find("@", 1, true))
         ]]
         assert.equal(
            "cmdep0full0000000000000001 loading …\n"
               .. "Hourly Orders  HEALTHY  All components are ready\n"
               .. "editor false\ntrue true\n•••••• nil\n",
            output
         )
      end)

      it("colours it by groups, each linked to a standard one, also after a change of scheme", function()
         local output = run [[
            local function groups()
               local namespace, found = vim.api.nvim_create_namespace "astro_deployments", {}
               for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })) do
                  local group, row, first, last = mark[4].hl_group, mark[2], mark[3], mark[4].end_col
                  found[group] = found[group] or lines()[row + 1]:sub(first + 1, last):match "%S.*"
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
               say(notes[#notes])
            end
         ]]):format(world.org),
            { ASTRO_ORGANIZATION_ID = "" }
         )
         assert.matches("^Hourly Orders .-\n", output)
         assert.matches(
            "\nERROR astro: bad argument 'organization' to 'get_deployment' %([^\n]*is not set%)\n",
            output
         )
         assert.matches(
            "\nERROR astro: bad argument 'organization' to 'client' %(an id of letters[^\n]*\n",
            output
         )
         assert.matches("\nERROR astro: usage: AstroDeployment %[organization%] %[id%]\n$", output)
      end)

      it("says in one line what failed, and r tries again", function()
         local output = run [[
            serve "/sequence/404,HEALTHY"
            vim.cmd("AstroDeployment cmsequence")
            loaded()
            say(lines()[1], #notes, notes[1])
            vim.cmd "normal r"
            loaded()
            say(lines()[1], #notes)
         ]]
         assert.equal(
            "cmsequence 1 ERROR astro: GET deployment cmsequence: 404 Not Found: refused (request stand-in-404)\n"
               .. "name of cmsequence  HEALTHY  because 1\n",
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
               say(notes[1])
            ]]):format(name))
            assert.equal("ERROR astro: libcurl.so.4: cannot open shared object file\n", output)
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

      it("q closes it, as :quit does, which drops what it was loading", function()
         local output = run [[
            local windows = #vim.api.nvim_list_wins()
            local address = vim.env.ASTRO_API_URL
            for path, close in pairs { ["/slow/0.1"] = "normal q", ["/sequence/404"] = "quit" } do
               vim.env.ASTRO_API_URL = address .. path
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
            vim.cmd("AstroDeployment " .. FULL)
            vim.cmd "normal gx"
            loaded()
            opened()
            vim.env.ASTRO_API_URL = "https://api.example.com"
            opened()
            vim.fn.search "^  Airflow  *https:"
            opened()
            vim.ui.open, vim.env.PATH = nil, "/nowhere"
            vim.cmd "normal gx"
            vim.ui.open = function(url)
               say("by Neovim:", url)
               return nil, "no browser"
            end
            vim.cmd "normal gx"
            say(require "astro_deployments.browse"("file:///etc/passwd"))
            say(table.concat(notes, "\n"))
         ]],
            { OPENED = folder .. "/opened", PATH = folder .. ":" .. os.getenv "PATH" }
         )
         world.shell("rm -r " .. folder)
         assert.equal(
            "https://cmclu0.example.run/d4711abc\n"
               .. "https://cloud.example.com/cmwsp0data0000000000000aaa/deployments/cmdep0full0000000000000001\n"
               .. "https://cmclu0.example.run/d4711abc\n"
               .. "by Neovim: https://cmclu0.example.run/d4711abc\n"
               .. "no link here\n"
               .. "ERROR astro: no link here\n"
               .. "ERROR astro: nothing opens links here: https://cmclu0.example.run/d4711abc\n"
               .. "ERROR astro: no browser\n",
            output
         )
      end)
   end)

   it(":AstroDeployments asks by vim.ui.select, and so does :AstroDeployment alone", function()
      local output = run [[
         vim.ui.select = function(items, options, choose)
            say(#items, options.prompt, options.format_item(items[2]))
            choose(items[2])
         end
         for _, command in ipairs { "AstroDeployments", "AstroDeployment" } do
            vim.cmd(command)
            say(table.remove(notes))
            await(function()
               return lines()[1] ~= ""
            end)
            loaded()
            say(lines()[1])
            vim.cmd "normal q"
         end
      ]]
      local picked = "astro: loading Deployments …\n"
         .. "7 Deployment: Hourly Orders  HEALTHY  cmdep0full0000000000000001\n"
         .. "Hourly Orders  HEALTHY  All components are ready\n"
      assert.equal(picked:rep(2), output)
   end)

   it(":AstroDeployments opens nothing where nothing is chosen, and says what failed", function()
      local output = run [[
         local address, is_asked = vim.env.ASTRO_API_URL, false
         vim.ui.select = function(_, _, choose)
            choose(nil)
            is_asked = true
         end
         vim.cmd "AstroDeployments"
         await(function()
            return is_asked
         end)
         say(#vim.api.nvim_list_wins())
         vim.env.ASTRO_API_URL = address .. "/lists/forbidden/1"
         vim.cmd "AstroDeployments"
         await(function()
            return #notes == 3
         end)
         say(notes[3])
      ]]
      assert.equal("1\nERROR astro: GET deployments: 403 Forbidden: refused (request stand-in-403)\n", output)
   end)

   describe(":checkhealth astro", function()
      -- "- OK: x", "- OK x" and "- ✅ OK x", as Neovim is old or new, are "OK: x" here.
      local REPORT = [[
         vim.cmd "checkhealth astro"
         say((table.concat(lines(), "\n"):gsub("%- [^%w\n]*(%u+):? ", "%1: ")))
      ]]

      it("finds nothing missing where all is there, and never shows the token", function()
         local output = run(REPORT, { ASTRO_API_TOKEN = "very-secret-token" })
         for _, line in ipairs({
            "OK: the module is there: %d",
            "OK: JSON is read by vim.json",
            "OK: ASTRO_API_TOKEN is set",
            "OK: ASTRO_ORGANIZATION_ID is set",
         }) do
            assert.matches(line, output)
         end
         assert.not_matches("ERROR", output)
         assert.not_matches("secret", output)
      end)

      it("says what is missing", function()
         local output = run(REPORT, { ASTRO_API_TOKEN = "", ASTRO_ORGANIZATION_ID = false })
         assert.matches("ERROR: ASTRO_API_TOKEN is not set\n", output)
         assert.matches("ERROR: ASTRO_ORGANIZATION_ID is not set\n", output)
         output = run(REPORT, { ASTRO_API_TOKEN = "secret\ntoken", ASTRO_ORGANIZATION_ID = "a/b" })
         assert.matches("ERROR: ASTRO_API_TOKEN: a token without control characters expected\n", output)
         assert.matches("ERROR: ASTRO_ORGANIZATION_ID: an id of letters, [^\n]* expected\n", output)
         assert.not_matches("secret", output)
         output = run([[
            package.preload["astro.core"] = function()
               error "no such file"
            end
         ]] .. REPORT)
         assert.matches("ERROR: the module cannot be loaded: [^\n]*no such file\n.*make nvim", output)
         output = run('vim.ui.open, vim.env.PATH = nil, "/nowhere" ' .. REPORT)
         assert.matches("WARNING: gx opens no links", output)
      end)
   end)

   it(":help astro works, and tells of each command and group", function()
      local output = run [[
         vim.cmd "help astro"
         say(vim.fn.expand "%:t")
         local groups = vim.fn.getcompletion("Astro", "highlight")
         say(#groups > 8)
         for _, group in ipairs(groups) do
            vim.cmd("help hl-" .. group)
         end
         local commands = vim.fn.getcompletion("Astro", "command")
         say(#commands)
         for _, command in ipairs(commands) do
            vim.cmd("help :" .. command)
         end
         vim.cmd "help $ASTRO_API_TOKEN"
      ]]
      assert.equal("astro.txt\ntrue\n4\n", output)
   end)
end)
