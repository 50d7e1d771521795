/* Lines of texts with styles, as lua/astro/pretty/ink.lua has them, as one text. */
#ifndef ASTRO_LINES_H
#define ASTRO_LINES_H

#include "compat.h"

#pragma GCC visibility push(hidden)

/* join(lines [, looks]) -> text; looks: by style, what selects it on a terminal */
int lines_join(lua_State *L);

#pragma GCC visibility pop

#endif
