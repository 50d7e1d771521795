/* An exchange under way: what is sent, its limits, and curl's handle, unless somebody else carries it
 * out. */
#ifndef ASTRO_TRANSFER_H
#define ASTRO_TRANSFER_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

#include "buffer.h"
#include "exchange.h"
#include "handle.h"
#include "options.h"

#pragma GCC visibility push(hidden)

enum transfer_state {
  TRANSFER_IDLE,      /* waiting for its next use, its handle kept */
  TRANSFER_RUNNING,   /* curl has it */
  TRANSFER_ENDED,     /* ended; its answer waits to be taken */
  TRANSFER_DELIVERING /* its answer is being turned into values */
};

struct transfer {
  enum transfer_state state;
  bool is_awaited;       /* by a call that blocks, and takes its answer itself */
  struct transfer *next; /* in the pool's list of all */
  unsigned long ticket;  /* ascends in the order of starting */
  unsigned long ended;   /* likewise, of ending */
  struct handle handle;

  struct exchange exchange;

  struct buffer url, fallback; /* the second for the next API version; empty where there is none */
  size_t base_length;          /* how much of the URL is the base, before the version's path */
  struct buffer upload;
  bool has_body;
  long attempt_timeout_ms, connect_timeout_ms;
  bool may_wait;         /* for a connection, until another transfer has done with it */
  long long deadline_ms; /* on clock_ms */
  long long overtime_ms; /* likewise: when curl should have ended the attempt long since */
};

struct transfer *transfer_new(void); /* NULL: no memory */

/* Takes over what the options say of this one use, whose method is known. What is tried once has the
 * whole time for that. */
void transfer_limit(struct transfer *transfer, const struct options *options);

/* How long the next attempt may take; at least 1. */
long transfer_timeout_ms(const struct transfer *transfer);

/* Whether an earlier use left its handle and headers as this one, with these options, wants them. */
bool transfer_is_set_up(const struct transfer *transfer, const struct options *options);

/* Sets its handle up by headers, method and options; texts are copied. Gives what curl says. */
CURLcode transfer_set_up(struct transfer *transfer, const struct options *options);

/* Hands the transfer to curl, afresh. False: no memory. */
bool transfer_start(struct transfer *transfer, CURLM *multi);

/* Whether its answer lay on an idle connection already, as a 408 does by which some servers end one.
 * Then it goes by a new connection from now on. */
bool transfer_met_unasked(struct transfer *transfer);

/* Ends it before curl has it. */
void transfer_fail(struct transfer *transfer, CURLcode code, const char *text);

/* Takes it from curl; what came so far stays. */
void transfer_stop(struct transfer *transfer, CURLM *multi);

/* Back to idle: wipes all that was asked and all that came, but for what the handle was set up with:
 * the next use is likely to be alike. */
void transfer_reset(struct transfer *transfer);

/* Frees all that it holds; free frees it, too. A zeroed one is valid for close, and has no handle. */
void transfer_close(struct transfer *transfer);
void transfer_free(struct transfer *transfer);

bool transfer_is_get(const struct transfer *transfer);

#pragma GCC visibility pop

#endif
