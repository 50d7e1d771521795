#include "lines.h"

#include <stdbool.h>
#include <string.h>

#include "output.h"

enum { LINES = 1, LOOKS, BYTES };

/* Puts the string on top of the stack, and takes it off. */
static void put_text(lua_State *L, struct output *output) {
  size_t length;
  const char *text = luaL_checklstring(L, -1, &length);
  output_put(L, output, text, length);
  lua_pop(L, 1);
}

static void put_constant(lua_State *L, struct output *output, const char *text) {
  output_put(L, output, text, strlen(text));
}

/* Pushes the look of the segment on top of the stack, or nil. */
static bool push_look(lua_State *L) {
  lua_rawgeti(L, -1, 2);
  if (!lua_isnil(L, -1)) lua_rawget(L, LOOKS);
  return !lua_isnil(L, -1);
}

/* A segment without its look. */
static void put_plain(lua_State *L, struct output *output) {
  luaL_checktype(L, -1, LUA_TTABLE);
  lua_rawgeti(L, -1, 1);
  put_text(L, output);
}

static void put_styled(lua_State *L, struct output *output) {
  luaL_checktype(L, -1, LUA_TTABLE);
  if (!push_look(L)) {
    lua_pop(L, 1);
    put_plain(L, output);
    return;
  }
  put_constant(L, output, "\x1b[");
  put_text(L, output);
  put_constant(L, output, "m");
  put_plain(L, output);
  put_constant(L, output, "\x1b[0m");
}

/* The line on top of the stack. */
static void put_line(lua_State *L, struct output *output, bool has_looks) {
  luaL_checktype(L, -1, LUA_TTABLE);
  size_t count = lua_rawlen(L, -1);
  for (size_t i = 1; i <= count; i++) {
    lua_rawgeti(L, -1, (int)i);
    if (has_looks)
      put_styled(L, output);
    else
      put_plain(L, output);
    lua_pop(L, 1);
  }
}

int lines_join(lua_State *L) {
  struct output output;
  luaL_checktype(L, LINES, LUA_TTABLE);
  lua_settop(L, BYTES);
  bool has_looks = lua_istable(L, LOOKS);
  output_begin(L, &output, BYTES);
  size_t count = lua_rawlen(L, LINES);
  for (size_t i = 1; i <= count; i++) {
    if (i > 1) put_constant(L, &output, "\n");
    lua_rawgeti(L, LINES, (int)i);
    put_line(L, &output, has_looks);
    lua_pop(L, 1);
  }
  lua_pushlstring(L, output.bytes, output.length);
  return 1;
}
