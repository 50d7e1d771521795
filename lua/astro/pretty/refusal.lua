--- Refusals of what cannot be written down: found deep inside a value, said of the argument of the function that was
--- called.

local misuse = require "astro.api.misuse"

local refusal = {}

-- Decoded answers are half as deep at the most; a table that holds itself has no end.
local MOST_LEVELS = 200

local Refusal = {}

function Refusal:__tostring()
   return self.what
end

---@param what string such as "a table that holds itself"
function refusal.raise(what)
   error(setmetatable({ what = what }, Refusal), 0)
end

---Refuses what stands too deep.
---@param depth integer
function refusal.below(depth)
   if depth > MOST_LEVELS then
      refusal.raise(("more than %d levels, as of a table that holds itself"):format(MOST_LEVELS))
   end
end

---Refuses a value that is no data: a function, NaN, ...
function refusal.of_value(value)
   local kind = type(value)
   refusal.raise(kind == "number" and "a number that is " .. tostring(value) or "a value that is a " .. kind)
end

---Refuses a key that a language does not have.
function refusal.of_key(key)
   refusal.raise(("a %s as a key"):format(type(key)))
end

local function passed(what, to, ok, ...)
   if ok then
      return ...
   elseif getmetatable((...)) == Refusal then
      misuse.raise(("bad %s to '%s' (%s)"):format(what, to, (...).what))
   end
   error((...), 0)
end

---Calls a function. What it refuses is raised as misuse.
---@param what string of what: "argument 'value'"
---@param to string the function that was called
function refusal.named(what, to, f, ...)
   return passed(what, to, pcall(f, ...))
end

return refusal
