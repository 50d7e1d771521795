/* What the service said of its versions, for one Lua state: where v1beta1 is gone, and notices that it
 * will be. */
#ifndef ASTRO_GONE_H
#define ASTRO_GONE_H

#include <stdbool.h>
#include <stddef.h>

#include "compat.h"

#pragma GCC visibility push(hidden)

/* base is the start of a URL, length bytes long. */
bool gone_is_known(lua_State *L, const char *base, size_t length);

/* Remember; true the first time. */
bool gone_learn(lua_State *L, const char *base, size_t length);
bool gone_notice(lua_State *L, const char *notice, size_t length);

#pragma GCC visibility pop

#endif
