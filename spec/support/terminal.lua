-- A real terminal, tmux's, of as many columns as one likes.

local world = require "spec.support.world"

local terminal = {}

-- Where the cursor is, tmux says when it has shown all that came before the question.
local COMMAND = [[
%s
stty -echo -icanon
printf '\033[6n'
head -c 1 >/dev/null
tmux wait-for -S over
exec cat >/dev/null
]]

local SESSION = [[
folder=$(mktemp -d)
tmux="env -u COLUMNS LANG=C.UTF-8 SHELL=/bin/sh timeout 30 tmux -u -f /dev/null -S $folder/socket"
$tmux new-session -d -x %d -y %d %s
$tmux wait-for over
$tmux capture-pane -p
$tmux kill-server
rm -rf "$folder"
]]

local LINES = 400

local function quoted(text)
   return "'" .. text:gsub("'", "'\\''") .. "'"
end

---What a terminal shows when a shell command is over.
---@param columns integer
---@param command string
---@return string text without blank lines at its end
function terminal.shown(columns, command)
   return (world.shell(SESSION:format(columns, LINES, quoted(COMMAND:format(command)))):gsub("%s+$", ""))
end

local STEP = [[
$tmux send-keys %s
until $tmux capture-pane -p | grep -q -e %s || [ "$(date +%%s)" -ge "$over" ]; do :; done
]]

local TYPED = [[
folder=$(mktemp -d)
tmux="env -u COLUMNS LANG=C.UTF-8 SHELL=/bin/sh timeout 30 tmux -u -f /dev/null -S $folder/socket"
over=$(($(date +%%s) + 30))
$tmux new-session -d -x %d -y %d %s
%s
$tmux capture-pane -p -e
$tmux kill-server
rm -rf "$folder"
]]

---What a terminal shows, styles included, when somebody has typed all of it; it is gone then.
---@param columns integer
---@param command string for the shell, of which Ctrl-C ends what it runs
---@param steps string[][] what tmux's send-keys takes, and a pattern of grep's for what is to be seen then
---@return string text without blank lines at its end
function terminal.typed(columns, command, steps)
   local typed = {}
   for i, step in ipairs(steps) do
      typed[i] = STEP:format(step[1], quoted(step[2]))
   end
   local shell = quoted("trap : INT\n" .. command .. "\ncat")
   local program = TYPED:format(columns, 50, shell, table.concat(typed))
   return (world.shell(program):gsub("%s+$", ""))
end

---A shell command that runs a Lua program, by the interpreter that runs the specs. Variables may be set before it.
---@param program string
---@return string
function terminal.command(program)
   local path = world.write("program", program)
   return world.preloaded(("%s %s"):format(world.interpreter, quoted(path)))
end

return terminal
