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
         say(lines()[1])
         vim.cmd "normal r"
         loaded()
         say(lines()[1], #notes)
      ]])
      assert.equal(
         "Yes/No Wake sleeper? It is awake until further notice, whatever its schedules say.\n"
            .. "nil nil\nwaking …\nawake until further notice\n"
            .. "Yes/No Hibernate sleeper? It runs nothing until further notice, whatever its schedules say.\n"
            .. "nil awake until further notice\nhibernating …\nasleep until further notice\n"
            .. "Yes/No Hibernate sleeper? It runs nothing until further notice, whatever its schedules say.\n"
            .. "nil asleep until further notice\nhibernating …\nasleep until further notice\n"
            .. "nothing was changed: it was so already\nsleeper  HIBERNATING 0\n",
         output
      )
   end)

   it("change nothing where the answer is no, or none, nor before there is a card", function()
      local output = run(ASLEEP .. [[
         vim.cmd "normal w"
         say(asked, lines()[1])
         loaded()
         for _, answer in ipairs { "No", false } do
            vim.cmd "normal w"
            choose(answer or nil)
            say(note())
            vim.cmd "normal r"
            loaded()
            say(override(), lines()[1])
         end
         vim.cmd "normal w"
         vim.cmd "normal r"
         choose "Yes"
         say(note(), lines()[1], #notes)
      ]])
      assert.equal(
         "nil no Deployment is shown yet\n"
            .. ("nil\nnil sleeper  HIBERNATING\n"):rep(2)
            .. "loading … nothing was changed: the Deployment is being loaded 0\n",
         output
      )
   end)

   it("say in the window what failed, and by vim.notify where it was closed meanwhile", function()
      local output = run(ASLEEP .. [[
         vim.cmd "AstroDeployment refused"
         loaded()
         vim.o.columns = 60
         local before = text()
         vim.cmd "normal w"
         choose "Yes"
         loaded()
         say(text():sub(-#before) == before, #notes, text())
         vim.cmd "normal h"
         choose "Yes"
         vim.cmd "normal q"
         await(function()
            return notes[1]
         end)
         say(notes[1], vim.fn.strdisplaywidth(notes[1]) - #"ERROR " == vim.v.echospace)
      ]])
      local line = "POST deployments/refused/hibernation%-override: 403 Forbidden: not allowed"
      assert.matches(
         "^true 0 " .. line .. "[^\n]*\nERROR astro: " .. line:sub(1, 40) .. "[^\n]*… true\n$",
         output
      )
   end)
end)
