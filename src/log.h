/* Warnings for whoever watches: the caller's function or, if ASTRO_LOG is set, stderr. */
#ifndef ASTRO_LOG_H
#define ASTRO_LOG_H

#include "compat.h"

#pragma GCC visibility push(hidden)

/* The string on top of the stack, which goes, is the line; reference is Lua's to the caller's function
 * (level, text, fields), or LUA_NOREF. Raises what that function raises. */
void log_warning(lua_State *L, int reference);

#pragma GCC visibility pop

#endif
