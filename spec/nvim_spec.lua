-- astro.loop.luv in Neovim.

local nvim = require "spec.support.nvim"

local CLIENT = [[
   local astro, luv = require "astro", require "astro.loop.luv"
   local function client_of(path, loop)
      return astro.client { loop = loop, base_url = vim.env.ASTRO_API_URL .. path }
   end
   local ticks = 0
   vim.loop.new_timer():start(50, 50, function()
      ticks = ticks + 1
   end)
]]

local function run(program)
   return nvim.run(CLIENT .. program)
end

describe("astro.loop.luv in Neovim", function()
   setup(nvim.build)

   it("lets a timer tick while ten fetches are under way", function()
      local output = run [[
         local client, found, first = client_of("/slow/2", luv), {}, nil
         for i = 1, 10 do
            luv.start(function()
               local deployment = assert(client:get_deployment("cm" .. i))
               first = first or ticks
               found[#found + 1] = deployment.name
            end)
         end
         say(#found, "at once,", ticks, "ticks")
         await(function()
            return #found == 10
         end)
         table.sort(found)
         say(found[1], found[2], found[10])
         say(first >= 20 and "many ticks before the first" or first)
      ]]
      assert.equal(
         "0 at once, 0 ticks\nname of cm1 name of cm10 name of cm9\nmany ticks before the first\n",
         output
      )
   end)

   it("is what does it: a client without a loop lets nothing tick", function()
      local output = run [[
         local client = client_of("/slow/0.3")
         say(client:get_deployment("cm").id, ticks)
      ]]
      assert.equal("cm 0\n", output)
   end)

   it("serves the methods of the table of operations", function()
      local output = run [[
         local client, ids = client_of("/operations", luv), {}
         luv.start(function()
            for deploy in client:each_deploys("d", { limit = 2 }) do
               ids[#ids + 1] = deploy.id
            end
            ids[#ids + 1] = client:set_hibernation_override("d", { isHibernating = true }).isActive and "asleep"
         end)
         await(function()
            return ids[4]
         end)
         say(unpack(ids))
      ]]
      assert.equal("id1 id2 id3 asleep\n", output)
   end)

   it("goes on where the editor's API may be called", function()
      local output = run [[
         local client, is_over = client_of("/slow/0.05", luv), false
         local function write(text)
            vim.api.nvim_buf_set_lines(0, -1, -1, true, { text })
         end
         luv.start(function()
            write(assert(client:get_deployment "cm1").id)
            luv.sleep(0.01)
            write "slept"
            client:close()
            return "done"
         end, function(...)
            write(table.concat(vim.tbl_map(tostring, { ... }), " "))
            is_over = true
         end)
         await(function()
            return is_over
         end)
         say(table.concat(vim.api.nvim_buf_get_lines(0, 1, -1, true), ", "))
      ]]
      assert.equal("cm1, slept, true done\n", output)
   end)

   it("shows by vim.notify what nobody takes, and goes on with the others", function()
      local output = run [[
         local client, ended = client_of("/slow/0.05", luv), 0
         luv.start(function()
            client:get_deployment "cm1"
            error "not mine"
         end)
         luv.start(function()
            assert(client:get_deployment "cm2")
         end, function(ok)
            ended = ended + 1
            error("in on_done, after " .. tostring(ok))
         end)
         luv.start(function()
            client:get_deployment "cm3"
            error("taken", 0)
         end, function(ok, message)
            say(ok, message)
         end)
         await(function()
            return #notes == 2
         end)
         for i, note in ipairs(notes) do
            notes[i] = note:match "^ERROR [^\n]*: (.-)\nstack traceback:"
         end
         table.sort(notes)
         say((table.concat(notes, "; ")))
      ]]
      assert.matches("false taken\n", output)
      assert.matches("in on_done, after true; not mine\n", output)
   end)

   it("skips a coroutine that is dead when its result arrives", function()
      local output = run [[
         local client, thread, found = client_of("/slow/0.1", luv), nil, nil
         luv.start(function()
            thread = coroutine.running()
            client:get_deployment "cm1"
            say "alive"
         end)
         debug.sethook(function() -- of every coroutine, in LuaJIT
            if coroutine.running() == thread then
               debug.sethook()
               error "killed"
            end
         end, "", 1)
         say(coroutine.resume(thread))
         say(coroutine.status(thread))
         luv.start(function()
            found = client:get_deployment("cm2").id
         end)
         await(function()
            return found
         end)
         say(found, #notes)
      ]]
      assert.matches("^false [^\n]*killed\ndead\ncm2 0\n$", output)
   end)

   it("wakes nobody who has ended meanwhile", function()
      local output = run [[
         local thread, is_over
         luv.start(function()
            thread = coroutine.running()
            luv.sleep(0.01)
         end)
         say(coroutine.resume(thread))
         luv.start(function()
            luv.sleep(0.05)
            is_over = true
         end)
         await(function()
            return is_over
         end)
         say(coroutine.status(thread), #notes)
      ]]
      assert.equal("true\ndead 0\n", output)
   end)

   it("runs functions side by side to their ends where that is asked for, and the editor waits", function()
      local output = run [[
         local client, other = client_of("/slow/0.2", luv)
         say(luv.run(function()
            return client:get_deployment("cm1").id
         end, function()
            luv.sleep(0.01)
            other = ticks
            return client:get_deployment("cm2").id, 2
         end))
         say(pcall(luv.run, function()
            luv.sleep(0.01)
            error("raised on purpose", 0)
         end, function()
            luv.sleep(20)
            say "never"
         end, function()
            luv.sleep(0.02)
            say "never"
         end, function()
            require("astro.core").poll({}, 0.05) -- two are due then
         end))
         local fast
         local timer = (vim.uv or vim.loop).new_timer()
         timer:start(1, 0, function()
            fast = { pcall(luv.run, print) }
         end)
         await(function()
            return fast
         end)
         say(fast[2]:match "run: not in a fast event", #notes)
      ]]
      assert.equal("cm1 cm2 2\nfalse raised on purpose\nrun: not in a fast event 0\n", output)
   end)

   describe("when Neovim quits in the middle of a fetch", function()
      local FETCH = [[
         local client = client_of("/slow/60", luv)
         luv.start(function()
            client:get_deployment "cm1"
            say "in time"
         end)
         luv.start(function()
            luv.sleep(60)
         end)
      ]]

      it("ends at once, without a word", function()
         local output, status = run(FETCH .. [[
            await(function()
               return ticks > 2
            end)
            vim.cmd "qall"
         ]])
         assert.same({ "", 0 }, { output, status })
      end)

      it("does so from a result, too", function()
         local output, status = run(FETCH .. [[
            luv.start(function()
               assert(client:get_deployment "fast")
               vim.cmd "qall"
            end)
            await(function() end)
         ]])
         assert.same({ "", 0 }, { output, status })
      end)
   end)
end)

describe("in Neovim", function()
   setup(nvim.build)

   -- A terminal takes 3, 2, 2 and 2 columns; Neovim 0.7.2 2, 4, 2, 2, Neovim 0.12.4 1, 2, 1, 1.
   it("pictures are aligned by the editor's own widths", function()
      local output = run [[
         local list = {}
         for _, name in ipairs { "क्षि", "\225\132\128\225\133\161\225\134\168", "นำ", "ｶﾞ", "plain" } do
            list[#list + 1] = { name = name, status = "HEALTHY" }
         end
         local widths = {}
         for line in astro.pretty.table(list, { columns = { "name", "status" } }):gmatch "[^\n]+" do
            local before = line:match "^(.-)HEALTHY" or line:match "^(.-)STATUS"
            widths[vim.fn.strdisplaywidth(before)] = true
         end
         say(vim.tbl_count(widths), widths[7])
         local is_fast
         vim.loop.new_timer():start(0, 0, function()
            is_fast = vim.in_fast_event() and #astro.pretty.table(list) > 0
         end)
         await(function()
            return is_fast
         end)
         say "and where the editor may not be asked"
      ]]
      assert.equal("1 true\nand where the editor may not be asked\n", output)
   end)

   it("what is cut fits where an editor gives the mark of it two columns", function()
      local output = run [[
         vim.o.ambiwidth = "double"
         local list = { { id = "cmone", name = ("long "):rep(20) } }
         local widest = 0
         for line in astro.pretty.table(list, { columns = { "id", "name" }, width = 60 }):gmatch "[^\n]+" do
            widest = math.max(widest, vim.fn.strdisplaywidth(line))
         end
         say(widest)
      ]]
      assert.equal("60\n", output)
   end)

   -- vim.fn.json_decode, of 0.7.2 and 0.10.4, would give 2^63 - 1 for both.
   it("whole numbers beyond 64 bits are the nearest doubles", function()
      local output = run [[
         local core = require "astro.core"
         local list = assert(core.decode "[18446744073709551617, 100000000000000000000]")
         say(("%.0f %.0f"):format(list[1], list[2]))
      ]]
      assert.equal("18446744073709551616 100000000000000000000\n", output)
   end)
end)
