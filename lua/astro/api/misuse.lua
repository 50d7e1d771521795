--- A caller's mistakes: raised at the place of the caller's own code, with what was meant.

local core = require "astro.core"

local misuse = {}

local own_source = debug.getinfo(1, "S").source
local folder, ending = own_source:match "^(.*)api[./\\]misuse(.*)$"

-- Whether code is this library's. If files have lost their names, as in a bundle or stripped, all code that is called
-- like this file is taken for it.
local function is_ours(source)
   if not folder then
      return source == own_source
   end
   return source:sub(1, #folder) == folder or source == folder:sub(1, -2) .. ending
end

-- Characters that act on a terminal: C0, DEL, C1, U+061C, U+200E, U+200F, U+2028 to U+202E, U+2066 to U+2069.
local CONTROLS = {
   "[^\32-\126\128-\255]",
   "\194[\128-\159]",
   "\216\156",
   "\226\128[\142\143\168-\174]",
   "\226\129[\166-\169]",
}

-- A message may repeat what comes from anywhere, and may end on a terminal.
local function without_controls(message)
   for _, pattern in ipairs(CONTROLS) do
      message = message:gsub(pattern, "?")
   end
   return message
end

---Raises the message, positioned at the nearest code that is not this library's, if there is any.
---@param message string
function misuse.raise(message)
   local level = 2
   local info = debug.getinfo(level, "S")
   while info and (info.what == "C" or info.what == "tail" or is_ours(info.source)) do
      level = level + 1
      info = debug.getinfo(level, "S")
   end
   error(without_controls(message), info and level or 0)
end

---Raises unless an argument is of a type.
---@param value any
---@param kind string such as "table"
---@param name string the argument's
---@param to string the function that was given it
function misuse.expect(value, kind, name, to)
   if type(value) ~= kind then
      misuse.raise(("bad argument '%s' to '%s' (a %s expected, got %s)"):format(name, to, kind, type(value)))
   end
end

---Raises unless each argument is a function.
---@param to string the function that was given them
function misuse.expect_functions(to, ...)
   for i = 1, select("#", ...) do
      misuse.expect((select(i, ...)), "function", "#" .. i, to)
   end
end

local function passed(ok, ...)
   if not ok then
      misuse.raise(tostring((...)))
   end
   return ...
end

---Calls a function of the core that checks something. What it raises is positioned likewise.
---@param check function
---@param ... any its arguments
---@return any ... what it gives
function misuse.check(check, ...)
   return passed(pcall(check, ...))
end

---The known value that a word was meant to be. Close are two letters at most, and fewer than half of the known
---value's: any three letters are within two of AWS.
---@param word string
---@param known string[]
---@return string? meant nil for a known word, and for one that is close to none: it may be newer than this library
function misuse.meant(word, known)
   local near, distance = core.nearest(word, known)
   if near ~= word and distance <= 2 and distance < #near / 2 then
      return near
   end
end

return misuse
