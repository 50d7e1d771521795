#include "transfer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"

/* UPLOAD_KEPT_MAX: how much memory is kept for the next use. GRACE_MS: how much later than curl an
 * attempt is ended, as curl knows better why it took so long. */
enum { UPLOAD_KEPT_MAX = 64 * 1024, GRACE_MS = 20 };

/* Any other number than length ends the transfer. */
static size_t on_body(char *data, size_t size, size_t count, void *exchange) {
  size_t length = size * count;
  return exchange_take_body(exchange, data, length) ? length : length + 1;
}

static size_t on_header(char *line, size_t size, size_t count, void *exchange) {
  size_t length = size * count;
  return exchange_take_header(exchange, line, length) ? length : length + 1;
}

struct transfer *transfer_new(void) {
  struct transfer *transfer = calloc(1, sizeof *transfer);
  if (transfer == NULL || handle_open(&transfer->handle)) return transfer;
  transfer_free(transfer);
  return NULL;
}

bool transfer_is_get(const struct transfer *transfer) {
  return strcmp(transfer->exchange.method.data, "GET") == 0;
}

/* libcurl sends a POST again, unasked, when a connection that it reused turns out to be closed: so
 * anything but GET gets a fresh one. And by HTTP/2, libcurl 7.88 now and then loses an answer that came
 * before the whole body was read, so it is HTTP/1.1. */
static CURLcode set_method(struct transfer *transfer) {
  CURL *easy = transfer->handle.easy;
  if (transfer_is_get(transfer)) return CURLE_OK;
  curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  if (transfer->has_body || strcmp(transfer->exchange.method.data, "DELETE") != 0) {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)transfer->upload.length);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, transfer->has_body ? transfer->upload.data : "");
  }
  return curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, transfer->exchange.method.data);
}

static void set_receiver(struct transfer *transfer) {
  CURL *easy = transfer->handle.easy;
  curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer->exchange);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer->exchange);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->exchange.text);
}

/* Only these may share a handle's set-up with other calls. */
static bool may_share_handle(const struct transfer *transfer) {
  return transfer_is_get(transfer) && !transfer->has_body;
}

bool transfer_is_set_up(const struct transfer *transfer, const struct options *options) {
  return may_share_handle(transfer) &&
         handle_serves(&transfer->handle, &transfer->exchange.token, options);
}

CURLcode transfer_set_up(struct transfer *transfer, const struct options *options) {
  CURLcode code = handle_set_up(&transfer->handle, options);
  if (code == CURLE_OK) code = set_method(transfer);
  set_receiver(transfer);
  if (code == CURLE_OK && may_share_handle(transfer))
    handle_keep(&transfer->handle, &transfer->exchange.token, options);
  return code;
}

static long milliseconds(double seconds) { return (long)ceil(seconds * 1000); }

void transfer_limit(struct transfer *transfer, const struct options *options) {
  bool is_tried_again = transfer_is_get(transfer);
  transfer->exchange.max_body = (size_t)options->max_body;
  transfer->attempt_timeout_ms =
      milliseconds(is_tried_again ? options->attempt_timeout : options->timeout);
  transfer->connect_timeout_ms = milliseconds(options->connect_timeout);
  transfer->deadline_ms = clock_ms() + milliseconds(options->timeout);
}

/* To curl 0 would be for ever. */
long transfer_timeout_ms(const struct transfer *transfer) {
  long long left = transfer->deadline_ms - clock_ms();
  long timeout = left < transfer->attempt_timeout_ms ? (long)left : transfer->attempt_timeout_ms;
  return timeout > 0 ? timeout : 1;
}

bool transfer_start(struct transfer *transfer, CURLM *multi) {
  if (!handle_renew(&transfer->handle)) return false;
  CURL *easy = transfer->handle.easy;
  long timeout = transfer_timeout_ms(transfer);
  transfer->overtime_ms = clock_ms() + timeout + GRACE_MS;
  exchange_begin(&transfer->exchange);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                   transfer->may_wait ? timeout : transfer->connect_timeout_ms);
  if (handle_aim(&transfer->handle, transfer->url.data) != CURLE_OK ||
      curl_multi_add_handle(multi, easy) != CURLM_OK)
    return false;
  transfer->state = TRANSFER_RUNNING;
  return true;
}

bool transfer_met_unasked(struct transfer *transfer) {
  long made = 0;
  curl_easy_getinfo(transfer->handle.easy, CURLINFO_NUM_CONNECTS, &made);
  if (transfer->exchange.code != CURLE_OK || exchange_status(&transfer->exchange) != 408 || made > 0)
    return false;
  buffer_clear(&transfer->handle.made_by);
  return curl_easy_setopt(transfer->handle.easy, CURLOPT_FRESH_CONNECT, 1L) == CURLE_OK;
}

void transfer_fail(struct transfer *transfer, CURLcode code, const char *text) {
  struct exchange *exchange = &transfer->exchange;
  exchange_begin(exchange);
  exchange->code = code;
  (void)snprintf(exchange->text, sizeof exchange->text, "%s", text);
  transfer->state = TRANSFER_ENDED;
}

/* Whether other trusted authorities would help. By OpenSSL's numbers: no issuer, or one of its own. */
static bool wants_authority(CURL *easy, CURLcode code) {
  enum { NO_ISSUER = 2, SELF_SIGNED_FIRST = 18, UNVERIFIED_LAST = 21 };
  long why = 0;
  if (code == CURLE_SSL_CACERT_BADFILE) return true;
  curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &why);
  return code == CURLE_PEER_FAILED_VERIFICATION &&
         (why == NO_ISSUER || (why >= SELF_SIGNED_FIRST && why <= UNVERIFIED_LAST));
}

/* Takes from curl what else an error tells. Neither time nor size alone tells whether a connection was
 * ever ready: libcurl 7.88 counts what it sent to a proxy, and 8.23 has the time of a connection that
 * never was. */
static void read_end(struct transfer *transfer) {
  CURL *easy = transfer->handle.easy;
  struct exchange *exchange = &transfer->exchange;
  curl_off_t ready = 0;
  long sent = 0;
  char *redirect = NULL;
  if (exchange->code == CURLE_OK && exchange->status < 300) return;
  curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &ready);
  curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &sent);
  curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &redirect);
  curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &exchange->proxy_status);
  exchange->was_ready = ready > 0 && sent > 0;
  exchange->redirect = redirect;
  exchange->wants_authority = wants_authority(easy, exchange->code);
}

void transfer_stop(struct transfer *transfer, CURLM *multi) {
  curl_multi_remove_handle(multi, transfer->handle.easy);
  read_end(transfer);
  handle_used(&transfer->handle);
  transfer->state = TRANSFER_ENDED;
}

void transfer_reset(struct transfer *transfer) {
  exchange_clear(&transfer->exchange);
  buffer_clear(&transfer->url);
  buffer_clear(&transfer->fallback);
  buffer_clear(&transfer->upload);
  if (transfer->upload.capacity > UPLOAD_KEPT_MAX) buffer_free(&transfer->upload);
  transfer->is_awaited = false;
  transfer->state = TRANSFER_IDLE;
}

void transfer_close(struct transfer *transfer) {
  transfer_reset(transfer);
  exchange_free(&transfer->exchange);
  handle_close(&transfer->handle);
  buffer_free(&transfer->url);
  buffer_free(&transfer->fallback);
  buffer_free(&transfer->upload);
}

void transfer_free(struct transfer *transfer) {
  transfer_close(transfer);
  free(transfer);
}
