/* URLs: what the base URL must be, and the host of any. */
#ifndef ASTRO_BASE_H
#define ASTRO_BASE_H

#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

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

/* Writes the host alone of any absolute URL, or of what is one beside another; NULL: there is no other.
 * False if there is none or it does not fit. */
bool url_host(const char *text, const char *beside, char *host, size_t size);

#pragma GCC visibility pop

#endif
