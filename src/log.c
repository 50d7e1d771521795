#include "log.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "options.h"
#include "text.h"

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

/* Setting a key that is there to nil needs no memory. */
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

/* As in log.lua. */
static bool stderr_wants_warnings(void) {
  static const char *const OFF[] = {"off", "none", "false", "0", "error"};
  const char *level = options_environment("ASTRO_LOG");
  if (level == NULL) return false;
  for (size_t i = 0; i < sizeof OFF / sizeof *OFF; i++) {
    if (curl_strequal(level, OFF[i])) return false;
  }
  return true;
}

/* What a log function raised is on top of the stack: it changes no result. */
static void complain(lua_State *L) {
  enum { LONGEST = 200 };
  char line[LONGEST + 4]; /* room for the rest of a character, so that it is cut before it */
  const char *raised = lua_tostring(L, -1);
  if (raised == NULL) raised = luaL_typename(L, -1);
  size_t length = strlen(raised);
  if (length > sizeof line) length = sizeof line;
  memcpy(line, raised, length);
  length = text_one_line(line, length, LONGEST);
  (void)fprintf(stderr, "astro: the log function raised: %.*s\n", (int)length, line);
}

void log_warning(lua_State *L, int session, unsigned long ticket) {
  int line = lua_gettop(L);
  if (push_function(L, session, ticket)) {
    lua_pushliteral(L, "warn");
    lua_pushvalue(L, line);
    lua_newtable(L);
    if (lua_pcall(L, 3, 0, 0) != 0) complain(L);
  } else if (stderr_wants_warnings()) {
    (void)fprintf(stderr, "astro: warn: %s\n", lua_tostring(L, line));
  }
  lua_settop(L, line - 1);
}
