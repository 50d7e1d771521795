#!/bin/sh
# Whether pairs gives the keys of one table in one order, from process to process.
#
# One expects: LuaJIT, like the 5.1 that it follows, has no seed: the same program prints the same order each time;
#   5.3 and newer are seeded and do not.
# Happens: 5.1 alone keeps the order. Debian's LuaJITs turn it from process to process, as 5.3 and 5.4 do.
# Who meets it: what is made by pairs and compared as text, or signed, or kept in a cache by its bytes: it is stable
#   in a test on 5.1 and differs between two workers of nginx or two Neovims.
# Versions: Lua 5.1.5, 5.3.6, 5.4.4, LuaJIT 2.1 of 2022-03 (Debian 12) and of 2025-01 (Debian 13).
#
# Seen:
#   bookworm lua5.1: one order
#   bookworm lua5.3: several orders
#   bookworm lua5.4: several orders
#   bookworm luajit: several orders
#   trixie luajit: several orders
. "$(dirname "$0")/lib.sh"

need bookworm lua5.1=5.1.5-9 lua5.3=5.3.6-2 lua5.4=5.4.4-3+deb12u1 luajit=2.1.0~beta3+git20220320+dfsg-4.1+deb12u1
need trixie luajit=2.1.0+openresty20250117-2

cat >"$work/order.lua" <<'END'
local set = {}
for i = 1, 24 do set["key" .. i] = true end
local keys = {}
for key in pairs(set) do keys[#keys + 1] = key end
print(table.concat(keys, " "))
END
orders() {
  count=$(for _ in 1 2 3 4 5 6 7 8 9 10; do run "$1" "$2" "$work/order.lua"; done | sort -u | wc -l)
  if [ "$count" = 1 ]; then echo "$1 $2: one order"; else echo "$1 $2: several orders"; fi
}
{
  for lua in lua5.1 lua5.3 lua5.4 luajit; do orders bookworm $lua; done
  orders trixie luajit
} >"$work/now"
compare "$work/now"
