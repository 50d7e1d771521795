/* A curl multi handle, made when first needed, and its transfers. Knows nothing of Lua. */
#ifndef ASTRO_POOL_H
#define ASTRO_POOL_H

#include <curl/curl.h>
#include <stdbool.h>

#include "transfer.h"
#include "watch.h"

#pragma GCC visibility push(hidden)

enum protocol { PROTOCOL_UNKNOWN, PROTOCOL_HTTP1, PROTOCOL_HTTP2 };

/* How many connections are made where each carries one request at a time, if nothing else is said. */
enum { POOL_CONNECTIONS = 8 };

/* One whose connections are not 0, and all else is, is empty and valid. */
struct pool {
  CURLM *multi;
  struct transfer *transfers; /* every one, whatever its state */
  unsigned long started, ended;
  enum protocol protocol; /* of the last answer */
  long connections;       /* at the most, by HTTP/1.1 */
  bool by_bundle;         /* see transfer.h */
  bool watched;           /* whether it should have a descriptor to wait on */
  struct watch watch;
};

/* The descriptor of a watched pool that is readable when pool_step has something to do; -1: none. */
int pool_fd(struct pool *pool);

/* How long pool_step has nothing to do of which no descriptor tells; -1: for ever. */
long pool_timeout_ms(const struct pool *pool);

/* A transfer in state idle, new if need be; NULL: no memory. */
struct transfer *pool_idle(struct pool *pool);

/* Starts a transfer, under a ticket of its own. False: no memory. */
bool pool_start(struct pool *pool, struct transfer *transfer);
bool pool_restart(struct pool *pool, struct transfer *transfer); /* under the same ticket */

/* Lets curl do what it can now, and takes from it what has ended. Never blocks. */
void pool_step(struct pool *pool);

/* Sleeps until curl has something to do, a signal comes or the time is over. */
void pool_sleep(struct pool *pool, long longest_ms);

/* Ends a running transfer before its time. */
void pool_stop(struct pool *pool, struct transfer *transfer);

bool pool_is_running(const struct pool *pool);

/* The transfer that ended first of those not yet taken; NULL: none. */
struct transfer *pool_ended(const struct pool *pool);

/* NULL unless it is running, or has ended and is not yet taken. */
struct transfer *pool_of_ticket(const struct pool *pool, unsigned long ticket);

/* Ends everything as cancelled and closes every connection; whoever waits on the descriptor is woken.
 * What has ended can still be taken. */
void pool_close(struct pool *pool);

/* Forgets everything, in a child of fork: it is the parent's, and goes on there. */
void pool_disown(struct pool *pool);
void pool_free(struct pool *pool);

#pragma GCC visibility pop

#endif
