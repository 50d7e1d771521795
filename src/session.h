/* The one userdata: a pool of transfers as Lua sees it. Mechanism only: retries, sleeping between them
 * and pages are for others to decide. */
#ifndef ASTRO_SESSION_H
#define ASTRO_SESSION_H

#include "compat.h"

#pragma GCC visibility push(hidden)

/* Makes the metatable. */
void session_open(lua_State *L);

/* session(): pushes a new one. Its methods:
 *   submit(org, id, token [, options]) -> ticket   starts an exchange
 *   step()                                         does what can be done now; never blocks
 *   wait([seconds]) -> boolean                     until one has ended (true), none is under way or the
 * time is over next() -> ticket, deployment                   takes one that has ended, or
 *          -> ticket, nil, message, err            its failure; nothing while none has ended
 *   cancel(ticket) -> boolean                      forgets one
 *   close()                                        ends all as cancelled; next() still gives them */
int session_new(lua_State *L);

/* get_deployment(org, id, token [, options]): one exchange on the session that the Lua state keeps for
 * it, from submission to its end. */
int session_get_deployment(lua_State *L);

#pragma GCC visibility pop

#endif
