-- A locale that has the oddities of several: its decimal point is a comma, bytes from 128 on are letters, an "I" is no
-- "i", and "b" stands before "a". Made by localedef, since hardly a machine has one.

local world = require "spec.support.world"

local function characters()
   local lines = { "<code_set_name> BYTES", "<comment_char> %", "<escape_char> /", "CHARMAP" }
   for byte = 0, 255 do
      lines[#lines + 1] = ("<U%04X> /x%02x byte"):format(byte, byte)
   end
   lines[#lines + 1] = "END CHARMAP\n"
   return table.concat(lines, "\n")
end

-- Pairs of a letter and its other case, the first ones from here to there; I has one of its own, as in Turkish.
local function cases(first, last, distance)
   local pairs = {}
   for byte = first, last do
      local other = byte + distance
      if byte == 0x49 or byte == 0x69 then
         other = byte + 0x94
      end
      pairs[#pairs + 1] = ("(<U%04X>,<U%04X>)"):format(byte, other)
   end
   return table.concat(pairs, ";")
end

local DEFINITION = [[
comment_char %
escape_char /
LC_CTYPE
upper <U0041>..<U005A>;<U00C0>..<U00DE>
lower <U0061>..<U007A>;<U00DF>..<U00FF>
space <U0009>..<U000D>;<U0020>;<U0080>..<U00A0>
toupper ]] .. cases(0x61, 0x7A, -32) .. ";" .. cases(0xE0, 0xEE, -32) .. [[

tolower ]] .. cases(0x41, 0x5A, 32) .. ";" .. cases(0xC0, 0xCE, 32) .. [[

END LC_CTYPE
LC_COLLATE
order_start forward
<U0062>
<U0061>
order_end
END LC_COLLATE
LC_NUMERIC
decimal_point ","
thousands_sep "."
grouping 3
END LC_NUMERIC
]]

local comma = {}

--- For os.setlocale.
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
      "cd %s && cp %s characters && cp %s definition && localedef -c -i ./definition -f ./characters ./%s"
   -- localedef misses the other categories, and makes it.
   world.shell(
      command:format(
         folder,
         world.write("locale", characters()),
         world.write("locale", DEFINITION),
         comma.name
      )
   )
   return folder
end

return comma
