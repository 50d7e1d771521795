-- examples/neovim, the plugin, in Neovim: keys that change a Deployment.

local nvim = require "spec.support.nvim"

local function run(program)
   return nvim.run(nvim.PLUGIN .. program)
end

describe("w and h in the window of a card", function()
   setup(nvim.build)

   local ASLEEP = [[
      serve "/hibernating/asleep"
      local asked, choose
      vim.ui.select = function(items, options, f)
         asked, choose = table.concat(items, "/") .. " " .. options.prompt, f
      end
      local function override()
         return table.concat(lines(), "\n"):match "override +([^\n]*)"
      end
      vim.cmd "AstroDeployment cmsleeper"
   ]]

   it("ask, change its override, and show it again", function()
      local output = run(ASLEEP .. [[
         loaded()
         for _, key in ipairs { "w", "h", "h" } do
            vim.cmd("normal " .. key)
            say(asked)
            say(note(), override())
            choose "Yes"
            say(note())
            loaded()
            say(override())
         end
         say(#notes, notes[1])
      ]])
      assert.equal(
         "Yes/No Wake sleeper? It is awake until further notice, whatever its schedules say.\n"
            .. "nil nil\nwaking …\nawake until further notice\n"
            .. "Yes/No Hibernate sleeper? It runs nothing until further notice, whatever its schedules say.\n"
            .. "nil awake until further notice\nhibernating …\nasleep until further notice\n"
            .. "Yes/No Hibernate sleeper? It runs nothing until further notice, whatever its schedules say.\n"
            .. "nil asleep until further notice\nhibernating …\nasleep until further notice\n"
            .. "1 astro: nothing was changed: it was so already\n",
         output
      )
   end)

   it("change nothing where the answer is no, or none, nor before there is a card", function()
      local output = run(ASLEEP .. [[
         vim.cmd "normal w"
         say(asked, notes[1])
         loaded()
         for _, answer in ipairs { "No", false } do
            vim.cmd "normal w"
            choose(answer or nil)
            say(note())
            vim.cmd "normal r"
            loaded()
            say(override(), #notes)
         end
         vim.cmd "normal w"
         vim.cmd "normal r"
         choose "Yes"
         say(note(), notes[2])
      ]])
      assert.equal(
         "nil ERROR astro: no Deployment is shown yet\nnil\nnil 1\nnil\nnil 1\n"
            .. "loading … ERROR astro: nothing was changed: the Deployment is being loaded\n",
         output
      )
   end)

   it("say in one line what failed, also where the window was closed meanwhile", function()
      local output = run(ASLEEP .. [[
         vim.cmd "AstroDeployment refused"
         loaded()
         local before = lines()[1]
         vim.cmd "normal w"
         choose "Yes"
         loaded()
         say(notes[1], lines()[1] == before)
         vim.cmd "normal h"
         choose "Yes"
         vim.cmd "normal q"
         await(function()
            return notes[2]
         end)
         say(notes[2])
      ]])
      local line = "ERROR astro: POST deployments/refused/hibernation%-override: 403 Forbidden: not allowed"
      assert.matches("^" .. line .. "[^\n]* true\n" .. line .. "[^\n]*\n$", output)
   end)
end)
