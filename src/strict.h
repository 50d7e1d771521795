/* JSON by its letter (RFC 8259), whatever a decoder would take beside it. */
#ifndef ASTRO_STRICT_H
#define ASTRO_STRICT_H

#include <stdbool.h>
#include <stddef.h>

#include "compat.h"
#include "places.h"

#pragma GCC visibility push(hidden)

/* Pushes the text as a string that every decoder reads alike, in every locale, with [null] for each [];
 * or, where it is no JSON or more than 100 levels deep, a message, and gives false. text[length] is
 * NUL. That bytes are UTF-8 and surrogates come in pairs is not looked at. Raises nothing but a memory
 * error. The places have keys that stand in the text. */
bool strict_push(lua_State *L, const char *text, size_t length, struct places *places);

#pragma GCC visibility pop

#endif
