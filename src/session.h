/* The one userdata: a pool of transfers as Lua sees it. Mechanism only: retries, sleeping between them
 * and pages are for others to decide. */
#ifndef ASTRO_SESSION_H
#define ASTRO_SESSION_H

#include "compat.h"

#pragma GCC visibility push(hidden)

/* Makes the metatable. */
void session_open(lua_State *L);

/* session([watched [, connections]]): pushes a new one; a watched one has a descriptor for event loops,
 * and so many connections at the most are made where each carries one request at a time. Its methods:
 *   get_deployment(org, id, token [, options])       one exchange, from submission to its end
 *   submit(request, token [, options [, timeout]])   starts an exchange (see request.h); gives a ticket
 *   step()          does what can be done now; never blocks
 *   wait([seconds]) until one has ended (true) or the time is over; without seconds also while none is
 *                   under way
 *   next()          takes one that has ended: ticket, outcome; nothing while none has. An outcome is
 * { value =, status = } or { err = } or, where something raised meanwhile, { raised = }
 *   cancel(ticket)  forgets one
 *   multiplexes()   whether the last answer came by HTTP/2; nil before the first
 *   fd()            of a watched one: readable when step has something to do; nil: none to be had
 *   timeout()       seconds until step has something to do of which no descriptor tells; nil: for ever
 *   close()         ends all as cancelled; next() still gives them. Makes the descriptor readable
 *   wake()          makes the descriptor readable
 *   unwatch()       closes the descriptor of a closed one, once nobody waits on it */
int session_new(lua_State *L);

/* get_deployment(org, id, token [, options]): the method, of a session that the Lua state keeps for it.
 */
int session_get_deployment(lua_State *L);

#pragma GCC visibility pop

#endif
