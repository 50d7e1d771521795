/* Header reading: what curl hands over line by line, of any bytes, interim answers and trailers too;
 * and bodies in pieces. */
#include "../../src/transport/transfer.c"
#include "fuzz.h"

enum { MOST = 300 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static struct transfer transfer;
  size_t seen = 0, body = 0;
  struct input input = {.data = (const char *)data, .left = size};
  transfer.max_body = MOST;
  while (input.left > 0) {
    const char *line = input.data;
    const char *end = memchr(line, '\n', input.left);
    size_t length = end == NULL ? input.left : (size_t)(end - line) + 1;
    char *copy = malloc(length); /* as long as it is: what is read behind it is found */
    memcpy(copy, line, length);
    if (*copy == '!') {
      bool fits = on_body(copy, 1, length, &transfer) == length;
      demand(fits == (body + length <= MOST), "the limit of the body");
      if (fits) body += length;
    } else {
      seen += length;
      demand((on_header(copy, 1, length, &transfer) == length) == (seen <= HEADER_BYTES_MAX),
             "the limit");
    }
    free(copy);
    demand(transfer.notice.length <= NOTICE_MAX && transfer.body.length == body, "a length");
    demand(transfer.status == 0 || (transfer.status >= 100 && transfer.status < 600), "the status");
    long wait = retry_after_seconds(&transfer.retry_after);
    demand(wait >= 0 && wait <= RETRY_AFTER_MAX_S, "the wait");
    input.data += length;
    input.left -= length;
  }
  transfer_reset(&transfer);
  demand(transfer.notice.length == 0 && transfer.body.length == 0, "what is left");
  transfer.header_bytes = 0;
  transfer.headers_complete = false;
  transfer.status = 0;
  return 0;
}
