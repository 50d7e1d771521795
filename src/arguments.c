#include "arguments.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <string.h>

#include "options.h"
#include "text.h"

enum { ID_MAX = 128, TOKEN_MAX = 16384 };

int argument_error(lua_State *L, const char *function, const char *name, const char *problem) {
  return luaL_error(L, "bad argument '%s' to '%s' (%s)", name, function, problem);
}

/* A string argument or, where it is nil, the environment's. */
static const char *read_argument(lua_State *L, int index, const char *function, const char *name,
                                 const char *environment, size_t *length) {
  if (lua_type(L, index) == LUA_TSTRING) return lua_tolstring(L, index, length);
  bool ask = environment != NULL && lua_isnoneornil(L, index);
  const char *text = ask ? options_environment(environment) : NULL;
  if (text == NULL) {
    const char *problem = lua_pushfstring(L, "a string expected, got %s", luaL_typename(L, index));
    if (ask) problem = lua_pushfstring(L, "%s, and %s is not set", problem, environment);
    argument_error(L, function, name, problem);
    return NULL;
  }
  *length = strlen(text);
  return text;
}

const char *argument_id(lua_State *L, int index, const char *function, const char *name,
                        const char *environment) {
  static const char ALLOWED[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  size_t length = 0;
  const char *text = read_argument(L, index, function, name, environment, &length);
  if (length == 0) argument_error(L, function, name, "an id expected, got an empty string");
  if (length > ID_MAX) argument_error(L, function, name, "an id of at most 128 characters expected");
  if (strspn(text, ALLOWED) != length)
    argument_error(L, function, name, "an id of letters, digits, '_' and '-' expected");
  return text;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static void trim(const char **text, size_t *length) {
  while (*length > 0 && is_space(**text)) {
    (*text)++;
    (*length)--;
  }
  while (*length > 0 && is_space((*text)[*length - 1])) (*length)--;
}

/* One "Bearer" in front, as people paste it. */
static void take_off_scheme(const char **text, size_t *length) {
  static const char SCHEME[] = "Bearer";
  const size_t scheme_length = sizeof SCHEME - 1;
  if (*length < scheme_length || !curl_strnequal(*text, SCHEME, scheme_length)) return;
  if (*length > scheme_length && !is_space((*text)[scheme_length])) return;
  *text += scheme_length;
  *length -= scheme_length;
  trim(text, length);
}

/* Tokens are long, and looked at for each attempt. A blank or the end behind this one stops strspn. */
static bool is_plain(const char *text, size_t length) {
  static const char PLAIN[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!#$%&()*+,/:;<=>?@[\\]^{|}";
  return strspn(text, PLAIN) == length;
}

static bool contains(const char *text, size_t length, const char *wanted) {
  size_t wanted_length = strlen(wanted);
  for (; length >= wanted_length; text++, length--) {
    if (memcmp(text, wanted, wanted_length) == 0) return true;
  }
  return false;
}

/* What no token has, but what is pasted has at times; NULL: nothing of that. */
static const char *foreign_to_token(const char *text, size_t length) {
  static const struct {
    const char *bytes, *name;
  } FOREIGN[] = {
      {"\"", "quotes"},
      {"'", "quotes"},
      {"`", "quotes"},
      {"\xe2\x80\x98", "quotes"},
      {"\xe2\x80\x99", "quotes"},
      {"\xe2\x80\x9c", "quotes"},
      {"\xe2\x80\x9d", "quotes"},
      {"\xc2\xa0", "no-break spaces"},
      {"\xe2\x80\x8b", "zero-width spaces"},
      {"\xef\xbb\xbf", "a byte order mark"},
      {" ", "blanks"},
  };
  if (is_plain(text, length)) return NULL;
  if (text_has_control(text, length)) return "control characters";
  for (size_t i = 0; i < sizeof FOREIGN / sizeof *FOREIGN; i++) {
    if (contains(text, length, FOREIGN[i].bytes)) return FOREIGN[i].name;
  }
  return "characters beyond ASCII";
}

const char *argument_token(lua_State *L, int index, const char *function, size_t *length) {
  if (lua_isfunction(L, index)) {
    lua_pushvalue(L, index);
    lua_call(L, 0, 1);
    lua_replace(L, index);
    if (lua_type(L, index) != LUA_TSTRING)
      argument_error(L, function, "token", "the function must return a string");
  }
  const char *text = read_argument(L, index, function, "token", "ASTRO_API_TOKEN", length);
  trim(&text, length);
  take_off_scheme(&text, length);
  if (*length == 0) argument_error(L, function, "token", "a token expected, got an empty string");
  if (*length > TOKEN_MAX) argument_error(L, function, "token", "at most 16384 bytes expected");
  const char *foreign = foreign_to_token(text, *length);
  if (foreign != NULL)
    argument_error(L, function, "token", lua_pushfstring(L, "a token without %s expected", foreign));
  return text;
}

int arguments_id(lua_State *L) {
  lua_settop(L, 4);
  lua_pushstring(
      L, argument_id(L, 1, luaL_checkstring(L, 2), luaL_checkstring(L, 3), luaL_optstring(L, 4, NULL)));
  return 1;
}

int arguments_token(lua_State *L) {
  size_t length = 0;
  lua_settop(L, 2);
  const char *token = argument_token(L, 1, luaL_checkstring(L, 2), &length);
  lua_pushlstring(L, token, length);
  return 1;
}
