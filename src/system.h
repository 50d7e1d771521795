/* What the core gives Lua of the system, for loops and pictures that have no other means. */
#ifndef ASTRO_SYSTEM_H
#define ASTRO_SYSTEM_H

#include "compat.h"

#pragma GCC visibility push(hidden)

/* clock() -> seconds, from an arbitrary point on, never backwards */
int system_clock(lua_State *L);

/* poll(descriptors, seconds) -> whether one is readable: sleeps until one of a list of descriptors is
 * readable, a signal comes or the time is over; without seconds, for as long as it takes */
int system_poll(lua_State *L);

/* columns(descriptor) -> how many that terminal has, 0 if it does not say; nothing where it is no
 * terminal */
int system_columns(lua_State *L);

#pragma GCC visibility pop

#endif
