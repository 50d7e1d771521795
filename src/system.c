#include "system.h"

#include <limits.h>
#include <math.h>
#include <poll.h>
#include <sys/ioctl.h>

#include "transport/clock.h"

enum { DESCRIPTORS_MAX = 1024 };

static int read_timeout(lua_State *L, int index) {
  if (lua_isnoneornil(L, index)) return -1;
  lua_Number seconds = luaL_checknumber(L, index);
  luaL_argcheck(L, seconds >= 0, index, "a number of seconds expected");
  return seconds < INT_MAX / 1000 ? (int)ceil(seconds * 1000) : INT_MAX;
}

int system_poll(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  size_t count = lua_rawlen(L, 1);
  luaL_argcheck(L, count <= DESCRIPTORS_MAX, 1, "at most 1024 descriptors expected");
  int timeout = read_timeout(L, 2);
  struct pollfd *descriptors = lua_newuserdata(L, (count + 1) * sizeof *descriptors);
  for (size_t i = 0; i < count; i++) {
    lua_rawgeti(L, 1, (int)i + 1);
    descriptors[i] = (struct pollfd){.fd = (int)luaL_checkinteger(L, -1), .events = POLLIN};
    lua_pop(L, 1);
  }
  lua_pushboolean(L, poll(descriptors, (nfds_t)count, timeout) > 0);
  return 1;
}

int system_clock(lua_State *L) {
  lua_pushnumber(L, (lua_Number)clock_seconds());
  return 1;
}

int system_columns(lua_State *L) {
  struct winsize size;
  if (ioctl((int)luaL_checkinteger(L, 1), TIOCGWINSZ, &size) != 0) return 0;
  lua_pushinteger(L, size.ws_col);
  return 1;
}
