#include "log.h"

#include <stdio.h>

#include "options.h"

void log_warning(lua_State *L, int reference) {
  if (reference != LUA_NOREF) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, reference);
    lua_insert(L, -2);
    lua_pushliteral(L, "warn");
    lua_insert(L, -2);
    lua_newtable(L);
    lua_call(L, 3, 0);
    return;
  }
  if (options_environment("ASTRO_LOG") != NULL)
    (void)fprintf(stderr, "astro: warn: %s\n", lua_tostring(L, -1));
  lua_pop(L, 1);
}
