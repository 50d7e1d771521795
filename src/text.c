#include "text.h"

#include <stdio.h>
#include <string.h>

bool text_has_control(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c < ' ' || c == 0x7f) return true;
  }
  return false;
}

static bool is_continuation(char c) { return ((unsigned char)c & 0xc0) == 0x80; }

/* Of UTF-8: how long a character is that begins so, 0 for what begins none. */
static size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

long text_decode(const char *text, size_t length, size_t *used) {
  static const long LEAST[] = {0, 0, 0x80, 0x800, 0x10000};
  unsigned char lead = (unsigned char)text[0];
  size_t count = sequence_length(lead);
  *used = 1;
  if (count == 1) return lead;
  if (count == 0 || count > length) return -1;
  long code = lead & (0x7f >> count);
  for (size_t i = 1; i < count; i++) {
    if (!is_continuation(text[i])) return -1;
    code = code << 6 | (text[i] & 0x3f);
  }
  if (code < LEAST[count] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return -1;
  *used = count;
  return code;
}

bool text_acts(long code) {
  static const struct {
    long first, last;
  } RANGES[] = {{0, 0x1f},        {0x7f, 0x9f},     {0x61c, 0x61c},
                {0x200e, 0x200f}, {0x2028, 0x202e}, {0x2066, 0x2069}};
  for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++) {
    if (code >= RANGES[i].first && code <= RANGES[i].last) return true;
  }
  return false;
}

bool text_is_safe(const char *text, size_t length) {
  for (size_t at = 0, used = 1; at < length; at += used, used = 1) {
    if (text[at] >= ' ' && text[at] <= '~') continue;
    long code = text_decode(text + at, length - at, &used);
    if (code < 0 || text_acts(code)) return false;
  }
  return true;
}

void text_number(char *to, double number) {
  char text[TEXT_NUMBER_MAX];
  (void)snprintf(text, sizeof text, "%.14g", number);
  for (const char *from = text; *from != '\0'; from++) {
    bool is_plain = (*from >= '0' && *from <= '9') || strchr("+-einfa", *from) != NULL;
    if (is_plain)
      *to++ = *from;
    else if (to[-1] != '.') /* some locales' point has several bytes */
      *to++ = '.';
  }
  *to = '\0';
}

static size_t cut(const char *text, size_t length, size_t limit) {
  if (length <= limit) return length;
  while (limit > 0 && is_continuation(text[limit])) limit--;
  return limit;
}

size_t text_one_line(char *text, size_t length, size_t limit) {
  size_t read = 0, written = 0;
  bool blank_due = false, in_tag = false, markup = false;
  for (size_t used; read < length; read += used) {
    long code = text_decode(text + read, length - read, &used);
    markup = markup || (code == '<' && written == 0);
    in_tag = in_tag || (markup && code == '<');
    if (in_tag || code == ' ' || text_acts(code)) {
      blank_due = written > 0;
      in_tag = in_tag && code != '>';
      continue;
    }
    if (blank_due) text[written++] = ' ';
    blank_due = false;
    if (code < 0) text[read] = '?';
    memmove(text + written, text + read, used);
    written += used;
  }
  return cut(text, written, limit);
}
