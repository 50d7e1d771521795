/* The time since an arbitrary point, never backwards. */
#ifndef ASTRO_CLOCK_H
#define ASTRO_CLOCK_H

#pragma GCC visibility push(hidden)

long long clock_ms(void);
double clock_seconds(void);

#pragma GCC visibility pop

#endif
