-- `make shell`, with a terminal and without.

local world = require "spec.support.world"

-- A hang-up counts, although these specs may run where it is ignored.
local MAKE = "env --default-signal=HUP -u MAKEFLAGS -u MAKELEVEL -u BUILD -u CFLAGS -u FAULTS_PORT SHELL=/bin/sh "
   .. "make -s shell LUA="
   .. world.interpreter
local TERMINAL = ("script -qefc '%s' /dev/null"):format(MAKE)

-- Commands given to it by a pipe.
local function piped(commands)
   return world.shell(("%s <%s 2>/dev/null"):format(MAKE, world.write("commands", commands)))
end

-- Starts one, does something to it once it takes commands, and tells whether all of it goes. A process that nobody
-- has asked for its end has no command line.
local ENDS = [[
   folder=$(mktemp -d)
   mkfifo "$folder/in"
   %s <"$folder/in" >"$folder/out" 2>&1 &
   started=$!
   exec 3>"$folder/in"
   echo 'for i in $(seq 600); do [ -d "$STAND_IN_DIR" ] || break; sleep 0.1; done &' >&3 # what the user left
   echo 'echo "is: $STAND_IN_DIR $(cat "$STAND_IN_DIR/nginx.pid") $$ $PPID."' >&3
   eventually() { for i in $(seq 3000); do if eval "$1"; then return; fi; sleep 0.01; done; echo "never: $1"; }
   runs() { grep -qs . "/proc/$1/cmdline"; }
   eventually 'is=$(sed -n "s/.*is: \(\/[^.]*\.[^.]*\)\..*/\1/p" "$folder/out") && [ -n "$is" ]'
   set -- $is
   dir=$1 nginx=$2 shell=$3 stand_in=$4
   runs $nginx && runs $shell && runs $stand_in && [ -d "$dir" ] && echo "it was there"
   { %s
   } 2>/dev/null
   eventually '! runs $nginx && ! runs $shell && ! runs $stand_in && [ ! -e "$dir" ]'
   exec 3>&-
   wait $started 2>/dev/null; echo "status $?"
   rm -r "$folder"
]]

describe("make shell", function()
   it("has a lua and all variables, so that the README's blocks print what they say", function()
      local commands, wanted = {}, {}
      for code, printed in world.read("README.md"):gmatch "```lua\n(.-)```\n```text\n(.-)```" do
         -- They come faster than anybody types: each by a token of its own, which may ask 25 times a second.
         commands[#commands + 1] = ("ASTRO_API_TOKEN=%d lua %s"):format(#commands, world.write("block", code))
         wanted[#wanted + 1] = printed
      end
      local output, status = piped(table.concat(commands, "\n"))
      assert.equal(table.concat(wanted), (output:gsub("/%S+:(%d+: )", "script.lua:%1")))
      assert.equal(0, status)
   end)

   it("has what `make env` prints, and nothing of make; its lua is the one that was asked for", function()
      local say = 'echo "$LUA_PATH|$LUA_CPATH|$MAKELEVEL"\n'
      local env = MAKE:gsub("shell LUA", "env LUA")
      local wanted = world.shell(('eval "$(%s)"; unset MAKELEVEL; %s'):format(env, say))
      local ask = 'lua -e \'print(jit and "luajit" or "lua" .. _VERSION:match "%d.*")\''
      assert.equal(wanted .. world.interpreter .. "\n", (piped(say .. ask)))
   end)

   it(
      "says in three lines on stderr what it is, one of which can be tried; ends as its commands do",
      function()
         local commands = world.write("commands", "exit 7")
         local output = world.shell(("%s <%s 2>&1 >/dev/null"):format(MAKE, commands))
         assert.matches(
            "^A stand%-in [^\n]*\nTry: [^\n]*\nA README block [^\n]*\nmake: [^\n]*Error 7\n$",
            output
         )
         local try = output:match "\nTry: (.-)\n"
         assert.matches("^name       Hourly Orders\n", (piped(try)))
      end
   )

   it("lets an nginx of root's read the authority, whose workers are nobody", function()
      local output =
         piped 'nobody="setpriv --reuid=65534"; $nobody test -x / || nobody=; $nobody cat "$ASTRO_CA_FILE"'
      assert.matches("^%-%-%-%-%-BEGIN CERTIFICATE", output)
   end)

   it("has a prompt on a terminal, where a last failure is none of the shell", function()
      local leave =
         'echo false >&3; exec 3>&-; eventually "! runs $shell"; grep -o "(astro) [$]" "$folder/out"'
      assert.matches(
         "^it was there\n%(astro%) %$\n.*\nstatus 0\n$",
         (world.shell(ENDS:format(TERMINAL, leave)))
      )
   end)

   it("takes the stand-in away however it ends", function()
      local ends = {
         { "the shell is killed", MAKE, "kill -9 $shell" },
         { "make is killed", MAKE, "kill -9 $started" },
         { "what holds the stand-in is killed", MAKE, "kill -9 $stand_in" },
         { "all are hung up", "setsid " .. MAKE, "kill -HUP -$started" },
         { "the terminal goes", TERMINAL, "kill -9 $started" },
      }
      local commands, wanted = {}, {}
      for i, case in ipairs(ends) do
         local file = world.write("ends", ENDS:format(case[2], case[3]))
         commands[i] = ("sh %s 2>/dev/null | sed 's/^status.*/it went: %s/' >%s.out &"):format(
            file,
            case[1],
            file
         )
         commands[#ends + i] = (i == 1 and "wait; " or "") .. "cat " .. file .. ".out"
         wanted[i] = ("it was there\nit went: %s\n"):format(case[1])
      end
      assert.equal(table.concat(wanted), (world.shell(table.concat(commands, "\n"))))
   end)
end)
