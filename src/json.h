/* JSON text -> Lua value, by lua-cjson and one walk over what it gives. */
#ifndef ASTRO_JSON_H
#define ASTRO_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "compat.h"

#pragma GCC visibility push(hidden)

/* The metatable of empty lists: nothing else tells what an empty table was. */
#define ARRAY_TYPE "astro.array"

/* Finds lua-cjson (or Neovim's own vim.json, which is that library) and sets up an instance for this
 * Lua state alone. Raises where there is none. */
void json_open(lua_State *L);

/* Pushes the value of the text: null is absent (inside an array the rest moves up), whole numbers below
 * 2^53 are integers where Lua has them, an empty array has its metatable. Otherwise pushes a message
 * and gives false. Raises nothing but a memory error. */
bool json_decode(lua_State *L, const char *text, size_t length);

/* The same, for a text that must be one object. */
bool json_decode_object(lua_State *L, const char *text, size_t length);

/* decode(text) -> value, or nil, message: what a call would give for that answer. */
int json_decode_text(lua_State *L);

#pragma GCC visibility pop

#endif
