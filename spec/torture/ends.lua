--- Every end of a process, in every state; of the built module and of the installed one.

local program = require "spec.torture.program"
local raw = require "spec.torture.raw"
local world = require "spec.support.world"

--- Where the program ends, and how.
local STATES = {
   ["idle"] = "check(client(good), 'one')",
   ["never used"] = "ONE = client(good)",
   ["under way"] = [[
      SESSION = core.session()
      SESSION:submit({ method = "GET", path = "/x", target = "x" }, "token", { base_url = held })
      SESSION:wait(0.02)
   ]],
   ["timed out"] = "client(held, { timeout = 0.02 }):get_deployment 'one'",
   ["a name that hangs"] = [[
      client("https://hanging.invalid", { timeout = 0.05, proxy = false }):get_deployment "one"
   ]],
   ["closed"] = "ONE = client(good) check(ONE, 'one') ONE:close()",
}

local LOOP_STATES = {
   ["in a loop"] = [[
      LOOPED = client(held, { loop = loop })
      loop.run(function()
         LOOPED:get_deployment "one"
      end, function()
         loop.sleep(0.02)
         %s
         LOOPED:close()
      end)
   ]],
}

local ENDINGS = {
   ["its end"] = { "", 0 },
   ["os.exit"] = { "os.exit(0)", 0 },
   ["os.exit that closes"] = { "os.exit(0, true)", 0 },
   ["an error"] = { "error('the end', 0)", 1 },
}

local function endings(row, environment)
   local resolver = program.compile("slow_resolver.c", "-shared -fPIC -ldl")
   local function try(name, text, ending, status)
      local output, got = world.with_environment(environment, function()
         return program.run(text, { preload = resolver })
      end)
      local noise = output:gsub("[^\n]*the end\n.*", "")
      row:expect(
         "clean",
         got == status and noise == "" and "clean" or "unclean",
         name .. ", " .. ending .. ": " .. output
      )
   end
   for ending, how in pairs(ENDINGS) do
      for name, text in pairs(STATES) do
         try(name, text .. "\n" .. how[1], ending, how[2])
      end
      for name, text in pairs(raw.modes[2] and LOOP_STATES or {}) do
         try(name, text:format(how[1]), ending, how[2])
      end
   end
   os.remove(resolver)
end

-- The module as `make install` puts it, and nothing of this tree.
local function installed(row)
   local folder = world.shell("mktemp -d"):gsub("\n", "")
   local output, status = world.shell(
      ("env -u MAKEFLAGS -u MAKELEVEL make -s install LUA=%s DESTDIR=%s PREFIX=/x"):format(
         world.interpreter,
         folder
      )
   )
   if status ~= 0 then
      row:finding(output)
   end
   local abi = _VERSION:match "%d%.%d"
   local share = ("%s/x/share/lua/%s"):format(folder, abi)
   endings(row, {
      LUA_PATH = ("%s/?.lua;%s/?/init.lua;;"):format(share, share),
      LUA_CPATH = ("%s/x/lib/lua/%s/?.so;;"):format(folder, abi),
   })
   world.shell("rm -r " .. folder)
end

return function(report)
   report:row("every end in every state, built", function(row)
      endings(row, {})
   end)
   if report.is_long then
      report:row("every end in every state, installed", installed)
   end
end
