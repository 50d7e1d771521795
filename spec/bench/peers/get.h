/* libcurl as sparingly as it can be used: one handle, kept, with what never changes set once. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

typedef size_t get_writer(char *bytes, size_t size, size_t count, void *userdata);

/* With BENCH_SAME_REQUEST the request is ours, header by header: each costs libcurl its share. */
static inline struct curl_slist *get_headers(const char *token) {
  char line[4096];
  snprintf(line, sizeof line, "Authorization: Bearer %s", token);
  struct curl_slist *list = curl_slist_append(NULL, line);
  list = curl_slist_append(list, "Accept: application/json");
  if (getenv("BENCH_SAME_REQUEST") == NULL) return list;
  list = curl_slist_append(list, "x-astro-client-identifier: lua-astro");
  list = curl_slist_append(list, "x-astro-client-version: 0.1.0");
  return curl_slist_append(list, "User-Agent: lua-astro/0.1.0 (Lua 5.4; libcurl/7.88.1)");
}

static inline CURL *get_open(const char *url, const char *ca, const char *token, get_writer *writer) {
  CURL *easy = curl_easy_init();
  if (easy == NULL) return NULL;
  curl_easy_setopt(easy, CURLOPT_URL, url);
  curl_easy_setopt(easy, CURLOPT_CAINFO, ca);
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, get_headers(token));
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
  curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, writer);
  if (getenv("BENCH_SAME_REQUEST") != NULL) curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  return easy;
}
