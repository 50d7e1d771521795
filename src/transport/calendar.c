#include "calendar.h"

static bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static int leap_years_before(int year) {
  if (year == 0) return 0;
  return (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 + 1; /* with the year 0 */
}

bool calendar_has_day(const struct date *date) {
  static const int LENGTHS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date->month < 1 || date->month > 12 || date->day < 1) return false;
  return date->day <= LENGTHS[date->month - 1] + (date->month == 2 && is_leap(date->year));
}

bool calendar_has_time(const struct date *date) {
  return date->hour < 24 && date->minute < 60 && date->second <= 60;
}

long long calendar_seconds(const struct date *date) {
  static const int BEFORE[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  long long days = 365LL * (date->year - 1970) + leap_years_before(date->year) -
                   leap_years_before(1970) + BEFORE[date->month - 1] +
                   (date->month > 2 && is_leap(date->year)) + date->day - 1;
  return ((days * 24 + date->hour) * 60 + date->minute) * 60 + date->second;
}
