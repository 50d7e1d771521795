/* The arguments that every call has: ids and tokens, with the environment behind them. */
#ifndef ASTRO_ARGUMENTS_H
#define ASTRO_ARGUMENTS_H

#include <stddef.h>

#include "compat.h"

#pragma GCC visibility push(hidden)

/* Raises for function's argument name. Never repeats a value: it may be a token in the wrong place. */
int argument_error(lua_State *L, const char *function, const char *name, const char *problem);

/* An id at index or, where that is nil and environment is not NULL, from that variable. Raises if there
 * is none or it is no id. */
const char *argument_id(lua_State *L, int index, const char *function, const char *name,
                        const char *environment);

/* The token at index: a string, what a function there returns, or ASTRO_API_TOKEN; without white space
 * around it and "Bearer" in front. Raises if there is none or it must not be sent. */
const char *argument_token(lua_State *L, int index, const char *function, size_t *length);

/* id(value, function, name [, environment]) -> string and token(value, function) -> string: the same
 * for Lua. */
int arguments_id(lua_State *L);
int arguments_token(lua_State *L);

#pragma GCC visibility pop

#endif
