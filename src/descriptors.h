/* poll(descriptors, seconds): sleeps until one of a list of descriptors is readable, a signal comes or
 * the time is over; without seconds, for as long as it takes. For loops that have no other means. */
#ifndef ASTRO_DESCRIPTORS_H
#define ASTRO_DESCRIPTORS_H

#include "compat.h"

#pragma GCC visibility push(hidden)

int descriptors_poll(lua_State *L);

#pragma GCC visibility pop

#endif
