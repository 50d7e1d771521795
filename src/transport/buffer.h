/* Growable bytes with a limit. */
#ifndef ASTRO_BUFFER_H
#define ASTRO_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

/* A zeroed one is empty and valid; data is NUL-terminated as soon as anything was appended. */
struct buffer {
  char *data;
  size_t length;
  size_t capacity;
};

enum buffer_result { BUFFER_OK, BUFFER_FULL, BUFFER_NO_MEMORY };

/* Appends all of data or, where the length would pass limit or memory ends, nothing. */
enum buffer_result buffer_append(struct buffer *buffer, const char *data, size_t length, size_t limit);

/* The same where the size is ours and small. False: no memory. */
bool buffer_add(struct buffer *buffer, const char *data, size_t length);
bool buffer_add_text(struct buffer *buffer, const char *text);

bool buffer_equals(const struct buffer *one, const struct buffer *other);

/* Both wipe what was in it; clear keeps the memory for the next use. */
void buffer_clear(struct buffer *buffer);
void buffer_free(struct buffer *buffer);

#pragma GCC visibility pop

#endif
