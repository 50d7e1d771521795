/* One exchange with the server: a curl easy handle, what it sends, what came back, its limits. Knows
 * nothing of Lua. */
#ifndef ASTRO_TRANSFER_H
#define ASTRO_TRANSFER_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

#include "buffer.h"
#include "handle.h"
#include "options.h"
#include "retry_after.h"

#pragma GCC visibility push(hidden)

enum transfer_state {
  TRANSFER_IDLE,      /* waiting for its next use, its handle kept */
  TRANSFER_RUNNING,   /* curl has it */
  TRANSFER_ENDED,     /* ended; its answer waits to be taken */
  TRANSFER_DELIVERING /* its answer is being turned into values */
};

struct transfer {
  enum transfer_state state;
  bool is_awaited; /* by a call that blocks, and takes its answer itself */
  struct transfer *next; /* in the session's list of all */
  unsigned long ticket;  /* ascends in the order of starting */
  unsigned long ended;   /* likewise, of ending */
  struct handle handle;

  /* what is asked */
  struct buffer url;
  size_t base_length; /* how much of the URL is the base, before the version's path */
  struct buffer
      fallback;        /* the URL of the next API version; empty where there is none to fall back to */
  struct buffer token; /* kept to mask it in what others say */
  struct buffer method, target; /* what messages call it */
  struct buffer upload;
  bool has_body;
  bool any; /* any JSON value will do */
  size_t max_body;
  long attempt_timeout_ms;
  long long deadline_ms; /* on clock_ms */
  long long overtime_ms; /* likewise: when curl should have ended the attempt long since */
  int attempts;

  /* what came */
  CURLcode code;
  bool cancelled, too_large, no_memory;
  long status;           /* of the last status line; 0: none that can be one */
  bool headers_complete; /* the blank line was seen: without it curl calls a cut answer a success */
  size_t header_bytes;
  struct retry_after retry_after;
  struct buffer body;
  struct buffer notice;       /* Deprecation and Sunset, as they came */
  char text[CURL_ERROR_SIZE]; /* curl's own words */
};

struct transfer *transfer_new(void); /* NULL: no memory */

/* Takes over what the options say of this one use. */
void transfer_limit(struct transfer *transfer, const struct options *options);

/* Whether an earlier use left its handle and headers as this one, with these options, wants them. */
bool transfer_is_set_up(const struct transfer *transfer, const struct options *options);

/* Sets its handle up by headers, method and options; texts are copied. False: no memory. */
bool transfer_set_up(struct transfer *transfer, const struct options *options);

/* Hands the transfer to curl, afresh. False: no memory. */
bool transfer_start(struct transfer *transfer, CURLM *multi);

/* Ends it before curl has it. */
void transfer_fail(struct transfer *transfer, CURLcode code, const char *text);

/* Takes it from curl; what came so far stays. */
void transfer_stop(struct transfer *transfer, CURLM *multi);

/* Back to idle: wipes all that was asked and all that came, but for what the handle was set up with:
 * the next use is likely to be alike. */
void transfer_reset(struct transfer *transfer);
void transfer_free(struct transfer *transfer);

bool transfer_is_get(const struct transfer *transfer);

/* From 100 to 599; 0 if no complete header section came, or one with another status. */
long transfer_status(const struct transfer *transfer);

#pragma GCC visibility pop

#endif
