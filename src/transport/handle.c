#define _GNU_SOURCE /* SOCK_CLOEXEC */
#include "handle.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "library.h"
#include "secret.h"
#include "trust.h"

/* Before 7.87 libcurl's OpenSSL wrote to sockets in a way that raises SIGPIPE; unless told NOSIGNAL it
 * then ignores that signal around every call. */
enum { LIBCURL_WITHOUT_SIGPIPE = 0x075700 };

/* In between, an easy handle keeps a pointer to a header of its last answer by HTTP/1, which is freed
 * when the next one comes. Mended in 8.1.0, in curl's headers code; a reset does not clear it. */
enum { LIBCURL_KEEPS_HEADER = 0x075400, LIBCURL_DROPS_HEADER = 0x080100 };

static unsigned int libcurl_version(void) { return library_info()->version_num; }

/* CURLOPT_QUICK_EXIT, of 7.87 and newer: by its number, as the headers may be older than the library.
 * A library that does not know it refuses it. */
static const CURLoption QUICK_EXIT = (CURLoption)(CURLOPTTYPE_LONG + 322);

/* CURL_VERSION_ZSTD, of 7.72, likewise. */
enum { LIBCURL_HAS_ZSTD = 1 << 26 };

bool handle_open(struct handle *handle) {
  handle->easy = curl_easy_init();
  return handle->easy != NULL;
}

void handle_close(struct handle *handle) {
  curl_easy_cleanup(handle->easy);
  curl_url_cleanup(handle->url);
  handle_forget(handle);
  buffer_free(&handle->origin);
  buffer_free(&handle->made_by);
}

/* Text and end; no text has a control character in it. */
static bool write_text(struct buffer *made_by, const char *text) {
  if (text == NULL) text = "\1";
  return buffer_add(made_by, text, strlen(text) + 1);
}

/* The caller's own headers are not compared: a handle with some serves once. */
static bool write_headers(struct buffer *made_by, bool given) {
  (void)made_by;
  return !given;
}

/* Writes token and every option that handles are set up by. False: they cannot be written. */
static bool write_made_by(struct buffer *made_by, const struct buffer *token,
                          const struct options *options) {
#define WRITE_TEXT write_text
#define WRITE_PROXY write_text
#define WRITE_HEADERS write_headers
#define AND_CALL(type, value)
#define AND_HANDLE(type, value) &&WRITE_##type(made_by, value)
#define AND_OPTION(type, name, fallback, least, most, environment, keeper, text) \
  AND_##keeper(type, options->name)
  return write_text(made_by, token->data) ASTRO_OPTIONS(AND_OPTION);
}

bool handle_serves(const struct handle *handle, const struct buffer *token,
                   const struct options *options) {
  struct buffer wanted = {0};
  bool serves = handle->made_by.length > 0 && write_made_by(&wanted, token, options) &&
                buffer_equals(&wanted, &handle->made_by);
  buffer_free(&wanted);
  return serves;
}

void handle_keep(struct handle *handle, const struct buffer *token, const struct options *options) {
  if (!write_made_by(&handle->made_by, token, options)) buffer_clear(&handle->made_by);
}

/* A program that the caller starts meanwhile must not inherit our connections. */
static curl_socket_t open_socket(void *user, curlsocktype purpose, struct curl_sockaddr *address) {
  (void)user;
  (void)purpose;
#ifdef SOCK_CLOEXEC
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
#else
  int fd = socket(address->family, address->socktype, address->protocol);
  if (fd >= 0) fcntl(fd, F_SETFD, FD_CLOEXEC);
#ifdef SO_NOSIGPIPE
  int on = 1;
  if (fd >= 0) setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
  return fd;
#endif
}

/* One given source of trust replaces the system's whole. A TLS library that knows no directories has
 * none to be replaced. */
static CURLcode set_trust(struct handle *handle, const struct options *options) {
  CURL *easy = handle->easy;
  handle->by_directory = false;
  if (options->ca_file == NULL && options->ca_path == NULL) {
    handle->by_directory = !handle->by_bundle && trust_directory() != NULL;
    return handle->by_directory ? curl_easy_setopt(easy, CURLOPT_CAINFO, NULL) : CURLE_OK;
  }
  CURLcode code = curl_easy_setopt(easy, CURLOPT_CAINFO, options->ca_file);
  if (code != CURLE_OK) return code;
  code = curl_easy_setopt(easy, CURLOPT_CAPATH, options->ca_path);
  return options->ca_path == NULL ? CURLE_OK : code;
}

/* Every encoding that libcurl undoes. Told by the option alone, it writes that line twice a request. */
static CURLcode set_encodings(struct handle *handle) {
  char line[64];
  int features = library_info()->features;
  (void)snprintf(line, sizeof line, "Accept-Encoding: deflate, gzip%s%s",
                 (features & CURL_VERSION_BROTLI) != 0 ? ", br" : "",
                 (features & LIBCURL_HAS_ZSTD) != 0 ? ", zstd" : "");
  if ((features & CURL_VERSION_LIBZ) != 0) {
    struct curl_slist *headers = curl_slist_append(handle->headers, line);
    if (headers == NULL) return CURLE_OUT_OF_MEMORY;
    handle->headers = headers;
  }
  return curl_easy_setopt(handle->easy, CURLOPT_ACCEPT_ENCODING, "");
}

/* A proxy that was asked for is used, whatever the environment's NO_PROXY says. */
static CURLcode set_proxy(struct handle *handle, const char *proxy) {
  if (proxy != NULL && *proxy != '\0') curl_easy_setopt(handle->easy, CURLOPT_NOPROXY, "");
  return curl_easy_setopt(handle->easy, CURLOPT_PROXY, proxy);
}

CURLcode handle_set_up(struct handle *handle, const struct options *options) {
  CURL *easy = handle->easy;
  bool quiet = libcurl_version() >= LIBCURL_WITHOUT_SIGPIPE;
  curl_easy_reset(easy); /* nothing of an earlier use may reach this one; connections stay */
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, quiet ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(easy, QUICK_EXIT, 1L); /* a resolver that hangs delays nobody */
  CURLcode code = set_encodings(handle);
  if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_HTTPHEADER, handle->headers);
  if (code == CURLE_OK) code = set_trust(handle, options);
  return code == CURLE_OK ? set_proxy(handle, options->proxy) : code;
}

/* Path and query of a URL whose origin is the same as before. */
static CURLUcode set_place(CURLU *url, char *place) {
  char *end = place + strcspn(place, "?"), mark = *end;
  *end = '\0';
  CURLUcode code = curl_url_set(url, CURLUPART_PATH, place, 0);
  *end = mark;
  if (code != CURLUE_OK) return code;
  return curl_url_set(url, CURLUPART_QUERY, mark == '?' ? end + 1 : NULL, 0);
}

/* A URL that curl is given as text it parses for each transfer, the origin too. */
CURLcode handle_aim(struct handle *handle, char *url) {
  char *host = url + strcspn(url, ":") + strlen("://");
  size_t length = (size_t)(host - url) + strcspn(host, "/");
  struct buffer *origin = &handle->origin;
  if (handle->url == NULL && (handle->url = curl_url()) == NULL) return CURLE_OUT_OF_MEMORY;
  bool is_same = origin->length == length && memcmp(origin->data, url, length) == 0 &&
                 host[strcspn(host, "%")] == '\0'; /* of % curl would write the digits small */
  if (!is_same) buffer_clear(origin);
  CURLUcode code =
      is_same ? set_place(handle->url, url + length) : curl_url_set(handle->url, CURLUPART_URL, url, 0);
  if (code != CURLUE_OK || (!is_same && !buffer_add(origin, url, length))) return CURLE_OUT_OF_MEMORY;
  return curl_easy_setopt(handle->easy, CURLOPT_CURLU, handle->url);
}

bool handle_renew(struct handle *handle) {
  if (!handle->is_spent) return true;
  CURL *fresh = curl_easy_duphandle(handle->easy); /* its options and no answer of its */
  if (fresh == NULL) return false;
  curl_easy_cleanup(handle->easy);
  handle->easy = fresh;
  handle->is_spent = false;
  return true;
}

/* A handle counts the dead connections that it met over all its uses, and gives up at the sixth, unless
 * it is reset: so it is set up anew where a connection was made. */
void handle_used(struct handle *handle) {
  long made = 0, version = 0;
  curl_easy_getinfo(handle->easy, CURLINFO_NUM_CONNECTS, &made);
  curl_easy_getinfo(handle->easy, CURLINFO_HTTP_VERSION, &version);
  if (made > 0) buffer_clear(&handle->made_by);
  bool keeps = libcurl_version() >= LIBCURL_KEEPS_HEADER && libcurl_version() < LIBCURL_DROPS_HEADER;
  handle->is_spent = keeps && version < (long)CURL_HTTP_VERSION_2_0;
}

void handle_forget(struct handle *handle) {
  buffer_clear(&handle->made_by);
  for (struct curl_slist *header = handle->headers; header != NULL; header = header->next)
    secret_wipe(header->data, strlen(header->data));
  curl_slist_free_all(handle->headers);
  handle->headers = NULL;
}

bool handle_turns_to_bundle(struct handle *handle, CURLcode code) {
  if (code != CURLE_PEER_FAILED_VERIFICATION || !handle->by_directory) return false;
  handle->by_bundle = true;
  handle->by_directory = false;
  return curl_easy_setopt(handle->easy, CURLOPT_CAINFO, trust_bundle()) == CURLE_OK;
}
