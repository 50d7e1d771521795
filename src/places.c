#include "places.h"

#include <string.h>

void places_begin(struct places *places) {
  places->count = 0;
  places->is_lost = false;
  places->entered = 1;
  places->levels[1].wants_all = false;
}

/* A key with escapes is another in Lua. */
static void add(struct places *places, enum place_kind kind, const struct level *level) {
  bool has_escape = level->key != NULL && memchr(level->key, '\\', level->length) != NULL;
  if (places->count == PLACES_MAX || has_escape) {
    places->is_lost = true;
    return;
  }
  struct place *place = &places->list[places->count++];
  place->kind = kind;
  place->key = level->key;
  place->length = level->length;
}

void places_note(struct places *places, int depth) {
  if (depth == 0) places->is_lost = true;
  if (places->is_lost) return;
  while (places->entered < depth) {
    add(places, PLACE_ENTER, &places->levels[places->entered]);
    places->levels[++places->entered].wants_all = false;
  }
  struct level *level = &places->levels[depth];
  if (level->key != NULL)
    add(places, PLACE_VALUE, level);
  else
    level->wants_all = true; /* what is dropped from an array moves the rest: once, at its end */
}

void places_leave(struct places *places, int depth) {
  if (places->is_lost || places->entered != depth) return;
  struct level *level = &places->levels[depth];
  if (level->wants_all) add(places, PLACE_ALL, level);
  if (depth == 1) return;
  add(places, PLACE_LEAVE, level);
  places->entered--;
}
