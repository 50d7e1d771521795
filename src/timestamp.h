/* Timestamps of the API. Source: RFC 3339. */
#ifndef ASTRO_TIMESTAMP_H
#define ASTRO_TIMESTAMP_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* Gives NULL and the seconds since 1970, with the fraction from 0 to below 1; or why the text is no
 * timestamp. A leap second counts as the one after it. */
const char *timestamp_read(const char *text, size_t length, long long *seconds, double *fraction);

#pragma GCC visibility pop

#endif
