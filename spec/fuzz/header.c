/* Header reading: what curl hands over line by line, of any bytes, interim answers and trailers too;
 * and bodies in pieces. */
#include "../../src/transport/exchange.c"
#include "fuzz.h"

enum { MOST = 300 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static struct exchange exchange;
  size_t seen = 0, body = 0;
  struct input input = {.data = (const char *)data, .left = size};
  exchange.max_body = MOST;
  while (input.left > 0) {
    const char *line = input.data;
    const char *end = memchr(line, '\n', input.left);
    size_t length = end == NULL ? input.left : (size_t)(end - line) + 1;
    char *copy = malloc(length); /* as long as it is: what is read behind it is found */
    memcpy(copy, line, length);
    if (*copy == '!') {
      bool fits = exchange_take_body(&exchange, copy, length);
      demand(fits == (body + length <= MOST), "the limit of the body");
      if (fits) body += length;
    } else {
      seen += length;
      demand(exchange_take_header(&exchange, copy, length) == (seen <= HEADER_BYTES_MAX), "the limit");
    }
    free(copy);
    demand(exchange.notice.length <= NOTICE_MAX && exchange.body.length == body, "a length");
    demand(exchange.status == 0 || (exchange.status >= 100 && exchange.status < 600), "the status");
    long wait = retry_after_seconds(&exchange.retry_after);
    demand(wait >= 0 && wait <= RETRY_AFTER_MAX_S, "the wait");
    input.data += length;
    input.left -= length;
  }
  exchange_clear(&exchange);
  demand(exchange.notice.length == 0 && exchange.body.length == 0, "what is left");
  exchange_begin(&exchange);
  return 0;
}
