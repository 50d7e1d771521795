/* The one userdata: a pool of transfers as Lua sees it. Mechanism only: retries, sleeping between them
 * and pages are for others to decide. */
#ifndef ASTRO_SESSION_H
#define ASTRO_SESSION_H

#include "compat.h"
#include "transport/pool.h"

#pragma GCC visibility push(hidden)

struct session {
  struct pool pool;
  unsigned long news; /* how many results next() gave, and how often it was woken */
  bool closed;
};

/* Makes the metatable. */
void session_open(lua_State *L);

/* session([watched [, connections]]): pushes a new one; a watched one has a descriptor for event loops,
 * and so many connections at the most are made where each carries one request at a time. Its methods,
 * besides those of its calls (see calls.h):
 *   multiplexes()   whether the last answer came by HTTP/2; nil before the first
 *   fd()            of a watched one: readable when step has something to do; nil: none to be had
 *   timeout()       seconds until there is something to do of which no descriptor tells; nil: for ever
 *   close()         ends all as cancelled; next() still gives them. Makes the descriptor readable
 *   wake()          makes the descriptor readable; a wait() under way ends
 *   unwatch()       closes the descriptor of a closed one, once nobody waits on it */
int session_new(lua_State *L);

/* Pushes the session that a Lua state keeps for calls of none. */
void session_push_shared(lua_State *L);

/* Both give the session at the stack's first place and raise where there is none; own also raises where
 * a call was under way when the process forked. */
struct session *session_check(lua_State *L);
struct session *session_check_own(lua_State *L);

#pragma GCC visibility pop

#endif
