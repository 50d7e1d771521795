/* libcurl's multi interface over two HTTP/2 connections; the bodies are thrown away. */
#define _POSIX_C_SOURCE 200809L /* clock_gettime */
#include <stdlib.h>
#include <time.h>

#include "../peers/get.h"

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static size_t throw_away(char *bytes, size_t size, size_t count, void *userdata) {
  (void)bytes;
  (void)userdata;
  return size * count;
}

/* Takes what has ended out of the multi handle; gives how many that were. */
static int reap(CURLM *multi) {
  int left, ended = 0;
  for (CURLMsg *message; (message = curl_multi_info_read(multi, &left)) != NULL; ended++) {
    CURL *easy = message->easy_handle;
    if (message->data.result != CURLE_OK) exit(1);
    curl_multi_remove_handle(multi, easy);
    curl_easy_cleanup(easy);
  }
  return ended;
}

/* A handle that was taken out may have held up others, so nothing is waited for before curl was asked
 * again. */
static double fetch(CURLM *multi, char **arguments, int count) {
  double start = now();
  char url[512];
  for (int i = 1; i <= count; i++) {
    snprintf(url, sizeof url, "%scmbench%d", arguments[1], i);
    CURL *easy = get_open(url, arguments[2], arguments[3], throw_away);
    if (easy == NULL || curl_multi_add_handle(multi, easy) != CURLM_OK) exit(1);
  }
  for (int running, ended; count > 0;) {
    curl_multi_perform(multi, &running);
    ended = reap(multi);
    count -= ended;
    if (ended == 0) curl_multi_poll(multi, NULL, 0, 1000, NULL);
  }
  return now() - start;
}

int main(int count, char **arguments) {
  if (count != 5) return 2;
  CURLM *multi = curl_multi_init();
  curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, 2L);
  double cold = fetch(multi, arguments, atoi(arguments[4]));
  printf("%f %f\n", cold, fetch(multi, arguments, atoi(arguments[4])));
  curl_multi_cleanup(multi);
  return 0;
}
