/* What a call asks for: reads it from Lua and writes URL, headers and body. Refuses what must not be
 * sent. */
#ifndef ASTRO_REQUEST_H
#define ASTRO_REQUEST_H

#include "compat.h"
#include "options.h"
#include "transport/transfer.h"

#pragma GCC visibility push(hidden)

/* The texts belong to Lua or to the environment: a request is read and written in one go. */
struct request {
  const char *function; /* for messages */
  int options_index;
  struct options options;
  const char *method;
  const char *path;   /* below the version's path */
  const char *target; /* what messages call it, behind the method */
  const char *body;   /* NULL: none */
  size_t body_length;
  bool any;   /* any JSON value will do, or none; else it must be one object */
  bool raw;   /* no JSON: the body as it came */
  bool whole; /* { status =, head =, body = } of any status, as they came */
  bool head;  /* the head is wanted beside what the answer comes to */
  const char *token;
  size_t token_length;
};

/* Reads organization, id, token and options from four stack places, first being the first: one
 * Deployment. Raises on anything that must not be sent. Runs Lua code only where the token is a
 * function. */
void request_read_deployment(lua_State *L, int first, const char *function, struct request *request);

/* Reads { method =, path =, target =, body =, any =, raw =, whole =, head = }, token, options and what
 * is left of their timeout likewise. */
void request_read(lua_State *L, int first, const char *function, struct request *request);

/* check_options(options, function): raises for options that no request could have. */
int request_check_options(lua_State *L);

/* Both fill an idle transfer; the second sets its handle up, too. False: no memory. */
bool request_fill(lua_State *L, const struct request *request, struct transfer *transfer);
bool request_write(lua_State *L, const struct request *request, struct transfer *transfer);

#pragma GCC visibility pop

#endif
