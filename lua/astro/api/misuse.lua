--- Raising for a caller's mistake, with the position of the caller's own code.

local misuse = {}

local folder = debug.getinfo(1, "S").source:match "^(.*)api/misuse%.lua$"

local function is_ours(source)
   return source:sub(1, #folder) == folder or source == folder:sub(1, -2) .. ".lua"
end

---Raises the message, positioned at the nearest code that is not this library's.
---@param message string
function misuse.raise(message)
   local level = 2
   local info = debug.getinfo(level, "S")
   while info and (info.what == "C" or info.what == "tail" or is_ours(info.source)) do
      level = level + 1
      info = debug.getinfo(level, "S")
   end
   error(message, info and level or 0)
end

local function passed(ok, ...)
   if not ok then
      misuse.raise((...))
   end
   return ...
end

---Calls a function of the core that checks something; what it raises is positioned likewise.
function misuse.check(check, ...)
   return passed(pcall(check, ...))
end

return misuse
