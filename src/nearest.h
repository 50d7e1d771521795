/* "Did you mean": the known name that is nearest to a misspelt one. */
#ifndef ASTRO_NEAREST_H
#define ASTRO_NEAREST_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* Which of count names has the smallest edit distance to word; the first of equals. */
size_t nearest(const char *word, const char *const *names, size_t count);

/* Levenshtein's distance whatever the case: 0 for a word that differs in nothing else. */
size_t nearest_distance(const char *from, const char *to);

#pragma GCC visibility pop

#endif
