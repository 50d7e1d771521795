-- A real terminal, tmux's, of as many columns as one likes.

local world = require "spec.support.world"

local terminal = {}

-- A tmux of our own, by the folder of its socket.
local TMUX = "env -u COLUMNS LANG=C.UTF-8 SHELL=/bin/sh timeout 30 tmux -u -f /dev/null -S %s/socket"

-- Commands to $tmux, for which a session is there.
local function script(columns, lines, shell, commands)
   local form = [[
folder=$(mktemp -d)
tmux="%s"
$tmux new-session -d -x %d -y %d %s
%s
$tmux kill-server
rm -rf "$folder"
]]
   return form:format(TMUX:format "$folder", columns, lines, shell, commands)
end

-- Where the cursor is, tmux says when it has shown all that came before the question.
local COMMAND = [[
%s
stty -echo -icanon
printf '\033[6n'
head -c 1 >/dev/null
tmux wait-for -S over
exec cat >/dev/null
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
   local shell = quoted(COMMAND:format(command))
   local output = world.shell(script(columns, LINES, shell, "$tmux wait-for over; $tmux capture-pane -p"))
   return (output:gsub("%s+$", ""))
end

local STEP = [[
$tmux send-keys %s
until $tmux capture-pane -p | grep -q -e %s || [ "$(date +%%s)" -ge "$over" ]; do :; done
]]

---What a terminal shows, styles included, when somebody has typed all of it; it is gone then.
---@param columns integer
---@param command string for the shell, of which Ctrl-C ends what it runs
---@param steps string[][] what tmux's send-keys takes, and a pattern of grep's for what is to be seen then
---@return string text without blank lines at its end
function terminal.typed(columns, command, steps)
   local typed = { "over=$(($(date +%s) + 30))\n" }
   for i, step in ipairs(steps) do
      typed[i + 1] = STEP:format(step[1], quoted(step[2]))
   end
   local shell = quoted("trap : INT\n" .. command .. "\ncat")
   local output = world.shell(script(columns, 50, shell, table.concat(typed) .. "$tmux capture-pane -p -e"))
   return (output:gsub("%s+$", ""))
end

---A shell command that runs a Lua program, by the interpreter that runs the specs. Variables may be set before it.
---@param program string
---@return string
function terminal.command(program)
   local path = world.write("program", program)
   return world.preloaded(("%s %s"):format(world.interpreter, quoted(path)))
end

---A terminal in which a program runs until it is closed.
---@class spec.Screen
---@field folder string of tmux's socket
local Screen = {}
Screen.__index = Screen

function Screen:tmux(arguments)
   return (world.shell(TMUX:format(self.folder) .. " " .. arguments))
end

---@param ... string keys by tmux's names, or text
function Screen:press(...)
   for _, key in ipairs({ ... }) do
      self:tmux("send-keys " .. quoted(key))
   end
end

local function await(self, text, is_there)
   local last = os.time() + 20
   while true do
      local shown = self:tmux "capture-pane -p"
      if (shown:find(text, 1, true) ~= nil) == is_there then
         return shown
      elseif os.time() > last then
         error(("%q is %s the screen:\n%s"):format(text, is_there and "not on" or "still on", shown), 3)
      end
   end
end

---Waits until the screen shows a text.
---@param text string
---@return string screen
function Screen:shows(text)
   return await(self, text, true)
end

---Waits until it does not.
---@param text string
function Screen:loses(text)
   await(self, text, false)
end

function Screen:resize(columns, lines)
   self:tmux(("resize-window -x %d -y %d"):format(columns, lines))
end

function Screen:close()
   self:tmux "kill-server"
   world.shell("rm -rf " .. self.folder)
end

---@param columns integer
---@param lines integer
---@param command string
---@return spec.Screen
function terminal.open(columns, lines, command)
   local self = setmetatable({ folder = (world.shell("mktemp -d"):gsub("\n", "")) }, Screen)
   self:tmux(("new-session -d -x %d -y %d %s"):format(columns, lines, quoted(command)))
   return self
end

return terminal
