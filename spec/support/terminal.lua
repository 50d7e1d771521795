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

---A shell command that runs a Lua program, by the interpreter that runs the specs. Variables may be set before it.
---@param program string
---@return string
function terminal.command(program)
   local path = world.write("program", program)
   return world.preloaded(("%s %s"):format(world.interpreter, quoted(path)))
end

return terminal
