/* Curl's sockets and its timer behind one descriptor, for an event loop to wait on: readable when there
 * is something to do.  Only where the system has epoll and timerfd. */
#ifndef ASTRO_WATCH_H
#define ASTRO_WATCH_H

#include <curl/curl.h>
#include <stdbool.h>

#pragma GCC visibility push(hidden)

/* A zeroed one is closed and valid. */
struct watch {
  bool is_open;
  CURLM *multi; /* whose it is; only curl's callbacks want it */
  int fd, timer;
  long long wanted_ms; /* on clock_ms: when curl wants its turn */
  long long rings_ms;  /* when the timer rings: then at the latest */
};

/* From now on the handle tells the watch what it waits for. Before any transfer is added to it. One
 * that is open stays so. False: there is none to be had here. */
bool watch_open(struct watch *watch, CURLM *multi);

/* Lets curl do what it can now; the second is for what was just added. Neither blocks. Both give what
 * curl says. */
CURLMcode watch_step(struct watch *watch, CURLM *multi);
CURLMcode watch_begin(struct watch *watch, CURLM *multi);

/* Sets the timer as curl wants it, after either. One that rings for nothing, seconds later, costs less
 * than one that is set each time. */
void watch_settle(struct watch *watch);

/* Makes the descriptor readable until the next step, so that whoever waits looks again. */
void watch_wake(struct watch *watch);

/* After the handle was cleaned up; in a child of fork, whose parent's watch goes on. Idempotent. */
void watch_close(struct watch *watch);

#pragma GCC visibility pop

#endif
