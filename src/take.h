/* From an ended transfer to what the caller gets: to values, or out again to the next API version. */
#ifndef ASTRO_TAKE_H
#define ASTRO_TAKE_H

#include "compat.h"
#include "transport/pool.h"

#pragma GCC visibility push(hidden)

/* Pushes an ended transfer's result (see answer.h); gives how many values, 0 while there is none.
 * session is the place on the stack of the one that the pool is of. */
int take_result(lua_State *L, int session, struct pool *pool, struct transfer *transfer);

#pragma GCC visibility pop

#endif
