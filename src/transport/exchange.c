#include "exchange.h"

#include <string.h>
#include <time.h>

/* BODY_KEPT_MAX, HEAD_KEPT_MAX: how much memory is kept for the next use. */
enum {
  HEADER_BYTES_MAX = 128 * 1024,
  NOTICE_MAX = 512,
  BODY_KEPT_MAX = 64 * 1024,
  HEAD_KEPT_MAX = 8 * 1024
};

void exchange_begin(struct exchange *exchange) {
  exchange->attempts++;
  exchange->status = 0;
  exchange->headers_complete = false;
  exchange->header_bytes = 0;
  exchange->code = CURLE_OK;
  exchange->text[0] = '\0';
  exchange->was_ready = exchange->wants_authority = false;
  exchange->proxy_status = 0;
  exchange->redirect = NULL;
  buffer_clear(&exchange->body);
  buffer_clear(&exchange->notice);
  buffer_clear(&exchange->head);
}

bool exchange_take_body(struct exchange *exchange, const char *data, size_t length) {
  enum buffer_result result = buffer_append(&exchange->body, data, length, exchange->max_body);
  if (result == BUFFER_FULL) exchange->too_large = true;
  if (result == BUFFER_NO_MEMORY) exchange->no_memory = true;
  return result == BUFFER_OK;
}

static bool begins(const char *line, size_t length, const char *name, size_t name_length) {
  return length > name_length && curl_strnequal(line, name, name_length);
}

/* Keeps what the service says of its own end, up to a limit. */
static void keep_notice(struct exchange *exchange, const char *line, size_t length) {
  static const char DEPRECATION[] = "Deprecation:", SUNSET[] = "Sunset:";
  if (!begins(line, length, DEPRECATION, sizeof DEPRECATION - 1) &&
      !begins(line, length, SUNSET, sizeof SUNSET - 1))
    return;
  if (buffer_append(&exchange->notice, line, length, NOTICE_MAX) == BUFFER_NO_MEMORY)
    exchange->no_memory = true;
}

void exchange_keep_line(struct exchange *exchange, const char *line, size_t length) {
  if (buffer_append(&exchange->head, line, length, HEADER_BYTES_MAX) == BUFFER_NO_MEMORY)
    exchange->no_memory = true;
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

/* Whether the line begins an answer. Only trailers follow a final one, whatever they look like. */
static bool is_status_line(const struct exchange *exchange, const char *line, size_t length) {
  bool is_final = exchange->headers_complete && exchange->status >= 200;
  return !is_final && length > 5 && memcmp(line, "HTTP/", 5) == 0;
}

/* A lone CR, which libcurl 8.23 hands over where the connection ends, ends nothing. */
static bool is_blank_line(const char *line, size_t length) {
  return (length == 1 || (length == 2 && *line == '\r')) && line[length - 1] == '\n';
}

bool exchange_take_header(struct exchange *exchange, const char *line, size_t length) {
  exchange->header_bytes += length;
  if (exchange->header_bytes > HEADER_BYTES_MAX) return false;
  if (is_status_line(exchange, line, length)) {
    exchange->headers_complete = false;
    exchange->status = status_of(line, length);
    buffer_clear(&exchange->head);
    retry_after_begin(&exchange->retry_after, (long long)time(NULL));
  }
  keep_notice(exchange, line, length);
  if (exchange->keeps_head && !exchange->headers_complete) exchange_keep_line(exchange, line, length);
  if (!exchange->headers_complete && exchange->status >= 300) /* nothing else may ask to wait */
    retry_after_read(&exchange->retry_after, line, length);
  if (is_blank_line(line, length)) exchange->headers_complete = true;
  return true;
}

long exchange_status(const struct exchange *exchange) {
  return exchange->headers_complete ? exchange->status : 0;
}

bool exchange_has_endless_headers(const struct exchange *exchange) {
  return exchange->header_bytes > HEADER_BYTES_MAX;
}

/* Every buffer, for what is done to all. */
#define EXCHANGE_BUFFERS(X) X(method) X(target) X(token) X(notice) X(head) X(body)

void exchange_clear(struct exchange *exchange) {
#define CLEAR(name) buffer_clear(&exchange->name);
  EXCHANGE_BUFFERS(CLEAR)
#undef CLEAR
  if (exchange->body.capacity > BODY_KEPT_MAX) buffer_free(&exchange->body);
  if (exchange->head.capacity > HEAD_KEPT_MAX) buffer_free(&exchange->head);
  exchange->attempts = 0;
  exchange->cancelled = exchange->too_large = exchange->no_memory = false;
}

void exchange_free(struct exchange *exchange) {
#define FREE(name) buffer_free(&exchange->name);
  EXCHANGE_BUFFERS(FREE)
#undef FREE
}
