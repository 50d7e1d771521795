#include "text.h"

bool text_has_control(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c < ' ' || c == 0x7f) return true;
  }
  return false;
}

/* How many bytes at text are a control character or a blank: U+0080 to U+009F are C2 80 to C2 9F. */
static size_t blank_length(const char *text, size_t length) {
  unsigned char first = (unsigned char)text[0];
  if (first <= ' ' || first == 0x7f) return 1;
  if (first != 0xc2 || length < 2) return 0;
  unsigned char second = (unsigned char)text[1];
  return second >= 0x80 && second <= 0x9f ? 2 : 0;
}

static bool is_continuation(char c) { return ((unsigned char)c & 0xc0) == 0x80; }

static size_t cut(const char *text, size_t length, size_t limit) {
  if (length <= limit) return length;
  while (limit > 0 && is_continuation(text[limit])) limit--;
  return limit;
}

size_t text_one_line(char *text, size_t length, size_t limit) {
  size_t read = 0, written = 0;
  bool blank_due = false, in_tag = false, markup = false;
  while (read < length) {
    size_t blank = blank_length(text + read, length - read);
    char c = text[read];
    markup = markup || (c == '<' && written == 0);
    in_tag = in_tag || (markup && c == '<');
    if (blank > 0 || in_tag) {
      blank_due = written > 0;
      in_tag = in_tag && c != '>';
      read += blank > 0 ? blank : 1;
      continue;
    }
    if (blank_due) text[written++] = ' ';
    blank_due = false;
    text[written++] = text[read++];
  }
  return cut(text, written, limit);
}
