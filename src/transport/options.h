/* The options of a call: one table, from which the struct, the checks, the defaults and core.options
 * follow. */
#ifndef ASTRO_TRANSPORT_OPTIONS_H
#define ASTRO_TRANSPORT_OPTIONS_H

#include <stdbool.h>

#include "base.h"

/* X(identifier, name, path below the host): what api_version may be. "auto" stands for the next one
 * until the service says that it is gone, then for the one after it. */
#define ASTRO_API_VERSIONS(X)                \
  X(AUTO, "auto", "")                        \
  X(V1BETA1, "v1beta1", "/platform/v1beta1") \
  X(V1, "v1", "/v1")                         \
  X(NONE, "none", "")

enum api_version {
#define API_VERSION(id, name, path) API_##id,
  ASTRO_API_VERSIONS(API_VERSION)
#undef API_VERSION
      API_VERSION_COUNT
};

#define ASTRO_BASE_URL "https://api.astronomer.io"

/* X(type, name, default, least, most, environment variable, keeper, text). The keeper is CALL, or
 * HANDLE where handles are set up by the option: each then serves only calls with the same value. */
#define ASTRO_OPTIONS(X)                                                                          \
  X(VERSION, api_version, API_AUTO, 0, 0, "ASTRO_API_VERSION", CALL,                              \
    "`v1beta1`, `v1`, `none` (the base URL is the API's root, as of some mock servers), or "      \
    "`auto`: v1beta1, and v1 once the service says that it is gone")                              \
  X(URL, base_url, ASTRO_BASE_URL, 0, 0, "ASTRO_API_URL", CALL,                                   \
    "the service; with a path it is used as it is, without one the version's path is added")      \
  X(TEXT, ca_file, NULL, 0, 0, "ASTRO_CA_FILE", HANDLE,                                           \
    "PEM file of trusted authorities, in place of the system's")                                  \
  X(TEXT, ca_path, NULL, 0, 0, NULL, HANDLE, "hashed directory of trusted authorities, likewise") \
  X(SECONDS, timeout, 30, 0.001, 86400, NULL, CALL, "the whole call")                             \
  X(SECONDS, attempt_timeout, 10, 0.001, 86400, NULL, CALL,                                       \
    "one attempt, so that a silent connection leaves room to try again")                          \
  X(SECONDS, connect_timeout, 5, 0.001, 86400, NULL, CALL, "name look-up, connection and TLS")    \
  X(INTEGER, max_body, 16777216, 1, 1073741824, NULL, CALL,                                       \
    "bytes of the answer, after decompression")                                                   \
  X(PROXY, proxy, NULL, 0, 0, NULL, HANDLE,                                                       \
    "a URL, or `false` for none; else the environment's, which a loopback host never uses")       \
  X(HEADERS, headers, false, 0, 0, NULL, HANDLE, "table of names and values, added to ours")      \
  X(TEXT, user_agent, NULL, 0, 0, NULL, HANDLE, "put before ours")                                \
  X(INTEGER, retries, 2, 0, 10, NULL, CALL, "further attempts after a failure that may pass")     \
  X(FUNCTION, log, false, 0, 0, NULL, CALL,                                                       \
    "`function(level, text, fields)`; without one, lines go to stderr if `ASTRO_LOG` is set")

/* What an option of each type is in struct options. Texts belong to whoever gave them. Of headers and
 * the log it only says that they were given. */
#define OPTION_VERSION enum api_version
#define OPTION_URL const char *
#define OPTION_TEXT const char *
#define OPTION_PROXY const char * /* "": none; NULL: the environment's */
#define OPTION_SECONDS double
#define OPTION_INTEGER double
#define OPTION_HEADERS bool
#define OPTION_FUNCTION bool

struct options {
#define OPTION_FIELD(type, name, fallback, least, most, environment, keeper, text) OPTION_##type name;
  ASTRO_OPTIONS(OPTION_FIELD)
#undef OPTION_FIELD
  struct base base; /* what base_url says */
};

#endif
