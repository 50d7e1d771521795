/* For libcurl_cjson.lua: open(url, ca, token) -> get; get() -> the body. */
#include <lauxlib.h>
#include <lua.h>
#include <stdlib.h>
#include <string.h>

#include "get.h"

static CURL *easy;
static char *body;
static size_t length, capacity;

static size_t keep(char *bytes, size_t size, size_t count, void *userdata) {
  (void)userdata;
  count *= size;
  if (length + count > capacity) {
    char *larger = realloc(body, 2 * (length + count));
    if (larger == NULL) return 0;
    body = larger;
    capacity = 2 * (length + count);
  }
  memcpy(body + length, bytes, count);
  length += count;
  return count;
}

static int get(lua_State *L) {
  length = 0;
  CURLcode code = curl_easy_perform(easy);
  if (code != CURLE_OK) return luaL_error(L, "%s", curl_easy_strerror(code));
  lua_pushlstring(L, body, length);
  return 1;
}

static int open(lua_State *L) {
  easy = get_open(luaL_checkstring(L, 1), luaL_checkstring(L, 2), luaL_checkstring(L, 3), keep);
  if (easy == NULL) return luaL_error(L, "no curl handle");
  lua_pushcfunction(L, get);
  return 1;
}

int luaopen_bench_libcurl_get(lua_State *L);
int luaopen_bench_libcurl_get(lua_State *L) {
  lua_pushcfunction(L, open);
  return 1;
}
