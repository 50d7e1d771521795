-- examples/neovim, the plugin, in Neovim: what <Tab> completes, and the list to choose from.

local nvim = require "spec.support.nvim"
local world = require "spec.support.world"

local PRELUDE = nvim.PLUGIN
   .. [[
   local function completed(line)
      return table.concat(vim.fn.getcompletion(line, "cmdline"), " | ")
   end
   local function listed()
      await(function()
         return completed "AstroLog " ~= ""
      end)
   end
]]

local function run(program, environment)
   return nvim.run(PRELUDE .. program, environment)
end

describe("<Tab>", function()
   setup(nvim.build)

   it("completes the names of the last list, else ids, behind each command", function()
      local output = run [[
         say("at once:", completed "AstroLog ")
         listed()
         for _, line in ipairs { "AstroLog ", "AstroDeployment ", "AstroWatch nulls " } do
            say(completed(line))
         end
         for _, lead in ipairs { "n", "HOUR", "hourly\\ o", "cmdep0n", "x" } do
            say(lead .. ":", completed("AstroLog " .. lead))
         end
      ]]
      local all = "Hourly\\ Orders | asleep | from\\ the\\ future | new\\ one | nightly\\ reports | nulls"
         .. " | required\\ only\n"
      assert.equal(
         "at once: \n"
            .. all:rep(3)
            .. "n: new\\ one | nightly\\ reports | nulls\n"
            .. "HOUR: Hourly\\ Orders\n"
            .. "hourly\\ o: Hourly\\ Orders\n"
            .. "cmdep0n: cmdep0nulls00000000000007\n"
            .. "x: \n",
         output
      )
   end)

   it("has the list loaded anew behind what it completes, and keeps the last where that fails", function()
      local output = run [[
         local address = vim.env.ASTRO_API_URL
         vim.env.ASTRO_API_URL = address .. "/lists/plain/1"
         listed()
         say(completed "AstroLog ")
         vim.env.ASTRO_API_URL = address .. "/lists/plain/2"
         await(function()
            return completed "AstroLog " ~= "name\\ of\\ cmmany00000000000000000001"
         end)
         say(completed "AstroLog ")
         vim.env.ASTRO_API_URL = address .. "/lists/forbidden/3"
         local counting = require("astro").client { base_url = address .. "/counts", rate = false }
         local function lists()
            return assert(counting:request("GET", "/")).lists
         end
         local before = lists()
         await(function()
            completed "AstroLog "
            return lists() >= before + 3 -- one after another
         end)
         say(completed "AstroLog ", #notes)
      ]]
      local one, two = "name\\ of\\ cmmany00000000000000000001", "name\\ of\\ cmmany00000000000000000002"
      assert.equal(("1\n1 | 2\n1 | 2 0\n"):gsub("[12]", { ["1"] = one, ["2"] = two }), output)
   end)

   it("completes the Deployments of the organization that is named before", function()
      local output = run(
         ([[
         local line = "AstroDeployment %s "
         await(function()
            return completed(line) ~= ""
         end)
         say(completed(line .. "a"))
         say(completed "AstroDeployment a", completed "AstroDeployment other a")
      ]]):format(world.org),
         { ASTRO_ORGANIZATION_ID = "" }
      )
      assert.equal("asleep\n \n", output)
   end)

   it("completes the id where a name is of two, is an id, or is none that a command line can have", function()
      local list = [[{"deployments":[{"id":"cm1","name":"twin"},{"id":"cm2","name":"twin "},{"id":"cm3"},
         {"id":"cm4","name":"line\nbreak"},{"id":"cm5","name":" a\\b "},{"id":"cm6","name":""},
         {"id":"cm7","name":"cm1"}],
         "limit":100,"offset":0,"totalCount":7}]]
      local output = run(
         [[
         listed()
         say(completed "AstroLog ")
         local id = require("astro_deployments.known").id
         say(id "a\\b", id "twin", id "cm5", id "cm1", id "other")
      ]],
         { ASTRO_API_URL = world.answer("200 OK", list) }
      )
      assert.equal("a\\\\b | cm1 | cm2 | cm3 | cm4 | cm6 | cm7\ncm5 twin cm5 cm1 other\n", output)
   end)

   it("is for names that each command takes", function()
      local output = run [[
         listed()
         vim.cmd "AstroDeployment Hourly\\ Orders"
         loaded()
         say(lines()[1], (captions()))
         vim.cmd "AstroLog Hourly\\ Orders"
         say((vim.fn.bufname():gsub("%d+$", "")))
         vim.cmd "AstroWatch asleep nulls"
         await(function()
            return #lines() == 2
         end)
         for _, line in ipairs(lines()) do
            say(line:match "appeared.*")
         end
      ]]
      assert.equal(
         "Hourly Orders  HEALTHY  All components are ready  Deployment Hourly Orders \n"
            .. "astro://log/cmdep0full0000000000000001#\n"
            .. "appeared  asleep  HIBERNATING  cmdep0hibernating00000005\n"
            .. "appeared  nulls  HEALTHY  cmdep0nulls00000000000007\n",
         output
      )
   end)
end)

describe("a name that is typed", function()
   setup(nvim.build)

   it("is looked for in a list, which is loaded where there is none yet", function()
      for expected, call in pairs({
         ["^asleep  HIBERNATING"] = 'open "asleep"',
         ["^GET deployment nobody: 404 "] = 'open "nobody"',
         ["  asleep  HIBERNATING  cmdep0hibernating00000005$"] = 'watch { "asleep" }',
         ["Task load_orders"] = 'log("Hourly Orders", { since = "2026-11-27T00:00:00Z" })',
      }) do
         local program = 'require("astro_deployments").%s await(function() return text():find %q end)'
         assert.equal("", (run(program:format(call, expected))))
      end
   end)

   it("counts as an id where there is no list to be had", function()
      local refusing = { ASTRO_API_URL = world.error_answer "403_permissions.json" }
      local program = 'vim.cmd "AstroDeployment asleep" loaded() say(text())'
      assert.matches("^GET deployment asleep: 403 ", (run(program, refusing)))
   end)
end)

describe("the list to choose from", function()
   setup(nvim.build)

   it(":AstroDeployments asks by vim.ui.select, and so does :AstroDeployment alone", function()
      local output = run [[
         vim.ui.select = function(items, options, choose)
            for _, item in ipairs(items) do
               say(options.prompt, options.format_item(item))
            end
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
         .. [[
Deployment: new one          CREATING     cmdep0creating000000000004
Deployment: Hourly Orders    HEALTHY      cmdep0full0000000000000001
Deployment: asleep           HIBERNATING  cmdep0hibernating00000005
Deployment: nightly reports  HEALTHY      cmdep0kubernetes0000000003
Deployment: nulls            HEALTHY      cmdep0nulls00000000000007
Deployment: required only    HEALTHY      cmdep0required000000000002
Deployment: from the future  SUSPENDED    cmdep0unknown0000000000006
]]
         .. "Hourly Orders  HEALTHY  All components are ready\n"
      assert.equal(picked:rep(2), output)
   end)

   it("has shortened names where the editor is narrow", function()
      local output = run [[
         vim.o.columns = 57
         local is_shown
         vim.ui.select = function(items, options)
            is_shown = true
            for i = 1, 3 do
               say(options.format_item(items[i]))
            end
         end
         vim.cmd "AstroDeployments"
         await(function()
            return is_shown
         end)
      ]]
      assert.equal(
         "new one       CREATING     cmdep0creating000000000004\n"
            .. "Hourly Orde…  HEALTHY      cmdep0full0000000000000001\n"
            .. "asleep        HIBERNATING  cmdep0hibernating00000005\n",
         output
      )
   end)

   -- The second argument is how snacks.nvim asks for it.
   it("is in colour for a ui that takes chunks", function()
      local output = run [[
         local is_shown
         vim.ui.select = function(items, options)
            is_shown = true
            local texts = {}
            for i, chunk in ipairs(options.format_item(items[3], true)) do
               texts[i] = chunk[1]
               if chunk[2] then
                  say(chunk[1], chunk[2])
               end
            end
            say(table.concat(texts) == options.format_item(items[3]))
         end
         vim.cmd "AstroDeployments"
         await(function()
            return is_shown
         end)
      ]]
      assert.equal(
         "asleep AstroName\nHIBERNATING AstroHibernating\ncmdep0hibernating00000005 AstroQuiet\ntrue\n",
         output
      )
   end)

   it("opens nothing where nothing is chosen or there is nothing, and says what failed", function()
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
         vim.env.ASTRO_API_URL = address .. "/lists/plain/0"
         vim.cmd "AstroDeployments"
         await(function()
            return #notes == 3
         end)
         say(notes[3], #vim.api.nvim_list_wins())
         vim.env.ASTRO_API_URL = address .. "/lists/forbidden/1"
         vim.cmd "AstroDeployments"
         await(is_float)
         say(captions())
         say(text(), #notes)
         vim.cmd "normal q"
         say(#vim.api.nvim_list_wins())
      ]]
      assert.equal(
         "1\nastro: there are no Deployments 1\n Deployments   q close \n"
            .. "GET deployments: 403 Forbidden: refused (request stand-in-403) 4\n1\n",
         output
      )
   end)
end)
