-- The option `progress`, on real terminals: those of tmux and of util-linux's script, which keeps every byte.

local nvim = require "spec.support.nvim"
local terminal = require "spec.support.terminal"
local world = require "spec.support.world"

-- Where time passes at once.
local WAIT = [[
   local astro = require "astro"
   local client = astro.testing.client {
      progress = true,
      deployments = { { id = "cmone", statusReason = "because" } },
      steps = { cmone = { "CREATING", "DEPLOYING", "HEALTHY" } },
   }
   %s
   print(client:wait_for("cmone", { interval = 2 }).status)
]]

-- What a program writes to a terminal, with line breaks as it wrote them.
local function written(command)
   local file = world.write("command", command)
   local environment = "env -u NVIM -u COLUMNS TERM=xterm"
   return (world.shell(("%s script -qec 'sh %s' /dev/null"):format(environment, file)):gsub("\r\n", "\n"))
end

-- The lines that were drawn and went again, and all else that a terminal was sent.
local function parts_of(bytes)
   local drawn = {}
   local rest = bytes:gsub("\r([^\r\n\27]+)\27%[K%f[\r]", function(text)
      drawn[#drawn + 1] = text
      return ""
   end)
   return drawn, (rest:gsub("\r\27%[K", ""))
end

local function run(program)
   return parts_of(written(terminal.command(program)))
end

describe("progress", function()
   it("is a line with the status while a wait lasts, and nothing is left of it", function()
      local drawn, rest = run(WAIT:format "")
      assert.equal("HEALTHY\n", rest)
      assert.same({
         "0 s  CREATING  cmone  because",
         "1 s  CREATING  cmone  because",
         "2 s  DEPLOYING  cmone  because",
         "3 s  DEPLOYING  cmone  because",
      }, drawn)
   end)

   it("is cut to the terminal, which shows what would act on it", function()
      local program = [[
         local astro = require "astro"
         local row = { id = "cmone", statusReason = "\27[31m" .. ("long "):rep(99) }
         local service = astro.testing.service { deployments = { row }, steps = { cmone = { "CREATING", "HEALTHY" } } }
         local looks, screen = 0, nil
         local client = astro.testing.client({ progress = true, transport = function(request)
            looks = looks + 1
            while looks == 2 and not (screen or ""):find "CREATING" do
               screen = io.popen("tmux capture-pane -p"):read "*a"
            end
            return service(request)
         end })
         assert(client:wait_for("cmone", { interval = 2 }))
         io.write((screen:gsub("%s+$", "")), "|\n")
      ]]
      local shown = "1 s  CREATING  cmone  \\27[31mlong long long long long long…|"
      assert.equal(shown, terminal.shown(60, terminal.command(program)))
   end)

   it("is gone before anything of the caller's is called, and before anything raises", function()
      local program = WAIT:gsub(
         "{ interval = 2 }",
         [[{
         interval = 2,
         status = function() end,
         on_poll = function(deployment)
            print(deployment.status)
            assert(deployment.status ~= "HEALTHY", "enough")
         end,
      }]]
      ):format ""
      local drawn, rest = run(program)
      assert.equal(4, #drawn)
      assert.matches("^CREATING\nDEPLOYING\nHEALTHY\n[^\r\27]*enough", rest)
   end)

   it("is gone before functions that the call has with it are called", function()
      local _, rest = run [[
         local astro = require "astro"
         local function teller(name)
            return function()
               io.stderr:write(name, "\n")
            end
         end
         local client = astro.testing.client {
            progress = true,
            token = function()
               io.stderr:write "token\n"
               return "secret"
            end,
            on_request = teller "request",
            on_response = teller "response",
            log = teller "log",
            deployments = { { id = "cmone" } },
            steps = { cmone = { "CREATING", "HEALTHY" } },
         }
         local function is_met(deployment)
            io.stderr:write(deployment.status, "\n")
            return deployment.status == "HEALTHY"
         end
         assert(client:wait_for("cmone", { interval = 2, status = is_met }))
      ]]
      local look = "token\nrequest\nlog\nresponse\n"
      assert.equal(look .. "CREATING\n" .. look .. "HEALTHY\n", rest)
   end)

   it("has any number that a service says", function()
      local drawn = run [[
         local astro = require "astro"
         local service = astro.testing.service {
            deployments = { { id = "cmone" }, { id = "cmtwo" } },
            failures = { false, { status = 503, retry_after = 2 } },
         }
         local client = astro.testing.client { progress = true, transport = function(request)
            local status, headers, body = service(request)
            return status, headers, (body:gsub('"totalCount": ?2', '"totalCount":6.5e20'))
         end }
         client:all_deployments { limit = 1 }
      ]]
      assert.matches("deployments: 1 of 650000000000000000000", table.concat(drawn, "\n"))
   end)

   it("counts Deployments, also while nothing comes", function()
      local drawn, rest = run(([[
         local astro = require "astro"
         local client = astro.client({ base_url = %q, progress = true })
         print(next((client:get_deployments({ "cmslow" }, { list = false }))))
      ]]):format(world.stand_in .. "/slow/0.7"))
      assert.matches("^cmslow\t", rest)
      assert.equal("0 s  deployments: 0 of 1", drawn[1])
      drawn, rest = run [[
         local astro = require "astro"
         local ids = {}
         for i = 1, 1000 do
            ids[i] = "cmdep" .. i
         end
         local client = astro.testing.client()
         local found, failed = client:get_deployments(ids, { list = false, progress = true })
         print(next(found), failed[ids[1000] ].kind)
      ]]
      assert.equal("nil\tnot_found\n", rest)
      assert.matches("^%d+ s  deployments: %d+ of 1000$", drawn[1])
      assert.is_true(#drawn > 100)
   end)

   it("counts the rows of many pages, away from what is printed between them", function()
      local drawn, rest = run [[
         local astro = require "astro"
         local rows = {}
         for i = 1, 250 do
            rows[i] = { id = ("cm%03d"):format(i) }
         end
         local client = astro.testing.client { deployments = rows, rate = 4, progress = true }
         local count = 0
         for row in client:each_deployment { limit = 10 } do
            count = count + 1
            print(count, row.id)
         end
         print(#assert(client:all_deployments { limit = 10 }))
      ]]
      local printed = {}
      for i = 1, 250 do
         printed[i] = ("%d\tcm%03d\n"):format(i, i)
      end
      assert.equal(table.concat(printed) .. "250\n", rest)
      local text = table.concat(drawn, "\n")
      assert.matches("\n5 s  deployments: 240 of 250\n.*\n6 s  deployments: 240 of 250$", text)
   end)

   it("shows nothing of what is over soon", function()
      local program = [[
         local astro = require "astro"
         print(#assert(astro.client({ progress = true }):all_deployments { limit = 2 }))
      ]]
      assert.same({ {}, "7\n" }, { run(program) })
   end)

   if _VERSION ~= "Lua 5.1" or jit then
      it("is one line where several calls of a loop wait", function()
         local drawn, rest = run(([[
            local astro = require "astro"
            local loop = require "astro.loop.poll"
            local client = astro.client({ base_url = %q, progress = true, loop = loop })
            local function wait()
               return (next((client:get_deployments({ "cmslow" }, { list = false }))))
            end
            print(loop.run(wait, wait))
         ]]):format(world.stand_in .. "/slow/0.7"))
         assert.equal("cmslow\tcmslow\n", rest)
         assert.same({ "0 s  deployments: 0 of 1" }, drawn)
      end)
   end

   for what, variable in pairs({
      ["a dumb terminal"] = "TERM=dumb",
      ["a terminal of no name"] = "TERM=",
      ["a terminal of Neovim's"] = "NVIM=/run/nvim",
      ["a terminal that has the log's lines"] = "ASTRO_LOG=error",
   }) do
      it("is not for " .. what, function()
         assert.equal("HEALTHY\n", written(variable .. " " .. terminal.command(WAIT:format "")))
      end)
   end

   it("is for stderr alone, and for those who ask for it", function()
      local command = terminal.command(WAIT:format "")
      assert.equal("HEALTHY\n", world.shell(command))
      assert.equal("HEALTHY\n", written(command .. " 2>&1 | cat"))
      assert.equal("HEALTHY\n", written(terminal.command((WAIT:format(""):gsub("progress = true,", "")))))
      local drawn = parts_of(written(command .. " >/dev/null"))
      assert.equal(4, #drawn)
   end)

   it("is not for a server, such as an nginx in the foreground", function()
      assert.equal("HEALTHY\n", written(terminal.command(WAIT:format "package.loaded.ngx = {}")))
   end)

   it("is not for Neovim, whose screen that is", function()
      nvim.build()
      local program = world.write("program", WAIT:format "io.stderr:write 'here '")
      local command = "LUA_PATH= LUA_CPATH='/nowhere/?.so' nvim --clean --headless "
         .. "--cmd 'set runtimepath^=.build/nvim' -c 'luafile %s' -c 'qall!' </dev/null"
      assert.equal("here HEALTHY", (written(command:format(program))))
   end)
end)
