#include "pool.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>

#include "clock.h"

static pthread_once_t curl_once = PTHREAD_ONCE_INIT, forks_once = PTHREAD_ONCE_INIT;
static CURLcode curl_state;
static unsigned long generation;

/* CURLMOPT_QUICK_EXIT, by its number: see handle.c. From 8.20 on the multi handle waits for a resolver
 * that hangs, when it is closed. */
static const CURLMoption QUICK_EXIT = (CURLMoption)(CURLOPTTYPE_LONG + 21);

/* libcurl's own: how long an address is kept, and how many share a connection. */
enum { DNS_KEPT_S = 60, STREAMS_MAX = 100 };

static void initialise_curl(void) { curl_state = curl_global_init(CURL_GLOBAL_DEFAULT); }

static bool is_initialised(void) {
  pthread_once(&curl_once, initialise_curl);
  return curl_state == CURLE_OK;
}

/* Runs in the child, where no other thread is. */
static void after_fork(void) { generation++; }

static void watch_forks(void) { pthread_atfork(NULL, NULL, after_fork); }

unsigned long pool_generation(void) { return generation; }

void pool_init(struct pool *pool, bool watched, long connections) {
  pthread_once(&forks_once, watch_forks);
  *pool = (struct pool){.watched = watched, .connections = connections, .generation = generation};
}

static long connections_for_gets(const struct pool *pool) {
  return pool->protocol == PROTOCOL_HTTP1 ? pool->connections : 2;
}

/* Many at once share two HTTP/2 connections: over one they take a round trip more, more than two only
 * cost the server. What is not a GET takes a connection of its own, which must not wait for theirs. As
 * many are kept as are allowed: libcurl by itself keeps four times as many as transfers are under way,
 * and those grow few towards the end. */
static void allow_connections(struct pool *pool) {
  long others = 0;
  for (const struct transfer *t = pool->transfers; t != NULL; t = t->next) {
    if (t->state == TRANSFER_RUNNING && !transfer_is_get(t)) others++;
  }
  curl_multi_setopt(pool->multi, CURLMOPT_MAX_HOST_CONNECTIONS, connections_for_gets(pool) + others);
  curl_multi_setopt(pool->multi, CURLMOPT_MAXCONNECTS, pool->connections + others);
}

static void learn_protocol(struct pool *pool, const struct transfer *transfer) {
  long version = 0;
  if (exchange_status(&transfer->exchange) == 0 || !transfer_is_get(transfer)) return;
  curl_easy_getinfo(transfer->handle.easy, CURLINFO_HTTP_VERSION, &version);
  enum protocol protocol = version >= (long)CURL_HTTP_VERSION_2_0 ? PROTOCOL_HTTP2 : PROTOCOL_HTTP1;
  if (protocol == pool->protocol) return;
  pool->protocol = protocol;
  allow_connections(pool);
}

enum opening { OPENED, NO_DESCRIPTORS, NO_MEMORY };

/* libcurl says only that it has no handle to give; from 8.20 on that may be for want of descriptors. */
static enum opening open_multi(struct pool *pool) {
  if (pool->multi != NULL) return OPENED;
  if (!is_initialised()) return NO_MEMORY;
  errno = 0;
  pool->multi = curl_multi_init();
  if (pool->multi == NULL) return errno == EMFILE || errno == ENFILE ? NO_DESCRIPTORS : NO_MEMORY;
  curl_multi_setopt(pool->multi, QUICK_EXIT, 1L);
  allow_connections(pool); /* as many as by HTTP/2, which is hoped for until an answer tells */
  if (pool->watched) watch_open(&pool->watch, pool->multi);
  return OPENED;
}

int pool_fd(struct pool *pool) {
  if (pool->watched && !pool->watch.is_open) open_multi(pool);
  return pool->watch.is_open ? pool->watch.fd : -1;
}

long pool_timeout_ms(const struct pool *pool) {
  long milliseconds = -1, overtime = transfers_overtime_ms(pool->transfers);
  if (transfers_ended(pool->transfers) != NULL) return 0;
  if (pool->multi != NULL && !pool->watch.is_open) curl_multi_timeout(pool->multi, &milliseconds);
  return milliseconds < 0 || (overtime >= 0 && overtime < milliseconds) ? overtime : milliseconds;
}

struct transfer *pool_idle(struct pool *pool) {
  if (!is_initialised()) return NULL;
  struct transfer *transfer = pool->transfers;
  while (transfer != NULL && transfer->state != TRANSFER_IDLE) transfer = transfer->next;
  if (transfer == NULL) {
    transfer = transfer_new();
    if (transfer == NULL) return NULL;
    transfer->next = pool->transfers;
    pool->transfers = transfer;
  }
  transfer->handle.by_bundle = pool->by_bundle;
  transfer->ticket = ++pool->tickets;
  return transfer;
}

/* libcurl 8.23 keeps for half a minute that a name was not found, 8.14 and older do not: who tries
 * again means that it be looked up again. */
static void allow_look_up(const struct pool *pool, struct transfer *transfer) {
  long seconds_kept = pool->unresolved ? 0 : DNS_KEPT_S;
  curl_easy_setopt(transfer->handle.easy, CURLOPT_DNS_CACHE_TIMEOUT, seconds_kept);
}

/* Whether every connection is likely to be taken. In 7.88 no clock runs for what waits for one; from
 * 8.14 on the wait counts as connecting, too, so that it then gets all the time of its attempt. */
static bool is_full(const struct pool *pool) {
  long each = pool->protocol == PROTOCOL_HTTP2 ? STREAMS_MAX : 1, running = 0;
  for (const struct transfer *t = pool->transfers; t != NULL; t = t->next) {
    if (t->state == TRANSFER_RUNNING) running++;
  }
  return running >= each * connections_for_gets(pool);
}

static bool start(struct pool *pool, struct transfer *transfer) {
  enum opening opening = open_multi(pool);
  if (opening == NO_DESCRIPTORS) {
    transfer_fail(transfer, CURLE_COULDNT_CONNECT, "Too many open files");
    transfer->ended = ++pool->ended;
    return true;
  }
  allow_look_up(pool, transfer);
  transfer->may_wait = transfer_is_get(transfer) && is_full(pool);
  if (opening == NO_MEMORY || !transfer_start(transfer, pool->multi)) return false;
  if (!transfer_is_get(transfer)) allow_connections(pool);
  return true;
}

void pool_stop(struct pool *pool, struct transfer *transfer) {
  if (transfer->state != TRANSFER_RUNNING) return;
  transfer_stop(transfer, pool->multi);
  transfer->ended = ++pool->ended;
  if (!transfer_is_get(transfer)) allow_connections(pool);
}

/* Once more by the other form of the system's authorities; nothing was sent yet. */
static bool try_bundle(struct pool *pool, struct transfer *transfer) {
  if (!handle_turns_to_bundle(&transfer->handle, transfer->exchange.code)) return false;
  for (struct transfer *t = pool->transfers; t != NULL && !pool->by_bundle; t = t->next) {
    if (t->state == TRANSFER_IDLE) handle_forget(&t->handle);
  }
  pool->by_bundle = true;
  transfer->exchange.attempts--;
  return start(pool, transfer);
}

static void on_end(struct pool *pool, struct transfer *transfer, CURLcode code) {
  transfer->exchange.code = code;
  pool->unresolved = code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY;
  learn_protocol(pool, transfer);
  pool_stop(pool, transfer);
  if (transfer_met_unasked(transfer) && start(pool, transfer)) return;
  if (!try_bundle(pool, transfer)) transfer->exchange.code = code;
}

/* Before 8.14 a transfer that waits for a connection to become free has no clock in curl. */
static void end_overtime(struct pool *pool) {
  long long now = clock_ms();
  for (struct transfer *t = pool->transfers; t != NULL; t = t->next) {
    if (t->state == TRANSFER_RUNNING && t->overtime_ms <= now) {
      t->exchange.code = CURLE_OPERATION_TIMEDOUT;
      pool_stop(pool, t);
    }
  }
}

/* Nothing would wake curl again where it had no memory for what it waits on, and libcurl 7.88 does not
 * survive the next step. The next use makes another multi handle. */
static void end_without_memory(struct pool *pool) {
  for (struct transfer *t = pool->transfers; t != NULL; t = t->next) {
    if (t->state == TRANSFER_RUNNING) t->exchange.no_memory = true;
  }
  pool_close(pool);
}

/* Takes from curl what has ended, after it acted. */
static void take_messages(struct pool *pool, CURLMcode state) {
  int count;
  CURLMsg *message;
  if (state == CURLM_OUT_OF_MEMORY) {
    end_without_memory(pool);
    return;
  }
  while ((message = curl_multi_info_read(pool->multi, &count)) != NULL) {
    char *transfer = NULL;
    CURLcode code = message->data.result; /* the message is gone once its handle is removed */
    if (message->msg != CURLMSG_DONE) continue;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
    on_end(pool, (struct transfer *)(void *)transfer, code);
  }
}

bool pool_start(struct pool *pool, struct transfer *transfer) {
  if (!start(pool, transfer)) return false;
  if (!pool->watch.is_open || pool->multi == NULL) return true;
  take_messages(pool, watch_begin(&pool->watch, pool->multi));
  if (transfers_ended(pool->transfers) != NULL)
    watch_wake(&pool->watch);
  else
    watch_settle(&pool->watch);
  return true;
}

void pool_step(struct pool *pool) {
  int count;
  if (pool->multi == NULL) return;
  take_messages(pool, pool->watch.is_open ? watch_step(&pool->watch, pool->multi)
                                          : curl_multi_perform(pool->multi, &count));
  end_overtime(pool);
  watch_settle(&pool->watch);
}

void pool_sleep(struct pool *pool, long longest_ms) {
  struct pollfd watch = {.fd = pool->watch.fd, .events = POLLIN};
  long overtime = transfers_overtime_ms(pool->transfers);
  if (overtime >= 0 && overtime < longest_ms) longest_ms = overtime;
  if (pool->multi == NULL || pool->watch.is_open)
    poll(&watch, pool->watch.is_open ? 1 : 0, (int)longest_ms);
  else
    curl_multi_poll(pool->multi, NULL, 0, (int)longest_ms, NULL);
}

void pool_trim(struct pool *pool) {
  if (transfers_any(pool->transfers, TRANSFER_RUNNING)) return;
  transfers_keep_idle(&pool->transfers, pool->multi != NULL ? pool->connections : 1);
}

void pool_close(struct pool *pool) {
  for (struct transfer *t = pool->transfers; t != NULL; t = t->next) {
    if (t->state == TRANSFER_RUNNING) t->exchange.cancelled = true;
    if (t->state == TRANSFER_IDLE) handle_forget(&t->handle);
    pool_stop(pool, t);
  }
  curl_multi_cleanup(pool->multi);
  pool->multi = NULL;
  watch_wake(&pool->watch);
}

bool pool_disown(struct pool *pool) {
  if (pool->generation == generation) return false;
  bool busy =
      transfers_any(pool->transfers, TRANSFER_RUNNING) || transfers_ended(pool->transfers) != NULL;
  unsigned long tickets = pool->tickets;
  watch_close(&pool->watch);
  pool_init(pool, pool->watched, pool->connections);
  pool->tickets = tickets; /* no ticket stands for two calls */
  return busy;
}

void pool_free(struct pool *pool) {
  pool_close(pool);
  watch_close(&pool->watch);
  while (pool->transfers != NULL) {
    struct transfer *next = pool->transfers->next;
    transfer_free(pool->transfers);
    pool->transfers = next;
  }
}
