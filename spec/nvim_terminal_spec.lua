-- examples/neovim, the plugin, in Neovim in a terminal.

local nvim = require "spec.support.nvim"

local FULL = "cmdep0full0000000000000001"

local function open(columns, lines, path)
   local screen = nvim.screen(columns, lines, path or "")
   finally(function()
      screen:close()
   end)
   screen:shows "[No Name]"
   return screen
end

local function command(screen, text)
   screen:press(text, "Enter")
end

describe("in a terminal", function()
   setup(nvim.build)

   it("the window has a title and its keys, and goes with <Esc>", function()
      local screen = open(80, 20, "/sequence/HEALTHY")
      command(screen, ":AstroDeployment cmsequence")
      local shown = screen:shows "name of cmsequence  HEALTHY  because"
      assert.matches(" Deployment cmsequence ", shown)
      assert.matches(" r reload  gx open link  w wake  h hibernate  q close ", shown)
      screen:press "Escape"
      screen:loses "╭"
   end)

   it("what failed is in the window, and nothing asks for ENTER", function()
      local screen = open(60, 20, "/errors/403_permissions.json")
      for _, line in ipairs({ ":AstroDeployment cm1", ":AstroDeployments", ":AstroLog cm1" }) do
         command(screen, line)
         assert.not_matches("Press ENTER", screen:shows "403 Forbidden")
         screen:press "q"
      end
      screen:press("i", "gone")
      screen:shows "gone"
   end)

   it("a question and its answer leave nothing that asks for ENTER", function()
      local screen = open(80, 24, "/hibernating/asleep")
      command(screen, ":AstroDeployment cmsleeper")
      screen:shows "HIBERNATING"
      screen:press "w"
      screen:shows "Type number"
      screen:press("1", "Enter")
      screen:shows "awake until further notice"
      screen:press "w"
      screen:shows "Type number"
      screen:press("1", "Enter")
      assert.not_matches("Press ENTER", screen:shows "nothing was changed")
   end)

   it("the card is drawn for the width of the window, and anew where that changes", function()
      local screen = open(100, 60)
      command(screen, ":AstroDeployment " .. FULL)
      screen:shows "cloud provider AWS · region eu-central-1"
      screen:shows "  NAME     DEFAULT  MIN  MAX  CONCURRENCY  MACHINE  CPU  MEMORY  ID"
      screen:resize(70, 60)
      local shown = screen:shows "name default · default yes"
      assert.matches("╭[^\n]+╮\n", shown)
      screen:resize(100, 60)
      screen:shows "  NAME     DEFAULT  MIN  MAX  CONCURRENCY  MACHINE  CPU  MEMORY  ID"
      screen:press(":echo exists('##WinResized') 'there'", "Enter")
      if screen:shows("there"):find "1 there" then
         command(screen, ":vertical resize 70")
         screen:shows "name default · default yes"
      end
   end)
end)
