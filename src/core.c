/* luaopen_astro_core: what `require "astro.core"` gives. */
#define _GNU_SOURCE /* dladdr */
#include <dlfcn.h>
#include <string.h>

#include "arguments.h"
#include "calls.h"
#include "carried.h"
#include "compat.h"
#include "ending.h"
#include "error.h"
#include "headers.h"
#include "json.h"
#include "kinds.h"
#include "lines.h"
#include "nearest.h"
#include "options.h"
#include "request.h"
#include "session.h"
#include "system.h"
#include "text.h"
#include "timestamp.h"
#include "transport/secret.h"
#include "version.h"
#include "writer.h"

/* The only symbol that leaves the module, whatever flags it was built with. */
#define EXPORT __attribute__((visibility("default")))
EXPORT int luaopen_astro_core(lua_State *L);

/* A resolver thread that curl left behind runs on in libcurl's and our code after the last Lua state is
 * closed, which unloads modules: so this one is never unloaded. */
static void pin_module(void) {
  static const char anchor;
  Dl_info info;
  if (dladdr(&anchor, &info) != 0 && info.dli_fname != NULL)
    dlopen(info.dli_fname, RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE);
}

static void push_kinds(lua_State *L) {
  lua_createtable(L, KIND_COUNT, 0);
  for (int kind = 0; kind < KIND_COUNT; kind++) {
    lua_createtable(L, 0, 2);
    lua_pushstring(L, kind_name((enum kind)kind));
    lua_setfield(L, -2, "name");
    lua_pushstring(L, kind_when((enum kind)kind));
    lua_setfield(L, -2, "when");
    lua_rawseti(L, -2, kind + 1);
  }
}

/* nearest(word, names) -> name, distance */
static int core_nearest(lua_State *L) {
  const char *word = luaL_checkstring(L, 1);
  size_t best = 0, best_distance = (size_t)-1;
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t count = lua_rawlen(L, 2);
  for (size_t i = 1; i <= count; i++) {
    lua_rawgeti(L, 2, (int)i);
    size_t distance = nearest_distance(word, luaL_checkstring(L, -1));
    if (distance < best_distance) {
      best = i;
      best_distance = distance;
    }
    lua_pop(L, 1);
  }
  if (best == 0) return 0;
  lua_rawgeti(L, 2, (int)best);
  lua_pushinteger(L, (lua_Integer)best_distance);
  return 2;
}

/* one_line(text) -> what others say, fit to stand in a message */
static int core_one_line(lua_State *L) {
  enum { LONGEST = 200 };
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  char *line = lua_newuserdata(L, length + 1);
  memcpy(line, text, length + 1);
  lua_pushlstring(L, line, text_one_line(line, length, LONGEST));
  return 1;
}

/* mask(text, secret) -> the text with "***" for the secret, and for passwords in URLs */
static int core_mask(lua_State *L) {
  size_t length = 0, secret_length = 0;
  const char *text = luaL_checklstring(L, 1, &length);
  const char *secret = luaL_checklstring(L, 2, &secret_length);
  char *copy = lua_newuserdata(L, length + 1);
  memcpy(copy, text, length + 1);
  length = secret_mask_urls(copy, secret_mask(copy, length, secret, secret_length));
  lua_pushlstring(L, copy, length);
  return 1;
}

/* plain(text) -> how many characters it has, if all are printable ASCII */
static int core_plain(lua_State *L) {
  size_t length, count = 0;
  const char *text = luaL_checklstring(L, 1, &length);
  while (count < length && text[count] >= ' ' && text[count] <= '~') count++;
  if (count < length) return 0;
  lua_pushinteger(L, (lua_Integer)length);
  return 1;
}

/* is_safe(value) -> whether it is a string of UTF-8 of which no character acts on a terminal */
static int core_is_safe(lua_State *L) {
  size_t length = 0;
  const char *text = lua_type(L, 1) == LUA_TSTRING ? lua_tolstring(L, 1, &length) : NULL;
  lua_pushboolean(L, text != NULL && text_is_safe(text, length));
  return 1;
}

/* timestamp(text) -> seconds since 1970, fraction; nil and why it is none */
static int core_timestamp(lua_State *L) {
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  long long seconds;
  double fraction;
  const char *problem = timestamp_read(text, length, &seconds, &fraction);
  if (problem != NULL) {
    lua_pushnil(L);
    lua_pushstring(L, problem);
    return 2;
  }
  if (COMPAT_INTEGERS)
    lua_pushinteger(L, (lua_Integer)seconds);
  else
    lua_pushnumber(L, (lua_Number)seconds);
  lua_pushnumber(L, fraction);
  return 2;
}

static const luaL_Reg FUNCTIONS[] = {
    {"get_deployment", calls_get_deployment_shared},
    {"session", session_new},
    {"carry", carried_new},
    {"id", arguments_id},
    {"token", arguments_token},
    {"check_options", request_check_options},
    {"decode", json_decode_text},
    {"nearest", core_nearest},
    {"clock", system_clock},
    {"poll", system_poll},
    {"columns", system_columns},
    {"one_line", core_one_line},
    {"plain", core_plain},
    {"is_safe", core_is_safe},
    {"timestamp", core_timestamp},
    {"at_exit", ending_add},
    {"mask", core_mask},
    {"write", writer_write},
    {"join", lines_join},
    {NULL, NULL},
};

int luaopen_astro_core(lua_State *L) {
  luaL_checkversion(L); /* first: nothing of another Lua could be read */
  pin_module();
  json_open(L);
  options_open(L);
  headers_open(L);
  error_open(L);
  session_open(L);
  carried_open(L);
  lua_newtable(L);
  luaL_setfuncs(L, FUNCTIONS, 0);
  options_export(L);
  lua_setfield(L, -2, "options");
  push_kinds(L);
  lua_setfield(L, -2, "kinds");
  luaL_getmetatable(L, ERROR_TYPE);
  lua_setfield(L, -2, "error");
  luaL_getmetatable(L, ARRAY_TYPE);
  lua_setfield(L, -2, "array");
  lua_pushliteral(L, ASTRO_VERSION);
  lua_setfield(L, -2, "_VERSION");
  return 1;
}
