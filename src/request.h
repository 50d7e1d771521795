/* What a call asks for: checks it and writes URL and headers. Refuses what must not be sent. */
#ifndef ASTRO_REQUEST_H
#define ASTRO_REQUEST_H

#include "compat.h"
#include "options.h"
#include "transfer.h"

#pragma GCC visibility push(hidden)

/* The texts belong to Lua or to the environment: a request is read and written in one go. */
struct request {
  const char *function; /* for messages */
  int options_index;
  struct options options;
  const char *organization, *id, *token;
  size_t token_length;
};

/* Reads organization, id, token and options from four stack places, first being the first. Raises on
 * anything that must not be sent. Runs Lua code only where the token is a function. */
void request_read(lua_State *L, int first, const char *function, struct request *request);

/* Fills an idle transfer. False: no memory. */
bool request_write(lua_State *L, const struct request *request, struct transfer *transfer);

#pragma GCC visibility pop

#endif
