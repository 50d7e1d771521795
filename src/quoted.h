/* What stands between quotes in place of a character that may not stand there itself. */
#ifndef ASTRO_QUOTED_H
#define ASTRO_QUOTED_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

enum quoting { QUOTING_JSON, QUOTING_LUA };

/* Room for what quoted_character writes. */
enum { QUOTED_MAX = 20 };

/* How many bytes come before the first that is more than printable ASCII, a quote or a backslash. */
size_t quoted_plain(const char *text, size_t length);

/* Writes a character of so many bytes, with an escape where it acts on a terminal or is no UTF-8, which
 * the code -1 says; gives how long that is. */
size_t quoted_character(char *to, enum quoting quoting, long code, const char *bytes, size_t count);

#pragma GCC visibility pop

#endif
