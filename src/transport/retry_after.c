#include "retry_after.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <string.h>

#include "calendar.h"
#include "digit.h"

/* What is left to read. */
struct text {
  const char *at, *end;
};

/* The forms of RFC 9110, 5.6.7, written as for strptime, which would go by the locale. */
static const char *const FORMS[] = {
    "%a, %d %b %Y %H:%M:%S GMT",
    "%A, %d-%b-%y %H:%M:%S GMT",
    "%a %b %e %H:%M:%S %Y",
};
enum { FORM_COUNT = sizeof FORMS / sizeof *FORMS, FORM_SHORT = 1 }; /* a year without its century */

static const char *const DAYS[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                   "Thursday", "Friday", "Saturday"};
static const char *const MONTHS[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static bool take_digits(struct text *text, int digits, int *number) {
  *number = 0;
  for (; digits > 0; digits--) {
    if (text->at == text->end || !is_digit(*text->at)) return false;
    *number = *number * 10 + (*text->at++ - '0');
  }
  return true;
}

/* Takes one of the names, or the first three letters of one; gives its place from 1, 0 for none. */
static int take_name(struct text *text, const char *const *names, int count, bool is_whole) {
  for (int i = 0; i < count; i++) {
    size_t length = is_whole ? strlen(names[i]) : 3;
    if ((size_t)(text->end - text->at) < length || memcmp(text->at, names[i], length) != 0) continue;
    text->at += length;
    return i + 1;
  }
  return 0;
}

static bool take_part(struct text *text, char what, struct date *date) {
  switch (what) {
    case 'a':
    case 'A':
      return take_name(text, DAYS, 7, what == 'A') > 0;
    case 'b':
      date->month = take_name(text, MONTHS, 12, true);
      return date->month > 0;
    case 'd':
      return take_digits(text, 2, &date->day);
    case 'e': {
      bool is_padded = text->at < text->end && *text->at == ' ';
      if (is_padded) text->at++;
      return take_digits(text, is_padded ? 1 : 2, &date->day);
    }
    case 'H':
      return take_digits(text, 2, &date->hour);
    case 'M':
      return take_digits(text, 2, &date->minute);
    case 'S':
      return take_digits(text, 2, &date->second);
    case 'Y':
      return take_digits(text, 4, &date->year);
    default: /* 'y' */
      return take_digits(text, 2, &date->year);
  }
}

static bool has_form(struct text text, const char *form, struct date *date) {
  *date = (struct date){0};
  for (; *form != '\0'; form++) {
    if (*form == '%') {
      if (!take_part(&text, *++form, date)) return false;
    } else if (text.at == text.end || *text.at++ != *form) {
      return false;
    }
  }
  return text.at == text.end;
}

/* A year without its century is the last one that is not more than 50 years ahead. */
static void add_century(struct date *date, long long now) {
  static const long long YEARS_50 = 50 * 31556952LL;
  date->year += 1900;
  while (calendar_seconds(date) + YEARS_50 < now) date->year += 100;
}

/* 0: it is none. */
static long long read_date(struct text text, long long now) {
  struct date date;
  for (int i = 0; i < FORM_COUNT; i++) {
    if (!has_form(text, FORMS[i], &date)) continue;
    if (i == FORM_SHORT) add_century(&date, now);
    long long seconds = calendar_seconds(&date);
    return calendar_has_day(&date) && calendar_has_time(&date) && seconds > 0 ? seconds : 0;
  }
  return 0;
}

/* Digits, perhaps with a fraction, which rounds up. 0: it is none. */
static long read_seconds(struct text text) {
  long seconds = 0;
  bool is_more = false;
  if (text.at == text.end || !is_digit(*text.at) || !is_digit(text.end[-1])) return 0;
  for (; text.at < text.end && is_digit(*text.at); text.at++) {
    seconds = seconds * 10 + (*text.at - '0');
    if (seconds > RETRY_AFTER_MAX_S) seconds = RETRY_AFTER_MAX_S;
  }
  if (text.at < text.end && *text.at++ != '.') return 0;
  for (; text.at < text.end && is_digit(*text.at); text.at++) is_more = is_more || *text.at != '0';
  return text.at == text.end ? seconds + is_more : 0;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/* Whether the line is that header; gives its value, without the blanks around it. */
static bool is_header(const char *line, size_t length, const char *name, struct text *value) {
  size_t name_length = strlen(name);
  if (length < name_length || !curl_strnequal(line, name, name_length)) return false;
  *value = (struct text){line + name_length, line + length};
  while (value->at < value->end && is_blank(*value->at)) value->at++;
  while (value->at < value->end && is_blank(value->end[-1])) value->end--;
  return true;
}

void retry_after_begin(struct retry_after *after, long long now) {
  *after = (struct retry_after){.now = now, .date = now};
}

void retry_after_read(struct retry_after *after, const char *line, size_t length) {
  struct text value;
  if (is_header(line, length, "Retry-After:", &value)) {
    after->seconds = read_seconds(value);
    after->until = read_date(value, after->now);
  } else if (is_header(line, length, "Date:", &value)) {
    long long date = read_date(value, after->now);
    if (date > 0) after->date = date;
  }
}

long retry_after_seconds(const struct retry_after *after) {
  long long wait = after->until > 0 ? after->until - after->date : after->seconds;
  if (wait > RETRY_AFTER_MAX_S) return RETRY_AFTER_MAX_S;
  return wait > 0 ? (long)wait : 0;
}
