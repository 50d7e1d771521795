#define _POSIX_C_SOURCE 200809L
#include "watch.h"

#ifdef __linux__

#include <stdint.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS_A_STEP = 64 };

/* 0 nanoseconds would disarm the timer. */
static void arm(const struct watch *watch, long milliseconds) {
  struct itimerspec when = {0};
  when.it_value.tv_sec = milliseconds / 1000;
  when.it_value.tv_nsec = milliseconds % 1000 * 1000000;
  if (milliseconds == 0) when.it_value.tv_nsec = 1;
  (void)timerfd_settime(watch->timer, 0, &when, NULL);
}

/* Called by curl with the time after which it wants its turn; -1: no time. */
static int on_timer(CURLM *multi, long milliseconds, void *user) {
  static const struct itimerspec NEVER;
  const struct watch *watch = user;
  (void)multi;
  if (watch->is_woken) return 0; /* the timer rings already */
  if (milliseconds < 0)
    (void)timerfd_settime(watch->timer, 0, &NEVER, NULL);
  else
    arm(watch, milliseconds);
  return 0;
}

/* Called by curl when what it waits for on a socket changes. */
static int on_socket(CURL *easy, curl_socket_t socket, int what, void *user, void *known) {
  const struct watch *watch = user;
  struct epoll_event event = {.data = {.fd = socket}};
  (void)easy;
  (void)known;
  if (what == CURL_POLL_REMOVE) {
    epoll_ctl(watch->fd, EPOLL_CTL_DEL, socket, &event);
    return 0;
  }
  if (what != CURL_POLL_OUT) event.events |= EPOLLIN;
  if (what != CURL_POLL_IN) event.events |= EPOLLOUT;
  if (epoll_ctl(watch->fd, EPOLL_CTL_MOD, socket, &event) == 0) return 0;
  return epoll_ctl(watch->fd, EPOLL_CTL_ADD, socket, &event) == 0 ? 0 : -1;
}

static bool make_descriptors(struct watch *watch) {
  watch->fd = epoll_create1(EPOLL_CLOEXEC);
  watch->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
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

/* A wake replaced curl's own time, which curl tells again only when it changes. */
static void arm_again(struct watch *watch, CURLM *multi) {
  long milliseconds = -1;
  curl_multi_timeout(multi, &milliseconds);
  on_timer(multi, milliseconds, watch);
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
      watch->is_woken = false;
      code = curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);
      arm_again(watch, multi);
    }
  }
  return code;
}

void watch_wake(struct watch *watch) {
  if (!watch->is_open) return;
  watch->is_woken = true;
  arm(watch, 0);
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

void watch_wake(struct watch *watch) { (void)watch; }
void watch_close(struct watch *watch) { (void)watch; }

#endif
