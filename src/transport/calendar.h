/* Dates of the Gregorian calendar, without a time zone. */
#ifndef ASTRO_CALENDAR_H
#define ASTRO_CALENDAR_H

#include <stdbool.h>

#pragma GCC visibility push(hidden)

struct date {
  int year, month, day, hour, minute, second; /* month and day from 1, the year from 0 */
};

/* Whether there is such a day, of any month. */
bool calendar_has_day(const struct date *date);

/* Whether there is such a time of day: there are leap seconds. */
bool calendar_has_time(const struct date *date);

/* Since 1970; the month is one. */
long long calendar_seconds(const struct date *date);

#pragma GCC visibility pop

#endif
