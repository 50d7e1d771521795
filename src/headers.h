/* The headers of a request: ours and the caller's own. */
#ifndef ASTRO_HEADERS_H
#define ASTRO_HEADERS_H

#include "compat.h"
#include "request.h"

#pragma GCC visibility push(hidden)

/* Makes our User-Agent, which names this Lua. */
void headers_open(lua_State *L);

/* Raises on a header of the caller's that must not be sent. */
void headers_check(lua_State *L, const struct request *request);

/* Adds all to the transfer. False: no memory. */
bool headers_write(lua_State *L, const struct request *request, struct transfer *transfer);

/* Pushes what write added, as a table of names and values. */
void headers_push(lua_State *L, const struct transfer *transfer);

#pragma GCC visibility pop

#endif
