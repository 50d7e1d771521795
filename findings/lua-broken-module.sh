#!/bin/sh
# What package.loaded has of a module whose loading raised, and what the next require of it gives.
#
# One expects: nothing, and that it is loaded again, as where a file was mended or memory came back; if a mark is left
#   there, one of a type that says that it is none of the module's.
# Happens: 5.1 and LuaJIT keep a mark for ever, and refuse the module by "loop or previous error loading module". In 5.1
#   the mark is a light userdata, in LuaJIT a number, near zero, which is true. 5.2 and newer keep nothing.
# Who meets it: whoever asks `if package.loaded.x` whether x is there, or tries again in a process that goes on: an editor,
#   an nginx worker. What then indexes it has "attempt to index a number value" far from the error.
# Versions: Lua 5.1.5, 5.2.4, 5.4.4, LuaJIT 2.1 of 2022-03 (Debian 12) and of 2025-01 (Debian 13), 5.5.1 (sid).
#
# Seen:
#   bookworm lua5.1: a userdata is left; refused
#   bookworm lua5.2: a nil is left; loaded
#   bookworm lua5.4: a nil is left; loaded
#   bookworm luajit: a number is left; refused
#   trixie luajit: a number is left; refused
#   sid lua5.5: a nil is left; loaded
. "$(dirname "$0")/lib.sh"

need bookworm lua5.1=5.1.5-9 lua5.2=5.2.4-3 lua5.4=5.4.4-3+deb12u1 luajit=2.1.0~beta3+git20220320+dfsg-4.1+deb12u1
need trixie luajit=2.1.0+openresty20250117-2
want sid lua5.5=5.5.1-2

cat >"$work/broken.lua" <<'END'
package.preload.module = function() error "broken" end
assert(not pcall(require, "module"))
local left = type(package.loaded.module)
package.preload.module = function() return {} end
local ok, message = pcall(require, "module")
assert(ok or message:find "^loop or previous error loading module")
print(("%s: a %s is left; %s"):format(arg[1], left, ok and "loaded" or "refused"))
END
{
  for lua in lua5.1 lua5.2 lua5.4 luajit; do run bookworm $lua "$work/broken.lua" "bookworm $lua"; done
  run trixie luajit "$work/broken.lua" "trixie luajit"
  if has sid; then run sid lua5.5 "$work/broken.lua" "sid lua5.5"; fi
} >"$work/now"
compare "$work/now"
