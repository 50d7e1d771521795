/* What the targets share: input taken piece by piece, and a Lua state that lives for all runs. */
#ifndef ASTRO_FUZZ_H
#define ASTRO_FUZZ_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
  const char *data;
  size_t left;
};

static inline unsigned take_byte(struct input *input) {
  if (input->left == 0) return 0;
  input->left--;
  return (unsigned char)*input->data++;
}

/* A piece up to the next 0xff, or the rest. */
static inline const char *take_text(struct input *input, size_t *length) {
  const char *text = input->data;
  const char *end = memchr(text, 0xff, input->left);
  *length = end == NULL ? input->left : (size_t)(end - text);
  size_t used = *length + (end != NULL);
  input->data += used;
  input->left -= used;
  return text;
}

static inline void push_piece(lua_State *L, struct input *input) {
  size_t length = 0;
  const char *text = take_text(input, &length);
  lua_pushlstring(L, text, length);
}

/* What must hold. */
static inline void demand(int holds, const char *what) {
  if (holds) return;
  (void)fprintf(stderr, "broken: %s\n", what);
  abort();
}

#endif
