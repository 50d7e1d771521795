#!/bin/sh
# How many records one table constructor may hold: a file that is "return {{id = ..., ...}, ...}", six different
# strings a record.
#
# One expects: LuaJIT, whose limit is 65,536 constants a function, refuses 20,000 records; 5.1, whose limit is four
#   times that, takes twice as many as LuaJIT; what is nested counts no more than what is not.
# Happens: LuaJIT counts tables, each with all the constants in it as one, 5.1 counts the different strings: so LuaJIT takes
#   65,000 flat records where 5.1 ends at 43,000. A list of one string inside each record halves it for LuaJIT and
#   costs 5.1 a seventh. 5.4 takes all.
# Who meets it: data kept as Lua source, such as caches, fixtures and dumps: a file that loads stops to, in Neovim and
#   nginx alone, when fields become tables; records of twenty tables each end at 3,000.
# Versions: Lua 5.1.5, 5.4.4, LuaJIT 2.1 of 2022-03 (Debian 12); in steps of 1,000 records, 80,000 at the most.
#
# Seen:
#   bookworm lua5.1: flat 43000, with a list 37000
#   bookworm lua5.4: flat 80000, with a list 80000
#   bookworm luajit: flat 65000, with a list 32000
. "$(dirname "$0")/lib.sh"

need bookworm lua5.1=5.1.5-9 lua5.4=5.4.4-3+deb12u1 luajit=2.1.0~beta3+git20220320+dfsg-4.1+deb12u1

cat >"$work/size.lua" <<'END'
local load = loadstring or load
local function loads(count, form)
   local parts = {}
   for i = 1, count do parts[i] = form:gsub("#", i) end
   return load("return {" .. table.concat(parts, ",") .. "}") ~= nil
end
local function most(form)
   local low, high = 0, 80 -- thousands
   while low < high do
      local middle = math.floor((low + high + 1) / 2)
      if loads(middle * 1000, form) then low = middle else high = middle - 1 end
   end
   return ("%d"):format(low * 1000)
end
print(("bookworm %s: flat %s, with a list %s"):format(arg[1],
   most "{id='a#',name='b#',at='c#',by='d#',of='e#',to='f#'}",
   most "{id='a#',name='b#',at='c#',by='d#',of='e#',to='f#',list={'g#'}}"))
END
for lua in lua5.1 lua5.4 luajit; do run bookworm $lua "$work/size.lua" $lua; done >"$work/now"
compare "$work/now"
