#include "log.h"

#include <stdio.h>

#include "options.h"

void log_line(lua_State *L, int reference, const char *level) {
  if (reference != LUA_NOREF) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, reference);
    lua_insert(L, -2);
    lua_pushstring(L, level);
    lua_insert(L, -2);
    lua_call(L, 2, 0);
    return;
  }
  if (options_environment("ASTRO_LOG") != NULL)
    (void)fprintf(stderr, "astro: %s: %s\n", level, lua_tostring(L, -1));
  lua_pop(L, 1);
}
