/* Where the service said that API version v1beta1 is gone, for one Lua state. */
#ifndef ASTRO_GONE_H
#define ASTRO_GONE_H

#include <stdbool.h>
#include <stddef.h>

#include "compat.h"

#pragma GCC visibility push(hidden)

/* base is the start of a URL, length bytes long. */
bool gone_is_known(lua_State *L, const char *base, size_t length);
void gone_learn(lua_State *L, const char *base, size_t length);

#pragma GCC visibility pop

#endif
