/* Lines that stderr gets when the process ends, whether or not that closes Lua's states. */
#ifndef ASTRO_ENDING_H
#define ASTRO_ENDING_H

#include "compat.h"

#pragma GCC visibility push(hidden)

/* at_exit(line) -> whether there was room; a line that is there stands once. A child of fork says only
 * what itself has added. */
int ending_add(lua_State *L);

#pragma GCC visibility pop

#endif
