-- A locale whose decimal point is a comma: made by localedef, since hardly a machine has one.

local world = require "spec.support.world"

local CHARACTERS = [[
<code_set_name> ASCII
<comment_char> %
<escape_char> /
CHARMAP
<U0000>..<U007F> /x00 ASCII
END CHARMAP
]]

local NUMBERS = [[
comment_char %
escape_char /
LC_NUMERIC
decimal_point ","
thousands_sep "."
grouping 3
END LC_NUMERIC
]]

local comma = {}

--- For os.setlocale(name, "numeric").
comma.name = "comma"

--- Runs a program that may set it: world.run. The C library never gives back what it makes of LOCPATH, which
--- is no leak of ours.
---@param folder string
function comma.run(folder, program)
   return world.with_environment({ LOCPATH = folder, ASAN_OPTIONS = "detect_leaks=0" }, function()
      return world.run(program)
   end)
end

--- A new folder that has it.
function comma.folder()
   local folder = world.shell("mktemp -d"):gsub("\n", "")
   local command =
      "cd %s && cp %s characters && cp %s numbers && localedef -c -i ./numbers -f ./characters ./%s"
   -- localedef misses the other categories, and makes this one.
   world.shell(
      command:format(folder, world.write("locale", CHARACTERS), world.write("locale", NUMBERS), comma.name)
   )
   return folder
end

return comma
