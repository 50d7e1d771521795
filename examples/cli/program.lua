--- What the programs here have in common: how they run, print their help and end. Data alone goes to stdout; what failed
--- is one line on stderr.

-- Lua 5.1 and LuaJIT look into the current folder first. In that of the programs, astro.lua is one of them.
package.path = package.path:gsub("^%./%?%.lua;", "")

if not pcall(require, "astro.core") then
   io.stderr:write(_VERSION, ' does not find the library: `make install`, or eval "$(make -s env)"\n')
   os.exit(1)
end

local arguments = require "cli.arguments"
local astro = require "astro"
local cjson = require "cjson"

local program = {}

local STATUSES = {
   { "0", "done" },
   { "1", "it failed; stderr says why" },
   { "2", "the command line is not understood" },
   { "4", "the token is missing or refused" },
   { "130", "Ctrl-C" },
}

---The parts of a list with commas.
---@param text string
---@return string[]
function program.split(text)
   local parts = {}
   for part in text:gmatch "[^,]+" do
      parts[#parts + 1] = part
   end
   return parts
end

---A flag for `program.text`, for programs that print objects with fields.
program.JSON = {
   name = "json",
   takes = "FIELDS",
   is_optional = true,
   read = function(text)
      return text:find "^[%w,]+$" and program.split(text) or nil
   end,
   help = "print JSON: all there is, or FIELDS alone, such as id,name",
}

---The same for programs that print line after line.
program.JSON_LINES = { name = "json", help = "print JSON, a line each" }

-- Some fields of an object, null where it lacks one.
local function pick(object, fields)
   local picked = astro.filter.pick(object, fields)
   for _, name in ipairs(fields) do
      if picked[name] == nil then
         picked[name] = cjson.null
      end
   end
   return picked
end

local function json(value, fields)
   local is_list = value[1] ~= nil or next(value) == nil
   local picked = is_list and astro.array({}) or {}
   for i, object in ipairs(is_list and value or { value }) do
      picked[i] = fields[1] and pick(object, fields) or object
   end
   return astro.pretty.redacted(is_list and picked or picked[1])
end

---A value as it is printed: its picture, or, where `--json` was given, as JSON in one line, secrets masked.
---@param given { json?: true|string[] } flags
---@param value table an object or a list of such
---@param picture fun(value: table): string
---@return string
function program.text(given, value, picture)
   return given.json and json(value, given.json == true and {} or given.json) or picture(value)
end

---What a method of the library gives; its error is raised, and so ends the program.
---@generic T
---@param value T?
---@param message any
---@param err? astro.Error
---@return T value
---@return any second
function program.need(value, message, err)
   if value == nil then
      error(err or message, 0)
   end
   return value, message
end

local function written(is_good, why)
   return is_good or error("stdout: " .. why, 0)
end

---A line of data, at once. Fails where it cannot be written.
---@param text string
---@param last? string what ends it; nil: a newline
function program.print(text, last)
   written(io.write(text, last or "\n"))
   written(io.flush())
end

---A text of anybody's in one line, which no terminal obeys.
---@param text any
---@return string
function program.safe(text)
   return (tostring(text):gsub("[^\32-\126\128-\255]", "?"):gsub("\194[\128-\159]", "?"))
end

---A line for people.
---@param text string of several lines the first
function program.say(text)
   io.stderr:write(program.safe(text:match "^[^\n]*"), "\n")
end

local function section(title, rows)
   local lines, widest = { "", title .. ":" }, 0
   for _, row in ipairs(rows) do
      widest = math.max(widest, #row[1])
   end
   for _, row in ipairs(rows) do
      lines[#lines + 1] = ("  %s  %s"):format(row[1] .. (" "):rep(widest - #row[1]), row[2])
   end
   return table.concat(lines, "\n") .. "\n"
end

local function row_of_flag(flag)
   local takes = flag.takes and (flag.is_optional and " [%s]" or " %s"):format(flag.takes) or ""
   local short = flag.short and ("-%s, "):format(flag.short) or ""
   return { short .. "--" .. flag.name .. takes, flag.help }
end

---The commands of a program, for people: the name of each, and what it is for.
---@param command cli.Command
---@return string[][]
function program.commands(command)
   local rows = {}
   for _, one in ipairs(command.commands or {}) do
      rows[#rows + 1] = not one.is_hidden and { one.name, one.help:match "^[^\n]*" } or nil
   end
   return rows
end

---What a program says of itself, or of a command.
---@param command cli.Command
---@return string
function program.help(command)
   local commands, flags = program.commands(command), {}
   for i, flag in ipairs(arguments.flags(command)) do
      flags[i] = row_of_flag(flag)
   end
   local words = { command.title, commands[1] and "COMMAND" or command.arguments }
   words[#words + 1] = "[FLAG...]"
   return ("usage: %s\n\n%s\n"):format(table.concat(words, " "), command.help)
      .. (commands[1] and section("commands", commands) or "")
      .. section("flags", flags)
      .. section("exit status", STATUSES)
end

---@param command cli.Command one that has commands
---@param name string
---@return cli.Command?
function program.find_command(command, name)
   for _, one in ipairs(command.commands) do
      if one.name == name then
         return one
      end
   end
end

local function refuse_name(command, name)
   local names = {}
   for i, row in ipairs(program.commands(command)) do
      names[i] = row[1]
   end
   local what = arguments.is_flag(name) and "flag" or "command"
   return arguments.refuse(command, "unknown %s '%s'%s", what, name, arguments.meant(name, names))
end

-- What the library refuses of a flag's value is said of the flag: "bad option 'until_' to 'wake' (...)" of --until.
local function refuse_value(command, raised)
   local what, name, why = tostring(raised):match "bad (%l[%l ]*) '(.-)_?' to '[^']+' (%b())$"
   local flag = name and arguments.find_flag(command, what == "path" and "--json" or "--" .. name)
   if flag then
      arguments.refuse(command, "--%s: %s", flag.name, why:sub(2, -2))
   end
end

local function call(command, given)
   local ok, status = pcall(command.run, given, command)
   if not ok then
      refuse_value(command, status)
      error(status, 0)
   end
   return status
end

local function run(command, title, words)
   local has_commands, first = command.commands ~= nil, words[1]
   command.title = title
   if arguments.ask_for_help(has_commands and { first } or words) or (has_commands and not first) then
      io.write(program.help(command))
      return 0
   elseif not has_commands then
      return call(command, arguments.read(command, words))
   end
   local chosen = program.find_command(command, first) or refuse_name(command, first)
   return run(chosen, ("%s %s"):format(title, first), { (table.unpack or unpack)(words, 2) })
end

-- The exit status that a failure comes to, and the line to be said.
local function ending_of(raised)
   if type(raised) == "table" then
      local status = raised.usage and 2 or raised.kind == "unauthorized" and 4 or 1
      return status, raised.usage or tostring(raised)
   end
   local text = tostring(raised)
   if text:find "interrupted!$" then
      return 130
   end
   text = text:gsub("^[^\n]-:%d+: (bad )", "%1") -- what a value lacks; which line gave it is no news
   local status = text:find "^bad argument 'token'" and 4 or 1
   return status, text:match "(ASTRO_[%u_]+ is not set)%)$" or text
end

---Runs a program with its command line, and ends it. What its `run` raises is its failure: an error of the library,
---or a text.
---@param command cli.Command
function program.main(command)
   local ok, status = pcall(function()
      local status = run(command, arg[0]:match "[^/]*$", arg) or 0
      written(io.flush())
      return status
   end)
   local text
   if not ok then
      status, text = ending_of(status)
   end
   if text then
      program.say(text)
   end
   if status ~= 0 then
      os.exit(status)
   end
end

return program
