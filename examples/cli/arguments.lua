--- How a command line is read: what a command's row says of its arguments and flags, and nothing else, is understood.

local core = require "astro.core"

---@class cli.Flag
---@field name string
---@field short? string one letter
---@field takes? string what help calls its value; nil: it has none
---@field is_optional? boolean its value may be left out, and is an empty table then
---@field read? fun(text: string): any the value that a text stands for; nil: none
---@field values? fun(): string[] what a shell completes
---@field help string

---A program, or a command of one.
---@class cli.Command
---@field name? string of a program: its file's
---@field arguments? string as help shows them: "ID [SECONDS]", "[ID...]"
---@field values? fun(): string[] what a shell completes there
---@field flags? cli.Flag[]
---@field help string one line, for a list of commands; more may follow
---@field run? fun(given: table, command: cli.Command): integer? takes arguments by place and flags by name, and what was
---called; gives the exit status
---@field commands? cli.Command[] in place of these: the first argument is the name of one
---@field is_hidden? boolean a command that people do not call
---@field title? string what it is called in full; set where it is run

local arguments = {}

arguments.HELP = { name = "help", short = "h", help = "print this" }

---Raises what is wrong with a command line.
---@param command cli.Command
---@param text string a format
---@param ... any its values
function arguments.refuse(command, text, ...)
   error({ usage = ("%s (see '%s --help')"):format(text:format(...), command.title) }, 0)
end

---The end of a message on an unknown name: which one was meant; "" where none is close.
---@param word string
---@param names string[]
---@param before? string what stands before a name: "--"
---@return string
function arguments.meant(word, names, before)
   local near, distance = "", math.huge
   if names[1] then
      near, distance = core.nearest(word, names)
   end
   return distance <= (#near + 1) / 2 and ("; did you mean '%s'?"):format((before or "") .. near) or ""
end

---A command's flags, the one included that each has.
---@param command cli.Command
---@return cli.Flag[]
function arguments.flags(command)
   local flags = {}
   for i, flag in ipairs(command.flags or {}) do
      flags[i] = flag
   end
   table.insert(flags, arguments.HELP)
   return flags
end

---@param command cli.Command
---@param word string such as "--json" or "-h"
---@return cli.Flag? flag
---@return string[] names those that would have been known
function arguments.find_flag(command, word)
   local names = {}
   for i, flag in ipairs(arguments.flags(command)) do
      names[i] = flag.name
      if word == "--" .. flag.name or (flag.short and word == "-" .. flag.short) then
         return flag, names
      end
   end
   return nil, names
end

---@param word? string
---@return boolean
function arguments.is_flag(word)
   return word ~= nil and word:find "^%-." ~= nil
end

---Whether somebody asks for help, however wrong the rest is.
---@param words string[]
---@return boolean
function arguments.ask_for_help(words)
   for _, word in ipairs(words) do
      if word == "-h" or word == "--help" or word == "--" then
         return word ~= "--"
      end
   end
   return false
end

local function value_of(command, flag, text)
   if not flag.takes then
      return text == nil or arguments.refuse(command, "--%s takes no value", flag.name)
   elseif text == nil then
      arguments.refuse(command, "--%s needs %s", flag.name, flag.takes)
   end
   local value = text
   if flag.read then
      value = flag.read(text)
   end
   if value == nil then
      arguments.refuse(command, "--%s takes %s, not '%s'", flag.name, flag.takes, text)
   end
   return value
end

-- Reads a flag; `take` gives the next word. Gives the flag where its value may still come, as the next word.
local function read_flag(command, given, word, take)
   local name, text = word:match "^([^=]+)=(.*)$"
   name = name or word
   local flag, known = arguments.find_flag(command, name)
   if not flag then
      local meant = arguments.meant(name:match "^%-*(.*)$", known, "--")
      return arguments.refuse(command, "unknown flag '%s'%s", name, meant)
   elseif flag.is_optional and not text then
      given[flag.name] = {}
      return flag
   end
   given[flag.name] = value_of(command, flag, text or (flag.takes and take()))
end

-- How many arguments a command must and may have, and what they are called.
local function expected(command)
   local least, most, names = 0, 0, {}
   for name in (command.arguments or ""):gmatch "[^ ]+" do
      least = least + (name:find "^%[" and 0 or 1)
      most = name:find("...", 1, true) and math.huge or most + 1
      names[#names + 1] = name
   end
   return least, most, names
end

---Reads the words behind a command's name. A word behind a flag whose value is optional is an argument where there would
---be too few without it.
---@param command cli.Command
---@param words string[]
---@return table given
function arguments.read(command, words)
   local given, place, is_over, open = {}, 0, false, nil
   local function take()
      place = place + 1
      return words[place]
   end
   for word in take do
      if is_over or not arguments.is_flag(word) then
         given[#given + 1] = word
      elseif word == "--" then
         is_over = true
      else
         local flag = read_flag(command, given, word, take)
         local is_next = flag and words[place + 1] and not arguments.is_flag(words[place + 1])
         open = is_next and { flag = flag, place = #given + 1 } or open
      end
   end
   local least, most, names = expected(command)
   if open and #given > least then
      given[open.flag.name] = value_of(command, open.flag, table.remove(given, open.place))
   end
   if #given < least then
      arguments.refuse(command, "%s is missing", names[#given + 1])
   elseif #given > most then
      arguments.refuse(command, "'%s' is one argument too many", given[most + 1])
   end
   return given
end

return arguments
