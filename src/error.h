/* Error tables: what they are as texts. */
#ifndef ASTRO_ERROR_H
#define ASTRO_ERROR_H

#include "compat.h"

#pragma GCC visibility push(hidden)

/* The name of their metatable in the registry, and what makes it. */
extern const char *const ERROR_TYPE;
void error_open(lua_State *L);

#pragma GCC visibility pop

#endif
