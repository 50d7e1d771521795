/* Lua values as text, in the schema's order: JSON and Lua literals are dialects of it. */
#ifndef ASTRO_WRITER_H
#define ASTRO_WRITER_H

#include "compat.h"

#pragma GCC visibility push(hidden)

/* write(dialect, indent, is_list, object, value) -> text; see lua/astro/pretty/tree.lua. Raises what
 * the dialect's functions raise. */
int writer_write(lua_State *L);

#pragma GCC visibility pop

#endif
