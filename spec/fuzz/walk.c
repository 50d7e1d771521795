/* The walk over decoded values: the decoder is one that makes whatever value the input says, those too
 * that lua-cjson never would. */
#include <math.h>

#include "../../src/json.c"
#include "fuzz.h"

enum { DEEPEST = 90 };

static struct input input;
static int has_holes; /* lists with holes are walked, too, but what then is left is not looked at */

static void make_value(lua_State *L, int depth);

static void make_table(lua_State *L, int depth, int is_list) {
  unsigned count = take_byte(&input) % 12;
  luaL_checkstack(L, 4, "fuzz");
  lua_newtable(L);
  for (unsigned i = 1; i <= count; i++) {
    if (is_list)
      lua_pushinteger(L, has_holes && take_byte(&input) % 4 == 0 ? (lua_Integer)i + 3 : (lua_Integer)i);
    else
      lua_pushfstring(L, "%d", (int)take_byte(&input));
    make_value(L, depth + 1);
    lua_rawset(L, -3);
  }
  if (take_byte(&input) % 32 == 0) {
    lua_newtable(L);
    lua_setmetatable(L, -2);
  }
}

static lua_Number any_number(void) {
  static const lua_Number NUMBERS[] = {0, -0.0, 1, 0.5, 9007199254740991.0, 9007199254740992.0, 1e300};
  unsigned which = take_byte(&input) % 10;
  return which < 7 ? NUMBERS[which] : which == 7 ? HUGE_VAL : which == 8 ? NAN : -HUGE_VAL;
}

static void make_value(lua_State *L, int depth) {
  switch (take_byte(&input) % 8) {
    case 0:
      lua_pushlightuserdata(L, NULL);
      break;
    case 1:
      lua_newuserdata(L, 1);
      break;
    case 2:
      lua_pushnumber(L, any_number());
      break;
    case 3:
      lua_pushinteger(L, (lua_Integer)((uint64_t)take_byte(&input) << take_byte(&input) % 64));
      break;
    case 4:
      lua_pushliteral(L, "text");
      break;
    case 5:
      lua_pushboolean(L, 1);
      break;
    default:
      if (depth > DEEPEST)
        lua_pushliteral(L, "deep");
      else
        make_table(L, depth, take_byte(&input) % 2);
  }
}

static int decoder(lua_State *L) {
  make_value(L, 0);
  return 1;
}

/* Nothing that JSON has not, no null, and no whole number as a float. */
static void look(lua_State *L) {
  int type = lua_type(L, -1);
  demand(type != LUA_TUSERDATA && type != LUA_TLIGHTUSERDATA, "a null is left");
  if (type == LUA_TNUMBER && !lua_isinteger(L, -1)) {
    lua_Number number = lua_tonumber(L, -1);
    demand(isfinite(number), "a number that is none");
    demand(fabs(number) >= WHOLE_LIMIT || floor(number) != number, "a whole number is no integer");
  }
  if (type != LUA_TTABLE) return;
  luaL_checkstack(L, 4, "fuzz");
  if (lua_getmetatable(L, -1)) {
    luaL_getmetatable(L, ARRAY_TYPE);
    demand(lua_rawequal(L, -1, -2), "a metatable is left");
    lua_pop(L, 2);
    lua_pushnil(L);
    demand(lua_next(L, -2) == 0, "a list's metatable on what is not empty");
  }
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) look(L);
}

static int run(lua_State *L) {
  bool decoded = json_decode(L, "0", 1);
  demand(lua_gettop(L) == 1, "the stack");
  if (!decoded)
    demand(lua_type(L, -1) == LUA_TSTRING, "no message");
  else if (!has_holes && !lua_isuserdata(L, -1)) /* a lone null is for the caller to judge */
    look(L);
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static lua_State *L;
  if (L == NULL) {
    L = luaL_newstate();
    luaL_newmetatable(L, ARRAY_TYPE);
    lua_pop(L, 1);
    lua_pushcfunction(L, decoder);
    lua_setfield(L, LUA_REGISTRYINDEX, DECODER);
  }
  input = (struct input){.data = (const char *)data, .left = size};
  has_holes = take_byte(&input) % 4 == 0;
  lua_pushcfunction(L, run);
  demand(lua_pcall(L, 0, 0, 0) == 0, "raised");
  return 0;
}
