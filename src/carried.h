/* An attempt that a function of the caller's own carries out in place of curl: what it has to send, and
 * what comes of its answer. */
#ifndef ASTRO_CARRIED_H
#define ASTRO_CARRIED_H

#include "compat.h"

#pragma GCC visibility push(hidden)

/* Makes the metatable. */
void carried_open(lua_State *L);

/* carry(request [, token [, options [, timeout]]]) -> carried, request to send. Takes what a session's
 * submit takes; what is to be sent is { method =, url =, headers =, body =, timeout = }. Its method:
 *   conclude(function, status, headers, body)   of what came, or nil, message, kind of why nothing did:
 *       -> outcome (see calls.h), or nil and the request to send to the next version of the API. Raises
 *       on what is none of these, naming the function that was called */
int carried_new(lua_State *L);

#pragma GCC visibility pop

#endif
