#include "secret.h"

#include <stdbool.h>
#include <string.h>

static const char MASK[] = "***";

/* Called through a volatile pointer, a write to memory that is about to be freed stays. */
static void *(*const volatile fill)(void *, int, size_t) = memset;

void secret_wipe(void *data, size_t length) { fill(data, 0, length); }

static int hex_digit(char c) {
  static const char DIGITS[] = "0123456789abcdef";
  const char *digit = c == '\0' ? NULL : strchr(DIGITS, c | (c >= 'A' && c <= 'Z' ? 0x20 : 0));
  return digit == NULL ? -1 : (int)(digit - DIGITS);
}

/* Whether four hexadecimal digits are one ASCII character. */
static bool hex_is(const char *digits, char c) {
  int code = 0;
  for (int i = 0; i < 4; i++) {
    int digit = hex_digit(digits[i]);
    if (digit < 0) return false;
    code = code * 16 + digit;
  }
  return code == c;
}

/* How much of the text is one ASCII character, plain or as JSON may have it: "\\/", "\\u002f". */
static size_t character_here(const char *text, size_t length, char c) {
  if (length >= 6 && text[0] == '\\' && text[1] == 'u' && hex_is(text + 2, c)) return 6;
  bool escapable = c == '/' || c == '"' || c == '\\';
  if (escapable && length >= 2 && text[0] == '\\' && text[1] == c) return 2;
  return length > 0 && text[0] == c ? 1 : 0;
}

/* How much of the text is the secret. */
static size_t secret_here(const char *text, size_t length, const char *secret, size_t secret_length) {
  size_t at = 0;
  for (size_t i = 0; i < secret_length; i++) {
    size_t used = character_here(text + at, length - at, secret[i]);
    if (used == 0) return 0;
    at += used;
  }
  return at;
}

size_t secret_mask(char *text, size_t length, const char *secret, size_t secret_length) {
  if (secret_length < SECRET_LENGTH_MIN) return length;
  size_t read = 0, written = 0;
  while (read < length) {
    size_t found = secret_here(text + read, length - read, secret, secret_length);
    if (found > 0) {
      memcpy(text + written, MASK, sizeof MASK - 1);
      written += sizeof MASK - 1;
      read += found;
    } else {
      text[written++] = text[read++];
    }
  }
  secret_wipe(text + written, length - written); /* what moved up still stands there */
  return written;
}

static size_t word_end(const char *text, size_t length, size_t start) {
  while (start < length && strchr(" \t\r\n'\"<>", text[start]) == NULL) start++;
  return start;
}

/* Where the password of a URL that is this word stands: its end is behind it. False: there is none. */
static bool find_password(const char *text, size_t start, size_t end, size_t *from, size_t *to) {
  size_t at = end, colon = start;
  while (at > start && text[at - 1] != '@') at--;
  if (at == start) return false;
  for (size_t i = start; i + 3 < at; i++) {
    if (memcmp(text + i, "://", 3) == 0) colon = i + 3;
  }
  while (colon < at && text[colon] != ':') colon++;
  *from = colon + 1;
  *to = at - 1;
  return *from < *to;
}

/* One pass, whatever there is to mask. */
size_t secret_mask_urls(char *text, size_t length) {
  size_t written = 0;
  for (size_t start = 0; start < length;) {
    size_t end = word_end(text, length, start), from, to;
    if (find_password(text, start, end, &from, &to)) {
      size_t mask = sizeof MASK - 1 < to - from ? sizeof MASK - 1 : to - from;
      memmove(text + written, text + start, from - start);
      written += from - start;
      memcpy(text + written, MASK, mask);
      written += mask;
      start = to;
    }
    if (end < length) end++; /* what ended the word stays */
    memmove(text + written, text + start, end - start);
    written += end - start;
    start = end;
  }
  secret_wipe(text + written, length - written);
  return written;
}
