#!/bin/sh
# Where a coroutine may yield: in the metamethods __pairs and __tostring, which Lua calls through a C function.
#
# One expects: since 5.2 pcall and metamethods may yield, so 5.3 to 5.5 agree; LuaJIT, which has the 5.1 API, allows
#   no more than they do.
# Happens: a yield in __pairs is refused by 5.3 and goes through in 5.4 and 5.5. A yield in __tostring, called by
#   tostring, is refused by every PUC Lua and goes through in LuaJIT. (5.1 and LuaJIT do not call __pairs at all.)
# Who meets it: tables that fetch what they show when they are looped over or printed, in an event loop: written on 5.4
#   they break on 5.3, written in Neovim or nginx they break in PUC Lua, each time deep in a print.
# Versions: Lua 5.1.5, 5.3.6, 5.4.4, LuaJIT 2.1 of 2022-03 (Debian 12), 5.5.1 (sid).
#
# Seen:
#   bookworm lua5.1: pcall no, __index no, __pairs not called, __tostring no
#   bookworm lua5.3: pcall yes, __index yes, __pairs no, __tostring no
#   bookworm lua5.4: pcall yes, __index yes, __pairs yes, __tostring no
#   bookworm luajit: pcall yes, __index yes, __pairs not called, __tostring yes
#   sid lua5.5: pcall yes, __index yes, __pairs yes, __tostring no
. "$(dirname "$0")/lib.sh"

need bookworm lua5.1=5.1.5-9 lua5.3=5.3.6-2 lua5.4=5.4.4-3+deb12u1 luajit=2.1.0~beta3+git20220320+dfsg-4.1+deb12u1
want sid lua5.5=5.5.1-2

cat >"$work/yield.lua" <<'END'
local yield = coroutine.yield
local object = setmetatable({}, {
   __index = yield,
   __pairs = function()
      yield()
      return next, {}, nil
   end,
   __tostring = function()
      yield()
      return ""
   end,
})
local ways = {
   { "pcall", function() pcall(yield) end },
   { "__index", function() return object.field end },
   { "__pairs", function() for _ in pairs(object) do end end },
   { "__tostring", function() return tostring(object) end },
}
local parts = {}
for i, way in ipairs(ways) do
   local thread = coroutine.create(way[2])
   local ok = coroutine.resume(thread)
   local word = coroutine.status(thread) == "suspended" and "yes" or "no"
   parts[i] = way[1] .. " " .. (ok and word == "no" and way[1] == "__pairs" and "not called" or word)
end
print(arg[1] .. ": " .. table.concat(parts, ", "))
END
{
  for lua in lua5.1 lua5.3 lua5.4 luajit; do run bookworm $lua "$work/yield.lua" "bookworm $lua"; done
  if has sid; then run sid lua5.5 "$work/yield.lua" "sid lua5.5"; fi
} >"$work/now"
compare "$work/now"
