#include "gone.h"

static const char GONE[] = "astro.core.gone"; /* in the registry: base -> true */

bool gone_is_known(lua_State *L, const char *base, size_t length) {
  lua_getfield(L, LUA_REGISTRYINDEX, GONE);
  bool gone = false;
  if (lua_istable(L, -1)) {
    lua_pushlstring(L, base, length);
    lua_rawget(L, -2);
    gone = lua_toboolean(L, -1);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return gone;
}

void gone_learn(lua_State *L, const char *base, size_t length) {
  lua_getfield(L, LUA_REGISTRYINDEX, GONE);
  if (!lua_istable(L, -1)) {
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, GONE);
  }
  lua_pushlstring(L, base, length);
  lua_pushboolean(L, 1);
  lua_rawset(L, -3);
  lua_pop(L, 1);
}
