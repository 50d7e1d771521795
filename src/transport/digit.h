/* Decimal digits, whatever the locale. */
#ifndef ASTRO_DIGIT_H
#define ASTRO_DIGIT_H

#include <stdbool.h>

static inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

#endif
