/* When an answer says to come again: seconds, or an HTTP date, in whatever locale the program is. */
#ifndef ASTRO_RETRY_AFTER_H
#define ASTRO_RETRY_AFTER_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

enum { RETRY_AFTER_MAX_S = 7 * 86400 };

/* Times are seconds since 1970. */
struct retry_after {
  long long now;   /* when the answer began */
  long long date;  /* when it did by its own Date; else the same */
  long long until; /* the date to wait for; 0: none */
  long seconds;    /* asked for without a date; 0: none */
};

/* An answer begins: nothing is said yet. */
void retry_after_begin(struct retry_after *after, long long now);

/* Takes what one of its header lines says. */
void retry_after_read(struct retry_after *after, const char *line, size_t length);

/* At most RETRY_AFTER_MAX_S; 0: nothing is said, or nothing to wait for. */
long retry_after_seconds(const struct retry_after *after);

#pragma GCC visibility pop

#endif
