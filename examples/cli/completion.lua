--- What a shell completes: it asks the program itself, which looks into its own table of commands.

local arguments = require "cli.arguments"
local program = require "cli.program"

local completion = {}

-- Each defines a command NAME, which runs the program as it was run to print this, and has its words completed.
local SCRIPTS = {
   bash = [[
NAME() { RUN "$@"; }
FUNCTION() {
  local IFS=$'\n' form=%q word
  case ${COMP_WORDS[COMP_CWORD]} in [\'\"]*) form=%s ;; esac
  COMPREPLY=($(NAME __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null |
    cut -f 1 | while read -r word; do printf "$form\n" "$word"; done))
}
complete -F FUNCTION NAME
]],
   zsh = [==[
NAME() { RUN "$@"; }
FUNCTION() {
  local -a found
  found=("${(@f)$(NAME __complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  found=("${(@)${(@)found//:/\\:}//$'\t'/:}")
  [[ -n $found ]] && _describe NAME found
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i; }
compdef FUNCTION NAME
]==],
   fish = [[
function NAME
  RUN $argv
end
complete --command NAME --no-files \
  --arguments '(NAME __complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
]],
}

local function quoted(text)
   return "'" .. text:gsub("'", "'\\''") .. "'"
end

-- A path that is good in any folder.
local function whole(path)
   local is_whole = path:find "^/" or not path:find "/"
   return is_whole and path or (os.getenv "PWD" or ".") .. "/" .. path
end

local function interpreter()
   local place = -1
   while arg[place - 1] do
      place = place - 1
   end
   return arg[place]
end

---What help says of `print_script`.
completion.HELP = [[
print what a shell completes by: bash, zsh or fish

It defines a command as well, which runs this program in any folder.
bash, zsh: eval "$(lua5.4 examples/astro.lua completion bash)"
fish:      lua5.4 examples/astro.lua completion fish | source]]

---A list of words as rows: a word, and what it is, if that has to be said.
---@param words string[]
---@return string[][]
function completion.words(words)
   local rows = {}
   for i, word in ipairs(words) do
      rows[i] = { word }
   end
   return rows
end

---@return string[][]
function completion.shells()
   return completion.words({ "bash", "zsh", "fish" })
end

---Prints the script for a shell to evaluate.
---@param given { [1]: string } the shell's name
---@param command cli.Command
function completion.print_script(given, command)
   local name = arg[0]:match "[^/]*$"
   local at = arg[0]:find "/" and arg[0] or "./" .. arg[0]
   local words = {
      NAME = name,
      FUNCTION = "_" .. name:gsub("%W", "_"),
      RUN = quoted(whole(interpreter())) .. " " .. quoted(whole(at)),
   }
   local script = SCRIPTS[given[1]]
      or arguments.refuse(command, "no script for '%s': bash, zsh or fish", given[1])
   io.write((script:gsub("%u+", words)))
end

local function rows_of_flags(command)
   local rows = {}
   for i, flag in ipairs(arguments.flags(command)) do
      rows[i] = { "--" .. flag.name, flag.help }
   end
   return rows
end

-- What may stand in the place of the current word.
local function candidates(command, previous, current)
   local flag = previous and arguments.find_flag(command, previous)
   if flag and flag.takes and not flag.is_optional then
      return flag.values and flag.values() or {}
   elseif current:find "^%-" then
      return rows_of_flags(command)
   elseif command.commands then
      return program.commands(command)
   end
   return command.values and command.values() or rows_of_flags(command)
end

-- The words before the last; the part of that which is to be completed, and what stands before it: "--status=". Bash takes
-- such a word for three, and leaves quotes and backslashes as they were typed.
local function typed(words)
   local all = {}
   for i, word in ipairs(words) do
      if word ~= "=" or i == #words then
         all[#all + 1] = word == "=" and "" or word
      end
   end
   local current = (table.remove(all) or ""):gsub("^[\"']", ""):gsub("\\(.)", "%1")
   local flag, value = current:match "^(%-%-[^=]+)=(.*)$"
   if not flag then
      return all, current, ""
   end
   all[#all + 1] = flag
   return all, value, flag .. "="
end

---Prints what completes the last word of a command line, a line each: the word, and behind a tab what it is.
---@param command cli.Command the whole program
---@param words string[] those behind its name
function completion.print_words(command, words)
   local before, current, start = typed(words)
   local chosen = not before[1] and command or program.find_command(command, before[1])
   local rows = chosen and candidates(chosen, before[#before], current) or {}
   for _, row in ipairs(rows) do
      if row[1]:sub(1, #current) == current then
         print(start .. row[1] .. (row[2] and "\t" .. row[2] or ""))
      end
   end
end

return completion
