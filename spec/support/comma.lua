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

--- A new folder that has it, for LOCPATH.
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
