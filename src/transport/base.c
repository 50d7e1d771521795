#define _POSIX_C_SOURCE 200809L
#include "base.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <string.h>

enum { HOST_MAX = 255 };

/* A name could resolve to anywhere, but for "localhost", which RFC 6761 reserves. */
static bool is_loopback(const char *host) {
  struct in_addr v4;
  if (curl_strequal(host, "localhost") || strcmp(host, "[::1]") == 0) return true;
  return inet_pton(AF_INET, host, &v4) == 1 && ntohl(v4.s_addr) >> 24 == 127;
}

const char *const BASE_NO_MEMORY = "not enough memory";

enum { SCHEME, USER, PASSWORD, HOST, PATH, PART_COUNT };

/* Reads the parts, NULL for an absent one, to be freed by curl_free. False: no memory. */
static bool read_parts(CURLU *url, char **parts) {
  static const CURLUPart PARTS[] = {CURLUPART_SCHEME, CURLUPART_USER, CURLUPART_PASSWORD,
                                    CURLUPART_HOST, CURLUPART_PATH};
  bool ok = true;
  for (int i = 0; i < PART_COUNT; i++) {
    if (curl_url_get(url, PARTS[i], &parts[i], 0) == CURLUE_OUT_OF_MEMORY) ok = false;
  }
  return ok;
}

static const char *check_parts(char *const *parts, const char *text, struct base *base) {
  bool https = parts[SCHEME] != NULL && strcmp(parts[SCHEME], "https") == 0;
  if (!https && (parts[SCHEME] == NULL || strcmp(parts[SCHEME], "http") != 0)) return "an https:// URL";
  if (parts[USER] != NULL || parts[PASSWORD] != NULL) return "a URL without a user";
  if (strpbrk(text, "?#") != NULL) return "a URL without query and fragment";
  if (parts[HOST] == NULL || strlen(parts[HOST]) > HOST_MAX) return "a URL with a host";
  base->loopback = is_loopback(parts[HOST]);
  if (!https && !base->loopback) return "https:// for a host that is not loopback";
  base->has_path = parts[PATH] != NULL && strcmp(parts[PATH], "/") != 0;
  return NULL;
}

static const char *what_is_missing(CURLUcode code, const char *text) {
  if (code == CURLUE_BAD_PORT_NUMBER) return "a URL with a port up to 65535";
  if (strstr(text, "://") == NULL) return "a URL with a scheme";
  return code == CURLUE_UNSUPPORTED_SCHEME ? "an https:// URL" : "a well-formed URL";
}

static const char *check_url(CURLU *url, const char *text, struct base *base) {
  char *parts[PART_COUNT] = {NULL};
  CURLUcode code = curl_url_set(url, CURLUPART_URL, text, 0);
  if (code == CURLUE_OUT_OF_MEMORY) return BASE_NO_MEMORY;
  if (code != CURLUE_OK) return what_is_missing(code, text);
  const char *expected = read_parts(url, parts) ? check_parts(parts, text, base) : BASE_NO_MEMORY;
  for (int i = 0; i < PART_COUNT; i++) curl_free(parts[i]);
  return expected;
}

const char *base_parse(const char *text, struct base *base) {
  base->length = strlen(text);
  if (base->length > BASE_URL_MAX) return "a URL of at most 2048 bytes";
  if (strchr(text, ' ') != NULL) return "a URL without spaces";
  CURLU *url = curl_url();
  if (url == NULL) return BASE_NO_MEMORY;
  const char *expected = check_url(url, text, base);
  curl_url_cleanup(url);
  while (base->length > 0 && text[base->length - 1] == '/') base->length--;
  return expected;
}

static bool copy_host(CURLU *url, char *host, size_t size) {
  char *value = NULL;
  bool fits = curl_url_get(url, CURLUPART_HOST, &value, 0) == CURLUE_OK && strlen(value) < size;
  if (fits) memcpy(host, value, strlen(value) + 1);
  curl_free(value);
  return fits;
}

bool url_host(const char *text, const char *beside, char *host, size_t size) {
  CURLU *url = curl_url();
  if (url == NULL) return false;
  bool found = (beside == NULL || curl_url_set(url, CURLUPART_URL, beside, 0) == CURLUE_OK) &&
               curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK && copy_host(url, host, size);
  curl_url_cleanup(url);
  return found;
}
