/* What was asked, what came and how it ended: all that values and errors are made from, whoever carried
 * it out. */
#ifndef ASTRO_EXCHANGE_H
#define ASTRO_EXCHANGE_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

#include "buffer.h"
#include "retry_after.h"

#pragma GCC visibility push(hidden)

/* A zeroed one is empty and valid. */
struct exchange {
  /* what was asked */
  struct buffer method, target; /* as messages call it */
  struct buffer token;          /* kept to mask it in what others say */
  bool any;                     /* any JSON value will do */
  bool raw;                     /* the body is given as it came */
  bool whole;                   /* so is the head, whatever the status */
  bool keeps_head;              /* the head is wanted, with the whole or beside it */
  size_t max_body;
  int attempts;

  /* what came */
  long status;           /* of the last status line; 0: none that can be one */
  bool headers_complete; /* the blank line was seen: without it curl calls a cut answer a success */
  size_t header_bytes;
  struct retry_after retry_after;
  struct buffer notice; /* Deprecation and Sunset, as they came */
  struct buffer head;   /* the last one's lines, without trailers; empty unless it is kept */
  struct buffer body;

  /* how it ended */
  CURLcode code;
  char text[CURL_ERROR_SIZE]; /* curl's own words */
  bool cancelled, too_large, no_memory;
  bool was_ready;       /* whether a connection ever was, for the request */
  bool wants_authority; /* the certificate is by nobody who is trusted */
  long proxy_status;    /* what a proxy answered to CONNECT; 0: nothing */
  const char *redirect; /* where to, NULL: nowhere; lives until the next attempt */
};

/* One more attempt, of which nothing came yet. */
void exchange_begin(struct exchange *exchange);

/* Takes a header line, of interim answers (1xx) and trailers too; takes a piece of the body. False: no
 * more is wanted. */
bool exchange_take_header(struct exchange *exchange, const char *line, size_t length);
bool exchange_take_body(struct exchange *exchange, const char *data, size_t length);

/* Keeps one more line of the head, up to a limit. */
void exchange_keep_line(struct exchange *exchange, const char *line, size_t length);

/* From 100 to 599; 0 if no complete header section came, or one with another status. */
long exchange_status(const struct exchange *exchange);

/* Whether more header lines came than are taken. */
bool exchange_has_endless_headers(const struct exchange *exchange);

/* Both wipe all of it; clear keeps buffers for the next use, but no huge ones. */
void exchange_clear(struct exchange *exchange);
void exchange_free(struct exchange *exchange);

#pragma GCC visibility pop

#endif
