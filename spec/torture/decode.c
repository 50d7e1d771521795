/* decode(text) -> value, or nil, message: src/json.c alone, without a server in between. */
#include "../../src/json.h"

int luaopen_decode(lua_State *L);

static int decode(lua_State *L) {
  size_t length = 0;
  const char *text = luaL_checklstring(L, 1, &length);
  if (json_decode_object(L, text, length)) return 1;
  lua_pushnil(L);
  lua_insert(L, -2);
  return 2;
}

int luaopen_decode(lua_State *L) {
  json_open(L);
  lua_pushcfunction(L, decode);
  return 1;
}
