/* A session's calls, from their submission to their outcomes. */
#ifndef ASTRO_CALLS_H
#define ASTRO_CALLS_H

#include "compat.h"

#pragma GCC visibility push(hidden)

/* get_deployment(org, id, token [, options]): one exchange, from submission to its end. The second is
 * for Lua without a session. */
int calls_get_deployment(lua_State *L);
int calls_get_deployment_shared(lua_State *L);

/* submit(request, token [, options [, timeout]]): starts an exchange (see request.h); gives a ticket */
int calls_submit(lua_State *L);

/* step(): does what can be done now; never blocks */
int calls_step(lua_State *L);

/* wait([seconds]): until one has ended (true) or the time is over; without seconds also while none is
 * under way. Returns also once a hook took one meanwhile, as that may be the one waited for */
int calls_wait(lua_State *L);

/* next(): takes one that has ended: ticket, outcome; nothing while none has. An outcome is
 * { value =, status = } or { err = } or, where something raised meanwhile, { raised = } */
int calls_next(lua_State *L);

/* cancel(ticket): forgets one */
int calls_cancel(lua_State *L);

#pragma GCC visibility pop

#endif
