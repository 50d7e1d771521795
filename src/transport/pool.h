/* A curl multi handle, made when first needed, and its transfers. */
#ifndef ASTRO_POOL_H
#define ASTRO_POOL_H

#include <curl/curl.h>
#include <stdbool.h>

#include "transfers.h"
#include "watch.h"

#pragma GCC visibility push(hidden)

enum protocol { PROTOCOL_UNKNOWN, PROTOCOL_HTTP1, PROTOCOL_HTTP2 };

/* How many connections are made where each carries one request at a time, if nothing else is said. */
enum { POOL_CONNECTIONS = 8 };

struct pool {
  CURLM *multi;
  struct transfer *transfers;   /* every one, whatever its state */
  unsigned long tickets, ended; /* how many so far */
  enum protocol protocol;       /* of the last answer */
  long connections;             /* at the most, by HTTP/1.1 */
  unsigned long generation;     /* of the process that it belongs to */
  bool by_bundle;               /* see handle.h: what new handles are told */
  bool unresolved;              /* the name was not found when it was looked up last */
  bool watched;                 /* whether it should have a descriptor to wait on */
  struct watch watch;
};

/* Which process this is, told without asking the kernel: another number in a child of fork than in its
 * parent. A call looks a dozen times. */
unsigned long pool_generation(void);

/* Makes nothing yet that would have to be freed. */
void pool_init(struct pool *pool, bool watched, long connections);

/* The descriptor of a watched pool that is readable when pool_step has something to do; -1: none. */
int pool_fd(struct pool *pool);

/* For how long pool_step has nothing to do but what the descriptor tells of; -1: for ever. 0 where
 * something has ended and is not yet taken. */
long pool_timeout_ms(const struct pool *pool);

/* A transfer in state idle, new if need be, under a ticket of its own; NULL: no memory. */
struct transfer *pool_idle(struct pool *pool);

/* Starts a transfer, or one that ended once more; where there are no descriptors left it ends at once.
 * False: no memory. */
bool pool_start(struct pool *pool, struct transfer *transfer);

/* Lets curl do what it can now, and takes from it what has ended. Never blocks. */
void pool_step(struct pool *pool);

/* Sleeps until curl has something to do, a signal comes or the time is over. */
void pool_sleep(struct pool *pool, long longest_ms);

/* Ends a running transfer before its time. */
void pool_stop(struct pool *pool, struct transfer *transfer);

/* Where nothing is under way, frees what is kept for the next use beyond as many as there may be
 * connections. */
void pool_trim(struct pool *pool);

/* Ends everything as cancelled and closes every connection; whoever waits on the descriptor is woken.
 * What has ended can still be taken. */
void pool_close(struct pool *pool);

/* In a child of fork, forgets everything inherited: it is the parent's, and goes on there. Tells
 * whether something was under way. */
bool pool_disown(struct pool *pool);
void pool_free(struct pool *pool);

#pragma GCC visibility pop

#endif
