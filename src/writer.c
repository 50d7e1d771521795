#include "writer.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "output.h"
#include "quoted.h"
#include "text.h"

/* Where on the stack. */
enum { DIALECT = 1, KEYS, BYTES, OBJECT, VALUE };

static const double WHOLE_LIMIT = 9007199254740992.0; /* 2^53 */

struct writer {
  struct output output;
  int indent; /* blanks a level; 0: all in one line */
  enum quoting quoting;
  bool is_strict; /* bytes that are no UTF-8 are refused */
  char list[2], object[2];
};

static void put(lua_State *L, struct writer *writer, const char *bytes, size_t count) {
  output_put(L, &writer->output, bytes, count);
}

static void put_byte(lua_State *L, struct writer *writer, char byte) {
  output_fill(L, &writer->output, byte, 1);
}

static void line_break(lua_State *L, struct writer *writer, int depth) {
  if (writer->indent == 0) return;
  put_byte(L, writer, '\n');
  output_fill(L, &writer->output, ' ', (size_t)writer->indent * (size_t)depth);
}

/* Puts the text on top of the stack, and takes it off. */
static void put_popped(lua_State *L, struct writer *writer) {
  size_t length;
  const char *text = luaL_checklstring(L, -1, &length);
  put(L, writer, text, length);
  lua_pop(L, 1);
}

/* Puts what the dialect says of the value on top of the stack, if it does not refuse it. */
static void put_other(lua_State *L, struct writer *writer) {
  lua_getfield(L, DIALECT, "other");
  lua_pushvalue(L, -2);
  lua_call(L, 1, 1);
  put_popped(L, writer);
}

static void put_string(lua_State *L, struct writer *writer) {
  size_t length, used;
  char character[QUOTED_MAX];
  const char *text = lua_tolstring(L, -1, &length);
  put_byte(L, writer, '"');
  for (;;) {
    size_t plain = quoted_plain(text, length);
    put(L, writer, text, plain);
    text += plain;
    length -= plain;
    if (length == 0) break;
    long code = text_decode(text, length, &used);
    if (code < 0 && writer->is_strict) {
      put_other(L, writer);
      return;
    }
    put(L, writer, character, quoted_character(character, writer->quoting, code, text, used));
    text += used;
    length -= used;
  }
  put_byte(L, writer, '"');
}

/* A whole number of Lua's own integers, where it has such; others are for Lua to write. */
static bool put_whole(lua_State *L, struct writer *writer) {
  char digits[24];
  lua_Number number = lua_tonumber(L, -1);
  bool is_whole = fabs(number) < WHOLE_LIMIT && floor(number) == number;
  if (!is_whole || (COMPAT_INTEGERS && !lua_isinteger(L, -1))) return false;
  put(L, writer, digits, (size_t)snprintf(digits, sizeof digits, "%lld", (long long)number));
  return true;
}

static void put_value(lua_State *L, struct writer *writer, bool is_list, int depth);

/* What is put stands on top of the stack, and the object that the schema has for it, or nil, below it.
 */

static void put_items(lua_State *L, struct writer *writer, int count, int depth) {
  for (int i = 1; i <= count; i++) {
    if (i > 1) put_byte(L, writer, ',');
    line_break(L, writer, depth);
    lua_pushvalue(L, -2);
    lua_rawgeti(L, -2, i);
    put_value(L, writer, false, depth);
    lua_pop(L, 2);
  }
}

/* Pushes the object of the field that the table on top of the stack is, or nil; gives whether it is a
 * list.
 */
static bool push_inner(lua_State *L, int object, int key) {
  int top = lua_gettop(L);
  bool is_list = false, is_table = lua_istable(L, -1);
  lua_pushnil(L);
  if (!is_table || !lua_istable(L, object)) return false;
  lua_getfield(L, object, "by_name");
  lua_pushvalue(L, key);
  lua_rawget(L, -2);
  if (lua_istable(L, -1)) {
    lua_getfield(L, -1, "is_list");
    is_list = lua_toboolean(L, -1);
    lua_getfield(L, -2, "object");
    lua_replace(L, top + 1);
  }
  lua_settop(L, top + 1);
  return is_list;
}

/* The pair of the key and the value on top of the stack. */
static void put_pair(lua_State *L, struct writer *writer, int object, bool is_first, int depth) {
  int key = lua_gettop(L) - 1;
  if (!is_first) put_byte(L, writer, ',');
  line_break(L, writer, depth);
  lua_pushvalue(L, key);
  lua_gettable(L, KEYS);
  put_popped(L, writer);
  bool is_list = push_inner(L, object, key);
  lua_insert(L, -2);
  put_value(L, writer, is_list, depth);
}

/* The pairs whose keys the schema has, in its order; gives how many there are. A Deployment's metatable
 * is for its reader: what counts is what it has itself. */
static size_t put_known(lua_State *L, struct writer *writer, int owner, int depth) {
  size_t there = 0;
  if (!lua_istable(L, owner - 1)) return 0;
  lua_getfield(L, owner - 1, "names");
  int count = (int)lua_rawlen(L, -1);
  for (int i = 1; i <= count; i++) {
    lua_rawgeti(L, owner + 1, i);
    lua_pushvalue(L, -1);
    lua_rawget(L, owner);
    if (!lua_isnil(L, -1)) put_pair(L, writer, owner - 1, there++ == 0, depth);
    lua_settop(L, owner + 1);
  }
  lua_settop(L, owner);
  return there;
}

/* The others, which Lua sorts, behind so many. */
static void put_others(lua_State *L, struct writer *writer, int owner, size_t known, int depth) {
  lua_getfield(L, DIALECT, "others");
  lua_pushvalue(L, owner);
  lua_pushvalue(L, owner - 1);
  lua_call(L, 2, 1);
  int count = (int)lua_rawlen(L, -1);
  for (int i = 1; i <= count; i++) {
    lua_rawgeti(L, owner + 1, i);
    lua_pushvalue(L, -1);
    lua_gettable(L, owner);
    put_pair(L, writer, owner - 1, known == 0 && i == 1, depth);
    lua_settop(L, owner + 1);
  }
  lua_settop(L, owner);
}

static void put_object(lua_State *L, struct writer *writer, size_t count, int depth) {
  int owner = lua_gettop(L);
  size_t known = put_known(L, writer, owner, depth);
  bool has_pairs = luaL_getmetafield(L, owner, "__pairs"); /* and perhaps more than it has itself */
  lua_settop(L, owner);
  if (known < count || has_pairs) put_others(L, writer, owner, known, depth);
}

/* How many pairs a table has, and whether they are a list's. */
static size_t count_pairs(lua_State *L, bool *is_list) {
  size_t count = 0;
  *is_list = true;
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
    *is_list = *is_list && lua_type(L, -2) == LUA_TNUMBER;
    count++;
  }
  for (size_t i = 1; *is_list && i <= count; i++) {
    lua_rawgeti(L, -1, (int)i);
    *is_list = !lua_isnil(L, -1);
    lua_pop(L, 1);
  }
  return count;
}

/* Whether the empty table on top of the stack is marked as a list. */
static bool is_marked(lua_State *L) {
  if (!lua_getmetatable(L, -1)) return false;
  lua_pop(L, 1);
  lua_getfield(L, DIALECT, "is_marked");
  lua_pushvalue(L, -2);
  lua_call(L, 1, 1);
  bool marked = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return marked;
}

static void put_table(lua_State *L, struct writer *writer, bool is_list, int depth) {
  bool has_items;
  size_t count = count_pairs(L, &has_items);
  is_list = count > 0 ? has_items : is_list || is_marked(L);
  const char *marks = is_list ? writer->list : writer->object;
  put_byte(L, writer, marks[0]);
  if (count > 0) {
    if (is_list)
      put_items(L, writer, (int)count, depth + 1);
    else
      put_object(L, writer, count, depth + 1);
    line_break(L, writer, depth);
  }
  put_byte(L, writer, marks[1]);
}

/* Raises where it is too deep: what stands on C's stack has an end. */
static void refuse_below(lua_State *L, int depth) {
  lua_getfield(L, DIALECT, "below");
  lua_pushinteger(L, depth);
  lua_call(L, 1, 0);
}

static void put_value(lua_State *L, struct writer *writer, bool is_list, int depth) {
  const char *word;
  switch (lua_type(L, -1)) {
    case LUA_TSTRING:
      put_string(L, writer);
      return;
    case LUA_TBOOLEAN:
      word = lua_toboolean(L, -1) ? "true" : "false";
      put(L, writer, word, strlen(word));
      return;
    case LUA_TTABLE:
      luaL_checkstack(L, 16, "a value");
      refuse_below(L, depth);
      put_table(L, writer, is_list, depth);
      return;
    default:
      if (lua_type(L, -1) != LUA_TNUMBER || !put_whole(L, writer)) put_other(L, writer);
  }
}

static void read_marks(lua_State *L, const char *name, char marks[2]) {
  size_t length;
  lua_getfield(L, DIALECT, name);
  const char *text = luaL_checklstring(L, -1, &length);
  luaL_argcheck(L, length == 2, DIALECT, "two marks expected");
  memcpy(marks, text, 2);
  lua_pop(L, 1);
}

static bool has_flag(lua_State *L, const char *name) {
  lua_getfield(L, DIALECT, name);
  bool is_set = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return is_set;
}

int writer_write(lua_State *L) {
  luaL_checktype(L, DIALECT, LUA_TTABLE);
  lua_settop(L, VALUE);
  struct writer writer = {.indent = (int)luaL_checkinteger(L, 2)};
  bool is_list = lua_toboolean(L, 3);
  writer.quoting = has_flag(L, "is_lua") ? QUOTING_LUA : QUOTING_JSON;
  writer.is_strict = has_flag(L, "is_strict");
  read_marks(L, "list", writer.list);
  read_marks(L, "object", writer.object);
  lua_getfield(L, DIALECT, "keys");
  lua_replace(L, KEYS);
  output_begin(L, &writer.output, BYTES);
  put_value(L, &writer, is_list, 0);
  lua_pushlstring(L, writer.output.bytes, writer.output.length);
  return 1;
}
