/* Warnings for whoever watches: the caller's function or, if ASTRO_LOG is set, stderr. A session's own
 * table keeps the functions of its calls by their tickets. */
#ifndef ASTRO_LOG_H
#define ASTRO_LOG_H

#include "compat.h"

#pragma GCC visibility push(hidden)

/* Gives the session on top of the stack that table. */
void log_open(lua_State *L);

/* session is the place of one on the stack. keep takes the function on top of the stack; forget raises
 * nothing. */
void log_keep(lua_State *L, int session, unsigned long ticket);
void log_forget(lua_State *L, int session, unsigned long ticket);

/* The string on top of the stack, which goes, is the line. What the caller's function (level, text,
 * fields) raises is told to stderr and changes nothing else. */
void log_warning(lua_State *L, int session, unsigned long ticket);

#pragma GCC visibility pop

#endif
