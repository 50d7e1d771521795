#include "gone.h"

static const char GONE[] = "astro.core.gone"; /* in the registry: base -> true */
static const char TOLD[] = "astro.core.told"; /* likewise: notice -> true */

/* Pushes the registry's table of that name, and the text. */
static void push_set(lua_State *L, const char *name, const char *text, size_t length) {
  lua_getfield(L, LUA_REGISTRYINDEX, name);
  if (!lua_istable(L, -1)) {
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, name);
  }
  lua_pushlstring(L, text, length);
}

static bool has(lua_State *L, const char *name, const char *text, size_t length) {
  push_set(L, name, text, length);
  lua_rawget(L, -2);
  bool found = lua_toboolean(L, -1);
  lua_pop(L, 2);
  return found;
}

static bool add(lua_State *L, const char *name, const char *text, size_t length) {
  if (has(L, name, text, length)) return false;
  push_set(L, name, text, length);
  lua_pushboolean(L, 1);
  lua_rawset(L, -3);
  lua_pop(L, 1);
  return true;
}

bool gone_is_known(lua_State *L, const char *base, size_t length) { return has(L, GONE, base, length); }

bool gone_learn(lua_State *L, const char *base, size_t length) { return add(L, GONE, base, length); }

bool gone_notice(lua_State *L, const char *notice, size_t length) {
  return add(L, TOLD, notice, length);
}
