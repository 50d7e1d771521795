/* Where in a JSON text stand the values that Lua is to have otherwise than decoders give them: null,
 * numbers, empty containers. What is decoded is looked at there alone, not walked over. */
#ifndef ASTRO_PLACES_H
#define ASTRO_PLACES_H

#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

/* A Deployment is 6 deep. Who reads and who looks uses C's stack once a level. */
enum { DEPTH_MAX = 100 };

/* Of a Deployment: some 60. */
enum { PLACES_MAX = 256 };

/* A way through what was decoded: into the container under a key, back out of it, to the value under a
 * key, to all that the container has. */
enum place_kind { PLACE_ENTER, PLACE_LEAVE, PLACE_VALUE, PLACE_ALL };

/* The value under a key of an object, or under a number, where the key is NULL. */
struct place {
  enum place_kind kind;
  const char *key;
  size_t length; /* or the number */
};

struct places {
  struct place list[PLACES_MAX];
  int count;
  bool is_lost; /* there are more, or some that cannot be told: the whole is to be looked at */
  int entered;  /* in how many containers the way is */
  struct level {
    const char *key; /* where the reader is */
    size_t length;
    bool wants_all;
  } levels[DEPTH_MAX + 1]; /* by how many containers there are around */
};

/* Makes it empty. */
void places_begin(struct places *places);

/* The reader comes to a value in a container that has so many around it, itself included. */
static inline void places_at(struct places *places, int depth, const char *key, size_t length) {
  places->levels[depth].key = key;
  places->levels[depth].length = length;
}

/* The value there is one. */
void places_note(struct places *places, int depth);

/* The reader leaves the container. */
void places_leave(struct places *places, int depth);

#pragma GCC visibility pop

#endif
