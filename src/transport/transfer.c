#include "transfer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clock.h"

/* BUFFER_KEPT_MAX: an idle transfer keeps its buffers for the next use, but no huge ones. GRACE_MS: for
 * curl, which knows better why it took so long. */
enum { HEADER_BYTES_MAX = 128 * 1024, BUFFER_KEPT_MAX = 64 * 1024, NOTICE_MAX = 512, GRACE_MS = 20 };

static size_t on_body(char *data, size_t size, size_t count, void *user) {
  struct transfer *transfer = user;
  size_t length = size * count;
  switch (buffer_append(&transfer->body, data, length, transfer->max_body)) {
    case BUFFER_OK:
      return length;
    case BUFFER_FULL:
      transfer->too_large = true;
      break;
    case BUFFER_NO_MEMORY:
      transfer->no_memory = true;
      break;
  }
  return length + 1; /* any other number than length ends the transfer */
}

static bool begins(const char *line, size_t length, const char *name, size_t name_length) {
  return length > name_length && curl_strnequal(line, name, name_length);
}

/* What the service says of its own end; too long or too much of it is left out. */
static void keep_notice(struct transfer *transfer, const char *line, size_t length) {
  static const char DEPRECATION[] = "Deprecation:", SUNSET[] = "Sunset:";
  if (!begins(line, length, DEPRECATION, sizeof DEPRECATION - 1) &&
      !begins(line, length, SUNSET, sizeof SUNSET - 1))
    return;
  if (buffer_append(&transfer->notice, line, length, NOTICE_MAX) == BUFFER_NO_MEMORY)
    transfer->no_memory = true;
}

static int digit(const char *text, size_t at) {
  return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : -1;
}

/* "HTTP/1.1 200 OK", "HTTP/2 200": the status; 0 where it is none from 100 to 599. libcurl reads three
 * digits, however many there are. */
static long status_of(const char *line, size_t length) {
  const char *space = memchr(line, ' ', length);
  size_t at = space == NULL ? length : (size_t)(space - line) + 1;
  if (length < at + 4 || digit(line, at + 3) >= 0) return 0;
  long hundreds = digit(line, at), tens = digit(line, at + 1), ones = digit(line, at + 2);
  if (hundreds < 1 || hundreds > 5 || tens < 0 || ones < 0) return 0;
  return hundreds * 100 + tens * 10 + ones;
}

/* Whether the line begins an answer: behind a final one there are only trailers, whatever they say. */
static bool is_status_line(const struct transfer *transfer, const char *line, size_t length) {
  bool is_final = transfer->headers_complete && transfer->status >= 200;
  return !is_final && length > 5 && memcmp(line, "HTTP/", 5) == 0;
}

/* A lone CR, which libcurl 8.23 hands over where the connection ends, ends nothing. */
static bool is_blank_line(const char *line, size_t length) {
  return (length == 1 || (length == 2 && *line == '\r')) && line[length - 1] == '\n';
}

/* Called once a header line, of interim answers (1xx) and trailers too. */
static size_t on_header(char *line, size_t size, size_t count, void *user) {
  struct transfer *transfer = user;
  size_t length = size * count;
  transfer->header_bytes += length;
  if (transfer->header_bytes > HEADER_BYTES_MAX) return length + 1;
  if (is_status_line(transfer, line, length)) {
    transfer->headers_complete = false;
    transfer->status = status_of(line, length);
    retry_after_begin(&transfer->retry_after, (long long)time(NULL));
  }
  keep_notice(transfer, line, length);
  if (!transfer->headers_complete) retry_after_read(&transfer->retry_after, line, length);
  if (is_blank_line(line, length)) transfer->headers_complete = true;
  return length;
}

struct transfer *transfer_new(void) {
  struct transfer *transfer = calloc(1, sizeof *transfer);
  if (transfer == NULL || handle_open(&transfer->handle)) return transfer;
  transfer_free(transfer);
  return NULL;
}

bool transfer_is_get(const struct transfer *transfer) {
  return strcmp(transfer->method.data, "GET") == 0;
}

/* libcurl sends a POST again, unasked, when a connection that it reused turns out to be closed: so
 * anything but GET gets a fresh one. And by HTTP/2, libcurl 7.88 now and then loses an answer that came
 * before the whole body was read, so it is HTTP/1.1. */
static bool set_method(struct transfer *transfer) {
  CURL *easy = transfer->handle.easy;
  if (transfer_is_get(transfer)) return true;
  curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  if (transfer->has_body || strcmp(transfer->method.data, "DELETE") != 0) {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)transfer->upload.length);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, transfer->has_body ? transfer->upload.data : "");
  }
  return curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, transfer->method.data) == CURLE_OK;
}

static void set_receiver(struct transfer *transfer) {
  CURL *easy = transfer->handle.easy;
  curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->text);
}

/* What has a method or a body of its own is not told apart. */
static bool is_plain(const struct transfer *transfer) {
  return transfer_is_get(transfer) && !transfer->has_body;
}

bool transfer_is_set_up(const struct transfer *transfer, const struct options *options) {
  return is_plain(transfer) && handle_serves(&transfer->handle, &transfer->token, options);
}

bool transfer_set_up(struct transfer *transfer, const struct options *options) {
  if (!handle_set_up(&transfer->handle, options) || !set_method(transfer)) return false;
  set_receiver(transfer);
  if (is_plain(transfer)) handle_keep(&transfer->handle, &transfer->token, options);
  return true;
}

static long milliseconds(double seconds) { return (long)ceil(seconds * 1000); }

void transfer_limit(struct transfer *transfer, const struct options *options) {
  transfer->max_body = (size_t)options->max_body;
  transfer->attempt_timeout_ms = milliseconds(options->attempt_timeout);
  transfer->deadline_ms = clock_ms() + milliseconds(options->timeout);
}

/* One more attempt, of which nothing came yet. */
static void begin_attempt(struct transfer *transfer) {
  transfer->attempts++;
  transfer->code = CURLE_OK;
  transfer->status = 0;
  transfer->headers_complete = false;
  transfer->header_bytes = 0;
  transfer->text[0] = '\0';
  buffer_clear(&transfer->body);
  buffer_clear(&transfer->notice);
}

bool transfer_start(struct transfer *transfer, CURLM *multi) {
  CURL *easy = transfer->handle.easy;
  long long left = transfer->deadline_ms - clock_ms();
  long timeout = left < transfer->attempt_timeout_ms ? (long)left : transfer->attempt_timeout_ms;
  if (timeout <= 0) timeout = 1; /* 0 would be for ever */
  transfer->overtime_ms = clock_ms() + timeout + GRACE_MS;
  begin_attempt(transfer);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout);
  if (curl_easy_setopt(easy, CURLOPT_URL, transfer->url.data) != CURLE_OK ||
      curl_multi_add_handle(multi, easy) != CURLM_OK)
    return false;
  transfer->state = TRANSFER_RUNNING;
  return true;
}

void transfer_fail(struct transfer *transfer, CURLcode code, const char *text) {
  begin_attempt(transfer);
  transfer->code = code;
  (void)snprintf(transfer->text, sizeof transfer->text, "%s", text);
  transfer->state = TRANSFER_ENDED;
}

void transfer_stop(struct transfer *transfer, CURLM *multi) {
  curl_multi_remove_handle(multi, transfer->handle.easy);
  handle_used(&transfer->handle);
  transfer->state = TRANSFER_ENDED;
}

/* Every buffer of one use, for what is done to all. */
#define TRANSFER_BUFFERS(X) X(url) X(fallback) X(token) X(method) X(target) X(upload) X(body) X(notice)

void transfer_reset(struct transfer *transfer) {
#define CLEAR(name) buffer_clear(&transfer->name);
  TRANSFER_BUFFERS(CLEAR)
#undef CLEAR
  if (transfer->body.capacity > BUFFER_KEPT_MAX) buffer_free(&transfer->body);
  if (transfer->upload.capacity > BUFFER_KEPT_MAX) buffer_free(&transfer->upload);
  transfer->attempts = 0;
  transfer->is_awaited = false;
  transfer->cancelled = transfer->too_large = transfer->no_memory = false;
  transfer->state = TRANSFER_IDLE;
}

void transfer_free(struct transfer *transfer) {
  transfer_reset(transfer);
  handle_close(&transfer->handle);
#define FREE(name) buffer_free(&transfer->name);
  TRANSFER_BUFFERS(FREE)
#undef FREE
  free(transfer);
}

long transfer_status(const struct transfer *transfer) {
  return transfer->headers_complete ? transfer->status : 0;
}
