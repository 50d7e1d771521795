#define _POSIX_C_SOURCE 200809L
#include "nearest.h"

#include <string.h>

/* So many bytes of a word are compared; every known name is shorter. */
enum { COMPARED_MAX = 40 };

static size_t smallest(size_t a, size_t b, size_t c) {
  size_t least = a < b ? a : b;
  return least < c ? least : c;
}

static int lower(char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; }

/* One row of the matrix is kept. */
size_t nearest_distance(const char *from, const char *to) {
  size_t from_length = strnlen(from, COMPARED_MAX), to_length = strnlen(to, COMPARED_MAX);
  size_t row[COMPARED_MAX + 1];
  for (size_t j = 0; j <= to_length; j++) row[j] = j;
  for (size_t i = 1; i <= from_length; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= to_length; j++) {
      size_t above = row[j];
      row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (lower(from[i - 1]) != lower(to[j - 1])));
      diagonal = above;
    }
  }
  return row[to_length];
}

size_t nearest(const char *word, const char *const *names, size_t count) {
  size_t best = 0, best_distance = (size_t)-1;
  for (size_t i = 0; i < count; i++) {
    size_t d = nearest_distance(word, names[i]);
    if (d < best_distance) {
      best = i;
      best_distance = d;
    }
  }
  return best;
}
