/* Error kinds: the closed list that callers branch on, and what leads to which. */
#ifndef ASTRO_KINDS_H
#define ASTRO_KINDS_H

#include <curl/curl.h>
#include <stdbool.h>

#pragma GCC visibility push(hidden)

/* X(name, when) */
#define ASTRO_KINDS(X)                                                                       \
  X(connect, "refused, DNS, a proxy that refuses, closed or reset inside the TLS handshake") \
  X(tls, "certificate untrusted, expired or for another host; no common protocol")           \
  X(timeout, "time, wherever it ran out")                                                    \
  X(transport, "reset, truncated, not HTTP, HTTP/2 stream errors")                           \
  X(unauthorized, "401: token missing, invalid or expired (one that says so is not sent)")   \
  X(forbidden, "403: no permission")                                                         \
  X(not_found, "404: absent, or invisible to the token")                                     \
  X(conflict, "409, or, with nothing sent, a state that does not allow it")                  \
  X(rate_limited, "429")                                                                     \
  X(invalid, "any other 3xx or 4xx; redirects are never followed; an `until_` that is past") \
  X(server, "5xx")                                                                           \
  X(decode, "a 2xx that is not one JSON object")                                             \
  X(too_large, "more than `max_body`")                                                       \
  X(cancelled, "the call was cancelled, or its client closed")

enum kind {
#define KIND_ENUM(name, when) KIND_##name,
  ASTRO_KINDS(KIND_ENUM)
#undef KIND_ENUM
      KIND_COUNT
};

const char *kind_name(enum kind kind);
const char *kind_when(enum kind kind);

/* For a final HTTP status of 300 and more. */
enum kind kind_of_status(long status);

/* "Not Found" for 404; NULL for a status without a well-known phrase (HTTP/2 sends none). */
const char *status_phrase(long status);

/* For a transfer that failed: established tells whether a connection (its TLS and its proxy's tunnel
 * included) was ever ready for the request, text is curl's own message. */
enum kind kind_of_failure(CURLcode code, bool established, const char *text);

/* Gives a code of the failures of that kind, and tells whether there are any. */
bool failure_of_kind(const char *name, CURLcode *code);

/* Whether such a failure would only come again: a proxy that wants credentials (proxy_status is what it
 * answered CONNECT with), or is of a kind that curl does not know. */
bool failure_is_final(long proxy_status, const char *text);

#pragma GCC visibility pop

#endif
