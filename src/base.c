#define _POSIX_C_SOURCE 200809L
#include "base.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <string.h>
#include <strings.h>

#define VERSION_NAME(name, path) name,
#define VERSION_PATH(name, path) path,
const char *const API_VERSION_NAMES[] = {ASTRO_API_VERSIONS(VERSION_NAME) "auto"};
const char *const API_VERSION_PATHS[] = {ASTRO_API_VERSIONS(VERSION_PATH)};
#undef VERSION_NAME
#undef VERSION_PATH

int api_version_of(const char *name) {
  int version = 0;
  while (version <= API_VERSION_COUNT && strcmp(API_VERSION_NAMES[version], name) != 0) version++;
  return version;
}

/* A name could resolve to anywhere, but for "localhost", which RFC 6761 reserves. */
static bool is_loopback(const char *host) {
  struct in_addr v4;
  if (strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0) return true;
  return inet_pton(AF_INET, host, &v4) == 1 && ntohl(v4.s_addr) >> 24 == 127;
}

static bool has_part(CURLU *url, CURLUPart part) {
  char *value = NULL;
  bool has = curl_url_get(url, part, &value, 0) == CURLUE_OK;
  curl_free(value);
  return has;
}

static bool part_equals(CURLU *url, CURLUPart part, const char *expected) {
  char *value = NULL;
  bool equals = curl_url_get(url, part, &value, 0) == CURLUE_OK && strcmp(value, expected) == 0;
  curl_free(value);
  return equals;
}

static bool copy_host(CURLU *url, char *host, size_t size) {
  char *value = NULL;
  bool fits = curl_url_get(url, CURLUPART_HOST, &value, 0) == CURLUE_OK && strlen(value) < size;
  if (fits) memcpy(host, value, strlen(value) + 1);
  curl_free(value);
  return fits;
}

static const char *check_parts(CURLU *url, const char *text, struct base *base) {
  char host[256];
  if (curl_url_set(url, CURLUPART_URL, text, 0) != CURLUE_OK) return "a URL with a scheme";
  bool https = part_equals(url, CURLUPART_SCHEME, "https");
  if (!https && !part_equals(url, CURLUPART_SCHEME, "http")) return "an https:// URL";
  if (has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD)) return "a URL without a user";
  if (strpbrk(text, "?#") != NULL) return "a URL without query and fragment";
  if (!copy_host(url, host, sizeof host)) return "a URL with a host";
  base->loopback = is_loopback(host);
  if (!https && !base->loopback) return "https:// for a host that is not loopback";
  base->has_path = !part_equals(url, CURLUPART_PATH, "/");
  return NULL;
}

const char *base_parse(const char *text, struct base *base) {
  base->length = strlen(text);
  if (base->length > BASE_URL_MAX) return "a URL of at most 2048 bytes";
  if (strchr(text, ' ') != NULL) return "a URL without spaces";
  CURLU *url = curl_url();
  if (url == NULL) return "memory for a URL";
  const char *expected = check_parts(url, text, base);
  curl_url_cleanup(url);
  while (base->length > 0 && text[base->length - 1] == '/') base->length--;
  return expected;
}

bool url_host(const char *text, char *host, size_t size) {
  CURLU *url = curl_url();
  if (url == NULL) return false;
  bool found = curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK && copy_host(url, host, size);
  curl_url_cleanup(url);
  return found;
}
