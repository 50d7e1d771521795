#include "json.h"

#include <math.h>
#include <string.h>

#include "strict.h"

/* Where this state's decode function stands in the registry. */
static const char DECODER[] = "astro.core.json";

static const double WHOLE_LIMIT = 9007199254740992.0; /* 2^53 */

/* Whether a module that decodes is on top of the stack. */
static bool is_decoder(lua_State *L) {
  if (!lua_istable(L, -1)) return false;
  lua_getfield(L, -1, "decode");
  bool has_decode = lua_isfunction(L, -1);
  lua_pop(L, 1);
  return has_decode;
}

static bool require_cjson(lua_State *L) {
  lua_getglobal(L, "require");
  lua_pushliteral(L, "cjson");
  return lua_pcall(L, 1, 1, 0) == 0 && is_decoder(L);
}

static bool find_vim_json(lua_State *L) {
  compat_rawglobal(L, "vim");
  if (!lua_istable(L, -1)) return false;
  lua_getfield(L, -1, "json");
  return is_decoder(L);
}

void json_open(lua_State *L) {
  int top = lua_gettop(L);
  luaL_newmetatable(L, ARRAY_TYPE);
  lua_getfield(L, LUA_REGISTRYINDEX, DECODER);
  if (!lua_isfunction(L, -1)) {
    if (!require_cjson(L) && !find_vim_json(L)) {
      const char *why = lua_isstring(L, top + 3) ? lua_tostring(L, top + 3) : "it has no decode";
      luaL_error(L, "astro needs lua-cjson: %s", why);
      return;
    }
    lua_getfield(L, -1, "new"); /* whose settings nobody changes */
    if (lua_isfunction(L, -1)) lua_call(L, 0, 1);
    if (!is_decoder(L)) lua_pop(L, 1);
    lua_getfield(L, -1, "decode");
    lua_setfield(L, LUA_REGISTRYINDEX, DECODER);
  }
  lua_settop(L, top);
}

/* Pushes what stands for the number on top of the stack, if that differs; gives how many it pushed, or
 * -1 for what no double holds. */
static int whole_number(lua_State *L) {
  lua_Number number = lua_tonumber(L, -1);
  if (!isfinite(number)) return -1;
  if (!COMPAT_INTEGERS) return 0;
  bool small = fabs(number) < WHOLE_LIMIT;
  if (lua_isinteger(L, -1)) {
    if (small) return 0;
    lua_pushnumber(L, number);
  } else {
    if (!small || floor(number) != number) return 0;
    lua_pushinteger(L, (lua_Integer)number);
  }
  return 1;
}

enum verdict { KEEP, REPLACE, DROP, REFUSE };

static bool tidy(lua_State *L);

/* Looks at the value on top of the stack. REPLACE leaves the new value above it. */
static enum verdict judge(lua_State *L) {
  switch (lua_type(L, -1)) {
    case LUA_TTABLE:
      return tidy(L) ? KEEP : REFUSE;
    case LUA_TNUMBER: {
      int pushed = whole_number(L);
      return pushed < 0 ? REFUSE : pushed > 0 ? REPLACE : KEEP;
    }
    case LUA_TLIGHTUSERDATA: /* cjson.null */
    case LUA_TUSERDATA:      /* vim.NIL */
      return DROP;
    default:
      return KEEP;
  }
}

/* An empty one has come as [null]. */
static bool tidy_array(lua_State *L, size_t length) {
  int kept = 0;
  for (size_t i = 1; i <= length; i++) {
    lua_rawgeti(L, -1, (int)i);
    enum verdict verdict = judge(L);
    if (verdict == REFUSE) return false;
    if (verdict == REPLACE) lua_remove(L, -2);
    if (verdict != DROP) kept++;
    if (verdict == REPLACE || (verdict == KEEP && kept < (int)i))
      lua_rawseti(L, -2, kept);
    else
      lua_pop(L, 1);
  }
  for (size_t i = length; i > (size_t)kept; i--) {
    lua_pushnil(L);
    lua_rawseti(L, -2, (int)i);
  }
  if (kept == 0) {
    luaL_getmetatable(L, ARRAY_TYPE);
    lua_setmetatable(L, -2);
  }
  return true;
}

/* lua_next allows assignment to the field that it stands at, nil included. */
static bool tidy_object(lua_State *L) {
  lua_pushnil(L);
  while (lua_next(L, -2) != 0) {
    enum verdict verdict = lua_type(L, -1) == LUA_TSTRING ? KEEP : judge(L); /* most are */
    if (verdict == REFUSE) return false;
    if (verdict == DROP) lua_pushnil(L);
    if (verdict != KEEP) {
      lua_pushvalue(L, -3);
      lua_insert(L, -2);
      lua_rawset(L, -5);
    }
    lua_pop(L, 1);
  }
  return true;
}

/* vim.json marks an empty object. */
static void drop_mark(lua_State *L) {
  if (!lua_getmetatable(L, -1)) return;
  luaL_getmetatable(L, ARRAY_TYPE);
  bool is_ours = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  if (is_ours) return;
  lua_pushnil(L);
  lua_setmetatable(L, -2);
}

/* The table on top of the stack, which may have been looked at. */
static bool tidy(lua_State *L) {
  luaL_checkstack(L, 6, "JSON");
  drop_mark(L);
  size_t length = lua_rawlen(L, -1);
  return length > 0 ? tidy_array(L, length) : tidy_object(L);
}

/* Pushes what the decoder makes of the text, or says or raises; gives whether it came to a value. */
static bool ask_decoder(lua_State *L, int text) {
  lua_getfield(L, LUA_REGISTRYINDEX, DECODER);
  lua_pushvalue(L, text);
  int status = lua_pcall(L, 1, 2, 0);
  if (status == LUA_ERRMEM) lua_error(L);
  if (status != 0) return false;
  bool is_value = !lua_isnil(L, -2); /* cjson.safe returns its message */
  lua_remove(L, is_value ? -1 : -2);
  return is_value;
}

/* The decoder's value takes the place of the text on top of the stack, or else its message. What it
 * refuses it refuses again: what was raised once is of a hook, such as that of Ctrl-C. */
static bool call_decoder(lua_State *L) {
  int text = lua_gettop(L);
  bool is_value = ask_decoder(L, text);
  if (!is_value && ask_decoder(L, text)) {
    lua_pop(L, 1);
    lua_error(L);
  }
  lua_settop(L, text + 1);
  lua_replace(L, text);
  return is_value;
}

static void push_key(lua_State *L, const struct place *place) {
  if (place->key != NULL)
    lua_pushlstring(L, place->key, place->length);
  else
    lua_pushinteger(L, (lua_Integer)place->length);
}

/* Looks at the value under a key of the table on top of the stack. */
static bool look_at(lua_State *L, const struct place *place) {
  push_key(L, place);
  lua_pushvalue(L, -1);
  lua_rawget(L, -3);
  enum verdict verdict = judge(L);
  if (verdict == KEEP) lua_pop(L, 2);
  if (verdict == KEEP || verdict == REFUSE) return verdict == KEEP;
  if (verdict == DROP) lua_pushnil(L);
  lua_remove(L, -2);
  lua_rawset(L, -3);
  return true;
}

/* Goes the way from the table on top of the stack. KEEP: to its end. REPLACE: the way leads nowhere, as
 * where a key was given twice. */
static enum verdict go(lua_State *L, const struct places *places) {
  for (int i = 0; i < places->count; i++) {
    const struct place *place = &places->list[i];
    if (place->kind == PLACE_LEAVE) lua_pop(L, 1);
    if (place->kind == PLACE_VALUE && !look_at(L, place)) return REFUSE;
    if (place->kind == PLACE_ALL && !tidy(L)) return REFUSE;
    if (place->kind != PLACE_ENTER) continue;
    luaL_checkstack(L, 6, "JSON");
    push_key(L, place);
    lua_rawget(L, -2);
    if (!lua_istable(L, -1)) return REPLACE;
  }
  return KEEP;
}

bool json_decode(lua_State *L, const char *text, size_t length) {
  int top = lua_gettop(L);
  struct places places;
  if (!strict_push(L, text, length, &places) || !call_decoder(L)) return false;
  enum verdict verdict = places.is_lost || !lua_istable(L, -1) ? REPLACE : go(L, &places);
  if (verdict == REPLACE) {
    lua_settop(L, top + 1);
    verdict = judge(L);
    if (verdict == REPLACE) lua_remove(L, -2);
  }
  if (verdict != REFUSE) return true;
  lua_settop(L, top);
  lua_pushliteral(L, "a number outside the range of a double");
  return false;
}

bool json_decode_object(lua_State *L, const char *text, size_t length) {
  char first = text[strspn(text, " \t\r\n")];
  if (first == '{' || first == '\xef') return json_decode(L, text, length); /* or a byte order mark */
  lua_pushliteral(L, "no JSON object");
  return false;
}

int json_decode_text(lua_State *L) {
  size_t length = 0;
  const char *text = luaL_checklstring(L, 1, &length);
  lua_settop(L, 1);
  luaL_checkstack(L, 20, "decode");
  if (json_decode(L, text, length)) {
    if (lua_isuserdata(L, -1)) lua_pushboolean(L, 1); /* null, of which a call makes true */
    return 1;
  }
  lua_pushnil(L);
  lua_insert(L, -2);
  return 2;
}
