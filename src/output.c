#include "output.h"

#include <string.h>

enum { FIRST_CAPACITY = 512 };

void output_begin(lua_State *L, struct output *output, int index) {
  output->bytes = lua_newuserdata(L, FIRST_CAPACITY);
  output->length = 0;
  output->capacity = FIRST_CAPACITY;
  output->index = index;
  lua_replace(L, index);
}

static void enlarge(lua_State *L, struct output *output, size_t count) {
  size_t capacity = output->capacity;
  while (capacity - output->length < count) {
    if (capacity > (size_t)-1 / 2) luaL_error(L, "not enough memory");
    capacity *= 2;
  }
  char *bytes = lua_newuserdata(L, capacity);
  memcpy(bytes, output->bytes, output->length);
  lua_replace(L, output->index);
  output->bytes = bytes;
  output->capacity = capacity;
}

/* Where so many more bytes go. */
static char *extend(lua_State *L, struct output *output, size_t count) {
  if (output->capacity - output->length < count) enlarge(L, output, count);
  char *end = output->bytes + output->length;
  output->length += count;
  return end;
}

void output_put(lua_State *L, struct output *output, const char *bytes, size_t count) {
  char *end = extend(L, output, count);
  memcpy(end, bytes, count);
}

void output_fill(lua_State *L, struct output *output, char byte, size_t count) {
  char *end = extend(L, output, count);
  memset(end, byte, count);
}
