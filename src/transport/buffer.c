#include "buffer.h"

#include <stdlib.h>
#include <string.h>

#include "secret.h"

enum { FIRST_CAPACITY = 256 };

/* Not realloc: what it moves it leaves behind unwiped, and an error body may hold the token. */
static enum buffer_result grow(struct buffer *buffer, size_t needed) {
  size_t capacity = buffer->capacity > 0 ? buffer->capacity : FIRST_CAPACITY;
  while (capacity < needed) {
    if (capacity > (size_t)-1 / 2) return BUFFER_NO_MEMORY;
    capacity *= 2;
  }
  char *data = malloc(capacity);
  if (data == NULL) return BUFFER_NO_MEMORY;
  struct buffer old = *buffer;
  if (old.length > 0) memcpy(data, old.data, old.length);
  buffer_free(buffer);
  *buffer = (struct buffer){.data = data, .length = old.length, .capacity = capacity};
  return BUFFER_OK;
}

enum buffer_result buffer_append(struct buffer *buffer, const char *data, size_t length, size_t limit) {
  if (buffer->length > limit || length > limit - buffer->length) return BUFFER_FULL;
  if (buffer->length + length >= buffer->capacity) {
    enum buffer_result grown = grow(buffer, buffer->length + length + 1);
    if (grown != BUFFER_OK) return grown;
  }
  if (length > 0) memcpy(buffer->data + buffer->length, data, length);
  buffer->length += length;
  buffer->data[buffer->length] = '\0';
  return BUFFER_OK;
}

bool buffer_add(struct buffer *buffer, const char *data, size_t length) {
  return buffer_append(buffer, data, length, (size_t)-1) == BUFFER_OK;
}

bool buffer_add_text(struct buffer *buffer, const char *text) {
  return buffer_add(buffer, text, strlen(text));
}

bool buffer_equals(const struct buffer *one, const struct buffer *other) {
  return one->length == other->length &&
         (one->length == 0 || memcmp(one->data, other->data, one->length) == 0);
}

void buffer_clear(struct buffer *buffer) {
  if (buffer->length > 0) secret_wipe(buffer->data, buffer->length);
  buffer->length = 0;
}

void buffer_free(struct buffer *buffer) {
  buffer_clear(buffer);
  free(buffer->data);
  *buffer = (struct buffer){0};
}
