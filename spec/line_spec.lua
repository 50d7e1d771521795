local world = require "spec.support.world"

-- For a program: n coroutines that share a client.
local HEAD = [[
   local astro, core = require "astro", require "astro.core"
   local loop = require("astro.loop." .. arg[1])
   local base = os.getenv "ASTRO_API_URL"
   local waits = 0
   local counting = setmetatable({
      wait = function(pollable)
         waits = waits + 1
         return loop.wait(pollable)
      end,
   }, { __index = loop })
   local function client(path, given)
      given.loop, given.base_url, given.rate = counting, base .. path, false
      return astro.client(given)
   end
   local function at_once(count, f)
      local tasks = {}
      for i = 1, count do
         tasks[i] = function()
            f(i)
         end
      end
      loop.run((table.unpack or unpack)(tasks))
   end
]]

-- Lua 5.1 has no loops: see spec/pollable_spec.lua.
local loops = (_VERSION == "Lua 5.1" and not jit) and {} or { "poll", "cqueues", "luv" }

for _, name in ipairs(loops) do
   describe("calls of one client in astro.loop." .. name, function()
      local function run(program, library)
         return world.run(HEAD .. program, { arguments = name, preload = library })
      end

      it("have no more under way than `concurrency`, in the order in which they came", function()
         local output = run [[
            for concurrency = 1, 2 do
               local token = ("line-%d-%s"):format(concurrency, arg[1])
               local client = client("/slow/0.05", { concurrency = concurrency, token = token })
               local came, ended = 0, {}
               at_once(6, function(i)
                  came = came + 1
                  local place = came
                  assert(client:get_deployment("id" .. i))
                  ended[#ended + 1] = place
               end)
               loop.run(function()
                  local given = { base_url = base .. "/counts", token = token, loop = loop }
                  local most = astro.client(given):request("GET", "/").together
                  print(most, concurrency > 1 or table.concat(ended, " "))
               end)
            end
         ]]
         assert.equal("1\t1 2 3 4 5 6\n2\ttrue\n", output)
      end)

      it("end in time while others are under way, and leave when they are cancelled", function()
         local output = run [[
            local client = client("/slow/0.5", { concurrency = 1, token = "line-left-" .. arg[1] })
            local cancel, kinds = astro.canceller(), {}
            local given = { {}, { timeout = 0.05 }, { cancel = cancel }, {} }
            at_once(5, function(i)
               if given[i] then
                  local deployment, message, err = client:get_deployment("id" .. i, given[i])
                  kinds[i] = deployment and deployment.id or err.kind .. err.attempts
               else
                  loop.sleep(0.1)
                  cancel()
               end
            end)
            print(table.concat(kinds, " "))
            loop.run(function()
               local given = { base_url = base .. "/counts", token = "line-left-" .. arg[1] }
               given.loop = loop
               print(astro.client(given):request("GET", "/").ones)
            end)
         ]]
         assert.equal("id1 timeout0 cancelled0 id4\n2\n", output)
      end)

      it("wake nobody but whose answer came", function()
         local output = run [[
            local client = client("/echo", { concurrency = 4 })
            at_once(100, function(i)
               assert(client:get_deployment("id" .. i))
            end)
            print(waits)
         ]]
         assert.equal("100\n", output)
      end)

      it("wake nobody but whose time is over", function()
         local output = run [[
            local client = client("/slow/20", {})
            at_once(50, function(i)
               local given = { status = "HIBERNATING", interval = 0.01 * i, timeout = 0.01 * i }
               local _, _, err = client:wait_for("fast", given)
               assert(err.kind == "timeout", err.message)
            end)
            print(waits <= 150) -- for two looks, and for what is between them
         ]]
         assert.equal("true\n", output)
      end)

      it("have as many handles as may be under way, and few are kept", function()
         local library = os.getenv "STAND_IN_DIR" .. "/handles.so"
         world.compile(library, "spec/support/handles.c", "--cflags", "-shared -fPIC -ldl")
         local output = run(
            [[
            local client = client("/echo", {})
            at_once(400, function(i)
               assert(client:get_deployment("id" .. i))
            end)
            io.stderr:write "ended\n"
            client:close()
            io.stderr:write "closed\n"
         ]],
            library
         )
         -- 200 at once by HTTP/2, of which 8 are kept; one by a closed client. libcurl may have one of its own.
         local now, most, at = 0, 0, {}
         for line in output:gmatch "[^\n]+" do
            now = now + (line == "handle made" and 1 or line == "handle freed" and -1 or 0)
            most = math.max(most, now)
            at[line] = now
         end
         assert.is_true(most > 9 and most <= 201, most)
         assert.is_true(at.ended <= 9 and at.closed <= 2, at.ended .. " " .. at.closed)
      end)
   end)
end
