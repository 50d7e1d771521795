#include "quoted.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

static const char REPLACEMENT[] = "\xef\xbf\xbd"; /* U+FFFD */

/* What has a letter of its own behind a backslash, and the letters. */
static const struct {
  const char *characters, *letters;
} SHORT[] = {
    [QUOTING_JSON] = {"\"\\\n\r\t\b\f", "\"\\nrtbf"}, [QUOTING_LUA] = {"\"\\\n\r\t", "\"\\nrt"}};

size_t quoted_plain(const char *text, size_t length) {
  size_t count = 0;
  for (char c; count < length; count++) {
    c = text[count];
    if (c < ' ' || c > '~' || c == '"' || c == '\\') break;
  }
  return count;
}

/* Every Lua knows three digits for a byte, not all know more. */
static size_t escape_bytes(char *to, const char *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) (void)snprintf(to + 4 * i, 5, "\\%03d", (unsigned char)bytes[i]);
  return 4 * count;
}

size_t quoted_character(char *to, enum quoting quoting, long code, const char *bytes, size_t count) {
  bool is_ascii = code > 0 && code < 0x80;
  const char *found = is_ascii ? strchr(SHORT[quoting].characters, (int)code) : NULL;
  if (found != NULL) {
    to[0] = '\\';
    to[1] = SHORT[quoting].letters[found - SHORT[quoting].characters];
    return 2;
  }
  if (code >= 0 && !text_acts(code)) {
    memcpy(to, bytes, count);
    return count;
  }
  if (quoting == QUOTING_LUA) return escape_bytes(to, bytes, count);
  if (code >= 0) return (size_t)snprintf(to, QUOTED_MAX, "\\u%04lx", (unsigned long)code);
  memcpy(to, REPLACEMENT, sizeof REPLACEMENT - 1);
  return sizeof REPLACEMENT - 1;
}
