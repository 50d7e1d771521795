#!/bin/sh
# Ten seconds under libfaketime with a clock ten times as fast: which waits take one second?
#
# One expects: those that go through a C function of libc that it wraps: sleep, poll, epoll_wait, and what stands on
#   them, such as libuv. A timerfd is the kernel's own and takes all ten. timeout(1), made to be used around a command,
#   is shortened.
# Happens: a timerfd is shortened, too: its setting is wrapped. timeout(1) is not: it waits all ten seconds, since its timer
#   reaches the kernel another way.
# Who meets it: whoever tests hours of waiting with faketime: a loop that stands on a timerfd can be hurried, and a guard
#   "faketime ... timeout 3600 program" does not end it in time.
# Versions: libfaketime 0.9.10, coreutils 9.1, luv 1.44.2, Neovim 0.7.2 (Debian 12); libfaketime 0.9.10 of 2024-06-05,
#   coreutils 9.7 (Debian 13).
#
# Seen:
#   bookworm sleep: one second
#   bookworm luv: one second
#   bookworm nvim: one second
#   bookworm timerfd: one second
#   bookworm timeout: ten seconds
#   trixie sleep: one second
#   trixie timerfd: one second
#   trixie timeout: ten seconds
. "$(dirname "$0")/lib.sh"

need bookworm libfaketime=0.9.10-2.1 coreutils=9.1-1 lua5.4=5.4.4-3+deb12u1 lua-luv=1.44.2-0-1 neovim=0.7.2-7 \
  luajit=2.1.0~beta3+git20220320+dfsg-4.1+deb12u1
need trixie libfaketime=0.9.10+2024-06-05+gba9ed5b2-0.6 coreutils=9.7-3 luajit=2.1.0+openresty20250117-2

cat >"$work/timerfd.lua" <<'END'
local ffi = require "ffi"
ffi.cdef [[
int timerfd_create(int clock, int flags);
int timerfd_settime(int fd, int flags, const long *new, long *old);
long read(int fd, void *bytes, size_t count);
]]
local fd = ffi.C.timerfd_create(1, 0)
ffi.C.timerfd_settime(fd, 0, ffi.new("long[4]", 0, 0, 10, 0), nil)
ffi.C.read(fd, ffi.new "long[1]", 8)
END
cat >"$work/luv.lua" <<'END'
local uv = require "luv"
local timer = uv.new_timer()
timer:start(10000, 0, function() timer:close() end)
uv.run()
END
hurried() {
  suite=$1
  name=$2
  shift 2
  preload=$(find "$work/$suite/usr/lib/x86_64-linux-gnu/faketime/" -name libfaketime.so.1)
  start=$(date +%s)
  FAKETIME="+0 x10" run "$suite" "$@" >"$work/messages" 2>&1 || :
  seconds=$(($(date +%s) - start))
  preload=
  if [ $seconds -lt 6 ]; then echo "$suite $name: one second"; else echo "$suite $name: ten seconds"; fi
}
program() { find "$work/$1/bin/" "$work/$1/usr/bin/" -name "$2" 2>/dev/null | head -n 1; }

export LUA_CPATH="$work/bookworm/usr/lib/x86_64-linux-gnu/lua/5.4/?.so"
export VIMRUNTIME="$work/bookworm/usr/share/nvim/runtime"
{
  hurried bookworm sleep "$(program bookworm sleep)" 10
  hurried bookworm luv lua5.4 "$work/luv.lua"
  hurried bookworm nvim nvim --headless -u NONE -i NONE -c 'lua vim.wait(10000)' -c q
  hurried bookworm timerfd luajit "$work/timerfd.lua"
  hurried bookworm timeout "$(program bookworm timeout)" 10 sleep 100
  hurried trixie sleep "$(program trixie sleep)" 10
  hurried trixie timerfd luajit "$work/timerfd.lua"
  hurried trixie timeout "$(program trixie timeout)" 10 sleep 100
} >"$work/now"
compare "$work/now"
