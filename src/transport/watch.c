#define _POSIX_C_SOURCE 200809L
#include "watch.h"

#ifdef __linux__

#include <limits.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"

/* SOON_MS: a ring for nothing that is further off is waited for. */
enum { EVENTS_A_STEP = 64, SOON_MS = 1000 };

static const long long NEVER = LLONG_MAX;

/* Called by curl with the time after which it wants its turn; -1: no time. The clock counts whole
 * milliseconds: one more is never too early. */
static int on_timer(CURLM *multi, long milliseconds, void *user) {
  struct watch *watch = user;
  (void)multi;
  watch->wanted_ms = milliseconds < 0 ? NEVER : clock_ms() + milliseconds + (milliseconds > 0);
  return 0;
}

/* A time that is over rings at once; 0 nanoseconds would disarm the timer, which NEVER does. */
static void ring_at(struct watch *watch, long long time_ms) {
  struct itimerspec when = {0};
  long long left = time_ms - clock_ms();
  if (left > 0 && time_ms < NEVER) {
    when.it_value.tv_sec = (time_t)(left / 1000);
    when.it_value.tv_nsec = (long)(left % 1000) * 1000000;
  } else if (left <= 0) {
    when.it_value.tv_nsec = 1;
  }
  if (timerfd_settime(watch->timer, 0, &when, NULL) == 0) watch->rings_ms = time_ms;
}

/* Whether it would ring for nothing, and soon. */
static bool is_premature(const struct watch *watch) {
  if (watch->rings_ms >= watch->wanted_ms) return false;
  long long left = watch->rings_ms - clock_ms();
  return left > 0 && left < SOON_MS;
}

void watch_settle(struct watch *watch) {
  if (watch->is_open && (watch->wanted_ms < watch->rings_ms || is_premature(watch)))
    ring_at(watch, watch->wanted_ms);
}

void watch_wake(struct watch *watch) {
  if (watch->is_open) ring_at(watch, 0);
}

/* Called by curl when what it waits for on a socket changes. What is known of a socket tells that it is
 * watched already. */
static int on_socket(CURL *easy, curl_socket_t socket, int what, void *user, void *known) {
  struct watch *watch = user;
  struct epoll_event event = {.data = {.fd = socket}};
  (void)easy;
  if (what == CURL_POLL_REMOVE) {
    epoll_ctl(watch->fd, EPOLL_CTL_DEL, socket, &event);
    return 0;
  }
  if (what != CURL_POLL_OUT) event.events |= EPOLLIN;
  if (what != CURL_POLL_IN) event.events |= EPOLLOUT;
  if (known != NULL && epoll_ctl(watch->fd, EPOLL_CTL_MOD, socket, &event) == 0) return 0;
  if (epoll_ctl(watch->fd, EPOLL_CTL_ADD, socket, &event) != 0) return -1;
  curl_multi_assign(watch->multi, socket, watch);
  return 0;
}

static bool make_descriptors(struct watch *watch) {
  watch->fd = epoll_create1(EPOLL_CLOEXEC);
  watch->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
  watch->rings_ms = NEVER;
  watch->is_open = true;
  struct epoll_event event = {.events = EPOLLIN, .data = {.fd = watch->timer}};
  if (watch->fd >= 0 && watch->timer >= 0 &&
      epoll_ctl(watch->fd, EPOLL_CTL_ADD, watch->timer, &event) == 0)
    return true;
  watch_close(watch);
  return false;
}

bool watch_open(struct watch *watch, CURLM *multi) {
  if (!watch->is_open && !make_descriptors(watch)) return false;
  watch->multi = multi;
  watch->wanted_ms = NEVER;
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, watch);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, watch);
  return true;
}

static int happened(uint32_t events) {
  int mask = 0;
  if (events & (EPOLLIN | EPOLLHUP)) mask |= CURL_CSELECT_IN;
  if (events & EPOLLOUT) mask |= CURL_CSELECT_OUT;
  if (events & (EPOLLERR | EPOLLHUP)) mask |= CURL_CSELECT_ERR;
  return mask;
}

/* Acted on for its time, curl tells the next, and nothing where there is none. */
CURLMcode watch_begin(struct watch *watch, CURLM *multi) {
  int running;
  watch->wanted_ms = NEVER;
  return curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);
}

CURLMcode watch_step(struct watch *watch, CURLM *multi) {
  struct epoll_event events[EVENTS_A_STEP];
  CURLMcode code = CURLM_OK;
  int running, count = epoll_wait(watch->fd, events, EVENTS_A_STEP, 0);
  for (int i = 0; i < count && code == CURLM_OK; i++) {
    uint64_t expirations;
    if (events[i].data.fd != watch->timer)
      code = curl_multi_socket_action(multi, events[i].data.fd, happened(events[i].events), &running);
    else if (read(watch->timer, &expirations, sizeof expirations) > 0) {
      watch->rings_ms = NEVER;
      code = watch_begin(watch, multi);
    }
  }
  return code;
}

void watch_close(struct watch *watch) {
  if (!watch->is_open) return;
  if (watch->timer >= 0) close(watch->timer);
  if (watch->fd >= 0) close(watch->fd);
  *watch = (struct watch){0};
}

#else

bool watch_open(struct watch *watch, CURLM *multi) {
  (void)watch;
  (void)multi;
  return false;
}

CURLMcode watch_step(struct watch *watch, CURLM *multi) {
  (void)watch;
  (void)multi;
  return CURLM_OK;
}

CURLMcode watch_begin(struct watch *watch, CURLM *multi) {
  (void)watch;
  (void)multi;
  return CURLM_OK;
}

void watch_settle(struct watch *watch) { (void)watch; }
void watch_wake(struct watch *watch) { (void)watch; }
void watch_close(struct watch *watch) { (void)watch; }

#endif
