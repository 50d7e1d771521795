/* The options as Lua gives them. */
#ifndef ASTRO_OPTIONS_H
#define ASTRO_OPTIONS_H

#include "compat.h"
#include "transport/options.h"

#pragma GCC visibility push(hidden)

/* Once a Lua state, before any is read. */
void options_open(lua_State *L);

/* Reads the table at index (or none), then the environment, then the defaults. Raises on anything that
 * is not as the options' table says, naming function and option. Runs no Lua code. Texts live as long
 * as the caller's table. */
void options_read(lua_State *L, int index, const char *function, struct options *options);

/* Pushes the caller's own value of an option, nil if there is none. */
void options_push(lua_State *L, int index, const char *name);

/* An environment variable's value; NULL if it is unset or empty. */
const char *options_environment(const char *name);

/* Pushes { { name =, type =, default =, min =, max =, env =, text = }, ... } in the table's order. */
void options_export(lua_State *L);

#pragma GCC visibility pop

#endif
