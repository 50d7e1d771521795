/* The API's versions: which one is asked, the next one where the service says that it is gone, and what
 * the service says of an end to come. */
#ifndef ASTRO_VERSIONS_H
#define ASTRO_VERSIONS_H

#include <stdbool.h>

#include "compat.h"
#include "transport/options.h"
#include "transport/transfer.h"

#pragma GCC visibility push(hidden)

const char *versions_name(enum api_version version);

/* Gives API_VERSION_COUNT for an unknown name. */
enum api_version versions_find(const char *name);

/* Writes the transfer's URL and, where the version is chosen for the caller, that of the next one. path
 * stands below the version's. False: no memory. */
bool versions_write_urls(lua_State *L, const struct options *options, const char *path,
                         struct transfer *transfer);

/* Whether an ended transfer says that its version is gone: then it is ready to ask the next one. That
 * is remembered, for this Lua state, and told to the log, once a base URL. session is the place on the
 * stack of the one whose transfer it is. */
bool versions_fall_back(lua_State *L, int session, struct transfer *transfer);

/* Tells the log, once a text, what the service says of its own end. */
void versions_tell_notice(lua_State *L, int session, const struct transfer *transfer);

#pragma GCC visibility pop

#endif
