/* The base URL and the API's versions below it. */
#ifndef ASTRO_BASE_H
#define ASTRO_BASE_H

#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

/* X(name, path below the host); the first is what "auto" starts with, the last what it falls back to.
 */
#define ASTRO_API_VERSIONS(X)       \
  X("v1beta1", "/platform/v1beta1") \
  X("v1", "/v1")

enum api_version {
  API_V1BETA1,
  API_V1,
  API_VERSION_COUNT,
  /* v1beta1 until the service says that it is gone. */
  API_AUTO = API_VERSION_COUNT
};

extern const char *const API_VERSION_NAMES[API_VERSION_COUNT + 1]; /* "auto" is the last one */
extern const char *const API_VERSION_PATHS[API_VERSION_COUNT];

/* Gives API_VERSION_COUNT + 1 for an unknown name. */
int api_version_of(const char *name);

enum { BASE_URL_MAX = 2048 };

struct base {
  size_t length; /* of the text before a trailing slash */
  bool has_path; /* then it is used as it is, whatever the version */
  bool loopback; /* the host is this machine: plain http is allowed, proxies are not asked */
};

/* What base_parse gives where memory has ended: the text is not at fault. */
extern const char *const BASE_NO_MEMORY;

/* NULL, or what is wrong with the text, in words that do not repeat it. */
const char *base_parse(const char *text, struct base *base);

/* Writes the host alone of any absolute URL; false if there is none or it does not fit. */
bool url_host(const char *url, char *host, size_t size);

#pragma GCC visibility pop

#endif
