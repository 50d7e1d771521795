#include "log.h"

#include <stdbool.h>
#include <stdio.h>

#include "options.h"

void log_open(lua_State *L) {
  lua_newtable(L);
  lua_setuservalue(L, -2);
}

void log_keep(lua_State *L, int session, unsigned long ticket) {
  lua_getuservalue(L, session);
  lua_insert(L, -2);
  lua_pushinteger(L, (lua_Integer)ticket);
  lua_insert(L, -2);
  lua_rawset(L, -3);
  lua_pop(L, 1);
}

/* Pushes the table and the function, nil if there is none. */
static bool push_function(lua_State *L, int session, unsigned long ticket) {
  lua_getuservalue(L, session);
  lua_pushinteger(L, (lua_Integer)ticket);
  lua_rawget(L, -2);
  return !lua_isnil(L, -1);
}

/* A key that is there takes nil without a need for memory. */
void log_forget(lua_State *L, int session, unsigned long ticket) {
  bool is_there = push_function(L, session, ticket);
  lua_pop(L, 1);
  if (is_there) {
    lua_pushinteger(L, (lua_Integer)ticket);
    lua_pushnil(L);
    lua_rawset(L, -3);
  }
  lua_pop(L, 1);
}

void log_warning(lua_State *L, int session, unsigned long ticket) {
  int line = lua_gettop(L);
  if (push_function(L, session, ticket)) {
    lua_pushliteral(L, "warn");
    lua_pushvalue(L, line);
    lua_newtable(L);
    lua_call(L, 3, 0);
  } else if (options_environment("ASTRO_LOG") != NULL) {
    (void)fprintf(stderr, "astro: warn: %s\n", lua_tostring(L, line));
  }
  lua_settop(L, line - 1);
}
