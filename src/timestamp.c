#include "timestamp.h"

#include <stdbool.h>

#include "transport/calendar.h"
#include "transport/digit.h"

/* As many digits of a fraction as a double tells apart; more could add up to 1. */
enum { DIGITS_KEPT = 15 };

static const char FORM[] = "0000-00-00T00:00:00";
enum { FORM_LENGTH = sizeof FORM - 1 };

static bool fits_form(const char *text, size_t length, const char *form, size_t form_length) {
  if (length < form_length) return false;
  for (size_t i = 0; i < form_length; i++) {
    bool fits =
        form[i] == '0' ? is_digit(text[i]) : text[i] == form[i] || (form[i] == 'T' && text[i] == 't');
    if (!fits) return false;
  }
  return true;
}

static int number_at(const char *text, int digits) {
  int number = 0;
  for (int i = 0; i < digits; i++) number = number * 10 + (text[i] - '0');
  return number;
}

/* Gives how long the digits are. */
static size_t read_fraction(const char *text, size_t length, double *fraction) {
  long long number = 0, scale = 1;
  size_t count = 0;
  for (; count < length && is_digit(text[count]); count++) {
    if (count >= DIGITS_KEPT) continue;
    number = number * 10 + (text[count] - '0');
    scale *= 10;
  }
  *fraction = (double)number / (double)scale;
  return count;
}

/* "Z" or "+02:00", in seconds east of UTC. */
static bool read_offset(const char *text, size_t length, int *offset) {
  static const char OFFSET[] = "00:00";
  *offset = 0;
  if (length == 1 && (*text == 'Z' || *text == 'z')) return true;
  if (length != sizeof OFFSET || (*text != '+' && *text != '-')) return false;
  if (!fits_form(text + 1, length - 1, OFFSET, sizeof OFFSET - 1)) return false;
  int hours = number_at(text + 1, 2), minutes = number_at(text + 4, 2);
  *offset = (*text == '-' ? -60 : 60) * (hours * 60 + minutes);
  return hours < 24 && minutes < 60;
}

/* Whether a month of UTC begins at the seconds, which are less than two days from the date. */
static bool begins_month(long long seconds, const struct date *date) {
  struct date own = {.year = date->year, .month = date->month, .day = 1}, next = own;
  next.month = own.month % 12 + 1;
  next.year += next.month == 1;
  return seconds == calendar_seconds(&own) || seconds == calendar_seconds(&next);
}

const char *timestamp_read(const char *text, size_t length, long long *seconds, double *fraction) {
  static const char NONE[] = "not a timestamp such as 2024-01-12T18:32:20.589Z";
  *fraction = 0;
  if (!fits_form(text, length, FORM, FORM_LENGTH)) return NONE;
  size_t at = FORM_LENGTH;
  if (at < length && is_digit(text[at])) return NONE;
  if (at < length && text[at] == '.') {
    size_t digits = read_fraction(text + at + 1, length - at - 1, fraction);
    if (digits == 0) return NONE;
    at += 1 + digits;
  }
  int offset;
  if (!read_offset(text + at, length - at, &offset)) return "no offset such as Z or +02:00 at its end";
  struct date date = {
      number_at(text, 4),      number_at(text + 5, 2),  number_at(text + 8, 2),
      number_at(text + 11, 2), number_at(text + 14, 2), number_at(text + 17, 2),
  };
  if (!calendar_has_day(&date)) return "no such day";
  if (!calendar_has_time(&date)) return "no such time of day";
  *seconds = calendar_seconds(&date) - offset;
  bool is_leap_second = date.second == 60;
  if (is_leap_second && !begins_month(*seconds, &date))
    return "a leap second that is not the last of a month";
  return NULL;
}
