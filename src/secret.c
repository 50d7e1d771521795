#include "secret.h"

#include <string.h>

static const char MASK[] = "***";

/* Called through a volatile pointer, a write to memory that is about to be freed stays. */
static void *(*const volatile fill)(void *, int, size_t) = memset;

void secret_wipe(void *data, size_t length) { fill(data, 0, length); }

size_t secret_mask(char *text, size_t length, const char *secret, size_t secret_length) {
  if (secret_length < SECRET_LENGTH_MIN) return length;
  size_t read = 0, written = 0;
  while (read < length) {
    if (length - read >= secret_length && memcmp(text + read, secret, secret_length) == 0) {
      memcpy(text + written, MASK, sizeof MASK - 1);
      written += sizeof MASK - 1;
      read += secret_length;
    } else {
      text[written++] = text[read++];
    }
  }
  return written;
}
