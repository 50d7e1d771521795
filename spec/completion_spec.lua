-- What shells complete of examples/astro.lua, as these shells have it.

local terminal = require "spec.support.terminal"
local world = require "spec.support.world"

-- No configuration; and a shell that has the sanitizers' runtime, as the program below it must, may leak.
local ENVIRONMENT = { HOME = os.getenv "FAULTS_DIR", ASAN_OPTIONS = "detect_leaks=0" }

local PROGRAM = ("%s examples/astro.lua"):format(world.interpreter)

local function run(command)
   return world.with_environment(ENVIRONMENT, function()
      return (world.shell(world.preloaded(command)))
   end)
end

-- What a help lists below a title, in the order of names.
local function listed(command, title)
   local names = {}
   for line in
      (run(("%s %s --help"):format(PROGRAM, command)) .. "\n")
         :match("\n" .. title .. ":\n(.-)\n\n")
         :gmatch "[^\n]+"
   do
      names[#names + 1] = line:match "(%-%-[%l-]+)" or line:match "%l+"
   end
   table.sort(names)
   return table.concat(names, "|")
end

-- A shell's script that prints what completes the words of each line, in the order of names.
local SCRIPTS = {
   bash = [[
eval "$(%s completion bash)"
shown() {
  COMP_WORDS=(astro.lua "$@") COMP_CWORD=$#
  COMPREPLY=()
  "$(complete -p astro.lua | sed 's/.*-F //; s/ .*//')"
  printf '%%s\n' "${COMPREPLY[@]}" | LC_ALL=C sort | paste -s -d '|'
}
]],
   fish = [[
%s completion fish | source
function shown
  complete -C "astro.lua $argv" | cut -f 1 | LC_ALL=C sort | paste -s -d '|'
end
]],
}
local COMMANDS = { bash = "bash --norc", fish = "fish --no-config" }

for shell, script in pairs(SCRIPTS) do
   describe(shell, function()
      -- What completes some words, of each line of these.
      local function completed(lines)
         local program = script:format(PROGRAM)
         for _, line in ipairs(lines) do
            program = program .. ("shown %s\n"):format(line)
         end
         local results = {}
         for line in
            run(("%s %s"):format(COMMANDS[shell], world.write("script", program))):gmatch "([^\n]*)\n"
         do
            results[#results + 1] = line
         end
         return results
      end

      it("completes every command, and the flags of each", function()
         local commands = listed("", "commands")
         local lines, expected = { "''" }, { commands }
         for command in commands:gmatch "%l+" do
            lines[#lines + 1] = command .. " --"
            expected[#expected + 1] = listed(command, "flags")
         end
         local results = completed(lines)
         for i, line in ipairs(lines) do
            assert.equal(expected[i], results[i], line)
         end
      end)

      it("completes the values of flags and arguments", function()
         local is_bash = shell == "bash"
         local cases = {
            { "wa", "wait|wake|watch" },
            { "wait asleep --status H", "HEALTHY|HIBERNATING" },
            {
               is_bash and "wait asleep --status = HE" or "wait asleep --status=HE",
               is_bash and "HEALTHY" or "--status=HEALTHY",
            },
            { "wait asleep --timeout ''", "" },
            { "completion ''", "bash|fish|zsh" },
            { "get Ho", is_bash and "Hourly\\ Orders" or "Hourly Orders" },
            { is_bash and [[get \"Ho]] or "get Ho", "Hourly Orders" },
            { "no-such ''", "" },
         }
         local lines = {}
         for i, case in ipairs(cases) do
            lines[i] = case[1]
         end
         local results = completed(lines)
         for i, case in ipairs(cases) do
            assert.equal(case[2], results[i], case[1])
         end
      end)
   end)
end

describe("zsh", function()
   it("completes commands, names and flags where they are typed", function()
      local typed = {
         { [['PS1="> "; eval "$(]] .. PROGRAM .. [[ completion zsh)"' Enter]], "^> *$" },
         { "'astro.lua hib' Tab", "astro.lua hibernate$" },
         { "Hou Tab", [[hibernate Hourly\\ Orders$]] },
         { "-- --js Tab", "Orders --json$" },
         { "C-u 'astro.lua wa' Tab", "^watch  *-- " },
      }
      local screen = world.with_environment(ENVIRONMENT, function()
         return terminal.typed(120, world.preloaded "zsh -f", typed)
      end)
      assert.matches("\nwait  +%-%- [^\n]*\nwake  +%-%- [^\n]*\nwatch  +%-%- ", screen)
   end)
end)
