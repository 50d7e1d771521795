/* Bytes that grow in a place of Lua's stack: Lua frees them, whatever raises meanwhile. */
#ifndef ASTRO_OUTPUT_H
#define ASTRO_OUTPUT_H

#include <stddef.h>

#include "compat.h"

#pragma GCC visibility push(hidden)

struct output {
  char *bytes;
  size_t length, capacity;
  int index; /* of the userdata that they are */
};

/* An empty one takes the place of the value at an index of the stack. */
void output_begin(lua_State *L, struct output *output, int index);

void output_put(lua_State *L, struct output *output, const char *bytes, size_t count);

void output_fill(lua_State *L, struct output *output, char byte, size_t count);

#pragma GCC visibility pop

#endif
