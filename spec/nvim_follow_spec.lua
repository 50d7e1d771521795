-- examples/neovim, the plugin, in Neovim: windows that follow.

local nvim = require "spec.support.nvim"

local PRELUDE = nvim.PLUGIN
   .. [[
   local ID = "cmdep00000000000000000001"
   local SINCE = "2026-11-27T12:00:00Z"
   local function ends_with(text)
      await(function()
         return lines()[#lines()]:find(text .. "$")
      end)
   end
   -- A feed that gives what is in the queue, as it comes.
   local queue = {}
   local function feed()
      return function()
         while not queue[1] do
            require("astro.loop.luv").sleep(0.002)
         end
         return { { table.remove(queue, 1) } }
      end
   end
   local function add(text)
      queue[#queue + 1] = text
      ends_with(text)
   end
]]

local function run(program)
   return nvim.run(PRELUDE .. program)
end

describe("the window of :AstroLog", function()
   setup(nvim.build)

   it("follows a log in lines of pretty.log's, with the groups of its styles", function()
      local output = run [[
         serve "/growing/plain"
         require("astro_deployments").log("cmlog", { since = SINCE, interval = 0.01 })
         say(#lines(), note(), vim.bo.modifiable, vim.bo.buftype, (vim.fn.bufname():gsub("%d+$", "")))
         ends_with "end"
         say(note())
         say(table.concat(lines(), "\n"))
         local namespace, groups = vim.api.nvim_create_namespace "astro_deployments", {}
         for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, namespace, { 6, 0 }, { 6, -1 }, { details = true })) do
            groups[#groups + 1] = mark[4].hl_group
         end
         say(table.concat(groups, " "), vim.bo.modifiable, #notes)
      ]]
      output = output:gsub("2026%-11%-27 12:00:", "")
      assert.equal(
         "1 following … false nofile astro://log/cmlog#\nnil\n"
            .. "00.000  scheduler      start\n00.000  worker         start\n"
            .. ("01.000  scheduler      the same\n"):rep(4)
            .. "02.000  worker         Task \\27[31mload\\27[0m ERROR\n"
            .. "09.000  scheduler      next\n02.000  worker         late\n09.000  scheduler      next\n"
            .. "20.000  scheduler      end\n"
            .. "AstroQuiet AstroLabel AstroError false 0\n",
         output
      )
   end)

   it("says in its last lines what ended it", function()
      local output = run [[
         serve "/growing/plain"
         vim.o.columns = 75
         for _, id in ipairs { "nobody", "a/b" } do
            vim.cmd("AstroLog " .. id)
            loaded()
            say(#lines(), text())
         end
         while pcall(vim.cmd, "split") do
         end
         vim.cmd "AstroLog nobody"
         vim.cmd "AstroLog a b"
         say(table.concat(notes, "\n"))
      ]]
      assert.equal(
         "1 GET deployments/nobody/logs: 404 Not Found: refused (request stand-in)\n"
            .. "2 bad argument 'id' to 'each_log' (an id of letters, digits, '_' and '-' expected)\n"
            .. "ERROR astro: E36: Not enough room\nERROR astro: usage: AstroLog id\n",
         output
      )
   end)

   it("ends the following when it is closed, however", function()
      local output = run [[
         serve "/growing/plain"
         local function follow()
            local count = { 0 }
            require("astro_deployments").log("cmlog", {
               since = SINCE,
               interval = 0.01,
               on_request = function()
                  count[1] = count[1] + 1
               end,
            })
            return count
         end
         local function asks(count, times)
            local before = count[1]
            await(function()
               return count[1] >= before + times
            end)
         end
         for _, close in ipairs { "normal q", "quit", "edit other", "noautocmd bwipeout!", "bunload" } do
            local count = follow()
            asks(count, 2)
            vim.cmd(close)
            local so_far, other = count[1], follow()
            asks(other, 5)
            say(count[1] - so_far, #notes)
            vim.cmd "normal q"
         end
      ]]
      assert.equal(("0 0\n"):rep(5), output)
   end)
end)

describe("a window that follows", function()
   setup(nvim.build)

   it("goes with its end only where the cursor is in the last line", function()
      local output = run [[
         require "astro_deployments.follow".open("x", feed)
         for i = 1, 40 do
            add("line " .. i)
         end
         local function rows()
            local found = {}
            for _, handle in ipairs(vim.fn.win_findbuf(vim.fn.bufnr())) do
               found[#found + 1] = vim.api.nvim_win_get_cursor(handle)[1]
            end
            return table.concat(found, " ")
         end
         say(rows())
         vim.cmd "split"
         vim.api.nvim_win_set_cursor(0, { 7, 0 })
         add "more"
         say(rows())
         vim.cmd "normal G"
         add "and more"
         say(rows(), vim.fn.line "w$", vim.fn.undotree().seq_last)
      ]]
      assert.equal("40\n7 41\n42 42 42 0\n", output)
   end)

   it("gives the editor its turn between many lines, and keeps the last 100,000", function()
      local output = run [[
         local count = 0
         require "astro_deployments.follow".open("x", function()
            return function()
               count = count + 1
               return count <= 100003 and { { "line " .. count, "name" } } or nil
            end
         end)
         say(count)
         local turns = 0
         await(function()
            turns = turns + 1
            return count > 100003
         end)
         say(turns > 10, #lines(), lines()[1], lines()[#lines()], vim.fn.line ".")
         local namespace = vim.api.nvim_create_namespace "astro_deployments"
         say(#vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, {}))
      ]]
      assert.equal("100\ntrue 100000 line 4 line 100003 100000\n100000\n", output)
   end)
end)

describe("the window of :AstroWatch", function()
   setup(nvim.build)

   local SHOW = [[
      local function show()
         for _, line in ipairs(lines()) do
            say((line:gsub("^%d+%-%d+%-%d+ %d+:%d+:%d+", "TIME")))
         end
         vim.cmd "normal q"
      end
   ]]

   it("has a line for each event", function()
      local output = run(SHOW .. [[
         serve "/changing/2/same,sick,503,same,less,same"
         require("astro_deployments").watch({ ID }, { interval = 0.01 })
         say(#lines(), note(), vim.bo.modifiable, (vim.fn.bufname():gsub("%d+$", "")))
         await(function()
            return #lines() >= 6
         end)
         show()
         say(#notes)
      ]])
      assert.equal(
         ([[
1 following … false astro://watch#
TIME  appeared  number 1  HEALTHY  ID
TIME  changed   number 1  status HEALTHY → UNHEALTHY, workerQueues[name=heavy].podCpu 8 → 9  ID
TIME  failed    GET deployments: 503 Service Unavailable: refused (request stand-in-503)
TIME  changed   number 1  status UNHEALTHY → HEALTHY, workerQueues[name=heavy].podCpu 9 → 8  ID
TIME  gone      number 1  ID
TIME  appeared  number 1  HEALTHY  ID
0
]]):gsub("ID", "cmdep00000000000000000001"),
         output
      )
   end)

   it("is of the ids that are given, or of all, and says what ended it", function()
      local output = run(SHOW .. [[
         serve "/changing/2/same"
         vim.cmd("AstroWatch cmdep00000000000000000002 " .. ID)
         ends_with "00[12]"
         await(function()
            return #lines() == 2
         end)
         vim.cmd "normal q"
         vim.cmd("AstroWatch " .. ID)
         ends_with(ID)
         show()
         vim.cmd "AstroWatch"
         await(function()
            return #lines() == 2
         end)
         show()
         vim.cmd "AstroWatch a/b"
         ends_with "expected%)"
         say(text(), #notes)
      ]])
      local first = "TIME  appeared  number 1  HEALTHY  cmdep00000000000000000001\n"
      assert.equal(
         first
            .. first
            .. first:gsub("1(%s)", "2%1")
            .. "bad argument 'what' to 'watch' (an id of letters, digits, '_' and '-' expected) 0\n",
         output
      )
   end)

   it("shows a name without blanks around it, and that there is none", function()
      local output = run [[
         for _, name in ipairs { " a  b ", false } do
            local event = { kind = "gone", id = "cmone", before = { name = name or nil } }
            local parts = require "astro_deployments.event"(event)
            say(parts[#parts - 2][1], parts[#parts][1])
         end
      ]]
      assert.equal("a  b cmone\n- cmone\n", output)
   end)

   it("shows no control character, no secret and not who changed it", function()
      local output = run [[
         local function one(name, status, value, at)
            return {
               id = "cmone",
               name = name,
               status = status,
               updatedAt = at,
               environmentVariables = { { key = "K", isSecret = true, value = value } },
            }
         end
         local before, after = one("a\27b", "HEALTHY", "hush1", "2026-11-27T12:00:00Z"),
            one("a\nb", "UNHEALTHY", "hush2", "2026-11-27T12:00:01Z")
         local event = {
            kind = "changed",
            id = "cmone",
            before = before,
            after = after,
            changes = require("astro").pretty.changes(before, after),
         }
         local texts = {}
         for i, part in ipairs(require "astro_deployments.event"(event)) do
            texts[i] = i == 1 and "" or part[1]
         end
         say(table.concat(texts))
      ]]
      assert.equal(
         "  changed   a\\nb  name a\\27b → a\\nb, status HEALTHY → UNHEALTHY, "
            .. "environmentVariables[key=K].value •••••• → •••••• (changed)  cmone\n",
         output
      )
   end)
end)
