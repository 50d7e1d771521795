#include "strict.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "transport/digit.h"

/* Fit any lua_Integer: OpenResty's lua-cjson, also in Neovim, cuts what is longer off at its limits. */
enum { DIGITS_MAX = 9 };

struct reading {
  const char *end;
  luaL_Buffer buffer; /* has what was read as far as this, some of it rewritten: */
  const char *copied;
  const char *problem, *problem_at;
  struct places *places;
};

/* Every function that takes something is called where it begins, and gives where it ends, or NULL. */

static const char *refuse(struct reading *reading, const char *at, const char *problem) {
  reading->problem = problem;
  reading->problem_at = at;
  return NULL;
}

static const char *skip_blanks(const char *at) {
  static const bool IS_BLANK[256] = {[' '] = true, ['\n'] = true, ['\r'] = true, ['\t'] = true};
  while (IS_BLANK[(unsigned char)*at]) at++;
  return at;
}

/* Eight bytes, of which the first is the lowest on any machine. */
static inline uint64_t load_word(const char *at) {
  const unsigned char *byte = (const unsigned char *)at;
  return (uint64_t)byte[0] | (uint64_t)byte[1] << 8 | (uint64_t)byte[2] << 16 |
         (uint64_t)byte[3] << 24 | (uint64_t)byte[4] << 32 | (uint64_t)byte[5] << 40 |
         (uint64_t)byte[6] << 48 | (uint64_t)byte[7] << 56;
}

/* The next quote or control character, or the end. With one bit turned over, a quote is below '!', too,
 * and nothing else is: one question, asked of eight bytes at once. */
static inline const char *next_stop(const char *at, const char *end) {
  static const uint64_t EACH = 0x0101010101010101U;
  for (; end - at >= 8; at += 8) {
    uint64_t turned = load_word(at) ^ EACH * ('"' ^ ' ');
    uint64_t below = (turned - EACH * '!') & ~turned & EACH * 0x80;
    if (below != 0) return at + __builtin_ctzll(below) / 8U;
  }
  while (at < end && *at != '"' && (unsigned char)*at >= ' ') at++;
  return at;
}

/* Whether the quote is one of the string's: the backslashes before it stand for themselves. */
static bool is_escaped(const char *quote) {
  const char *at = quote;
  while (at[-1] == '\\') at--;
  return (quote - at) % 2 != 0;
}

/* Every decoder checks what else stands behind a backslash. */
static inline const char *take_string(struct reading *reading, const char *first) {
  const char *stop = first;
  do {
    stop = next_stop(stop + 1, reading->end);
  } while (*stop == '"' && stop[-1] == '\\' && is_escaped(stop));
  if (*stop == '"') return stop + 1;
  return refuse(reading, first,
                stop == reading->end ? "no end of the string" : "a control character in the string");
}

/* Where its parts begin, and its end. A part that is not there ends where it begins. */
struct number {
  const char *whole, *point, *exponent, *end;
};

/* 1.50 as 150e-2: which decimal point a decoder expects is its locale's affair. */
static void rewrite(struct reading *reading, const struct number *number) {
  luaL_Buffer *buffer = &reading->buffer;
  const char *fraction = number->point + (*number->point == '.'), *digits = fraction;
  char exponent[32];
  luaL_addlstring(buffer, reading->copied, (size_t)(number->whole - reading->copied));
  if (*number->whole != '0')
    luaL_addlstring(buffer, number->whole, (size_t)(number->point - number->whole));
  else
    while (*digits == '0' && digits + 1 < number->exponent) digits++;
  luaL_addlstring(buffer, digits, (size_t)(number->exponent - digits));
  long long shift = number->end > number->exponent ? strtoll(number->exponent + 1, NULL, 10) : 0;
  if (shift < -LLONG_MAX / 2) shift = -LLONG_MAX / 2; /* zero in any case */
  (void)snprintf(exponent, sizeof exponent, "e%lld", shift - (number->exponent - fraction));
  luaL_addstring(buffer, exponent);
  reading->copied = number->end;
}

static const char *skip_digits(const char *at) {
  while (is_digit(*at)) at++;
  return at;
}

/* A short whole number is what every decoder gives, but where Lua has integers. */
static const char *take_number(struct reading *reading, const char *first, int depth) {
  struct number number;
  number.whole = first + (*first == '-');
  number.point = skip_digits(number.whole);
  number.exponent = *number.point == '.' ? skip_digits(number.point + 1) : number.point;
  number.end = number.exponent;
  if (*number.end == 'e' || *number.end == 'E') {
    bool has_sign = number.end[1] == '+' || number.end[1] == '-';
    number.end = skip_digits(number.end + 1 + has_sign);
  }
  bool has_digits =
      is_digit(number.point[-1]) && is_digit(number.exponent[-1]) && is_digit(number.end[-1]);
  if (!has_digits || (*number.whole == '0' && is_digit(number.whole[1])))
    return refuse(reading, first, "an invalid number");
  bool is_short = number.end == number.point && number.point - number.whole <= DIGITS_MAX;
  if (COMPAT_INTEGERS || !is_short) places_note(reading->places, depth);
  if (number.exponent > number.point || number.point - number.whole > DIGITS_MAX)
    rewrite(reading, &number);
  return number.end;
}

static const char *take_value(struct reading *reading, const char *at, int depth);

/* Writes [] as [null], which is dropped later: no decoder tells that an empty table was a list. */
static const char *take_empty_array(struct reading *reading, const char *bracket, int depth) {
  places_note(reading->places, depth);
  luaL_addlstring(&reading->buffer, reading->copied, (size_t)(bracket - reading->copied));
  luaL_addstring(&reading->buffer, "null");
  reading->copied = bracket;
  return bracket + 1;
}

/* The bracket, or the brace, stands in so many containers. */
static const char *take_array(struct reading *reading, const char *at, int depth) {
  at = skip_blanks(at + 1);
  if (*at == ']') return take_empty_array(reading, at, depth);
  depth++;
  for (size_t number = 1;; number++, at = skip_blanks(at + 1)) {
    places_at(reading->places, depth, NULL, number);
    if ((at = take_value(reading, at, depth)) == NULL) return NULL;
    at = skip_blanks(at);
    if (*at == ']') break;
    if (*at != ',') return refuse(reading, at, "',' or ']' expected");
  }
  places_leave(reading->places, depth);
  return at + 1;
}

/* Takes a key with its colon. */
static const char *take_key(struct reading *reading, const char *at, int depth) {
  if (*at != '"') return refuse(reading, at, "a key expected");
  const char *end = take_string(reading, at);
  if (end == NULL) return NULL;
  places_at(reading->places, depth, at + 1, (size_t)(end - at) - 2);
  at = skip_blanks(end);
  return *at == ':' ? at + 1 : refuse(reading, at, "':' expected");
}

static const char *take_object(struct reading *reading, const char *at, int depth) {
  at = skip_blanks(at + 1);
  if (*at == '}') places_note(reading->places, depth); /* vim.json marks it */
  if (*at == '}') return at + 1;
  depth++;
  for (;; at = skip_blanks(at + 1)) {
    if ((at = take_key(reading, at, depth)) == NULL) return NULL;
    at = skip_blanks(at);
    at = *at == '"' ? take_string(reading, at) : take_value(reading, at, depth); /* most are strings */
    if (at == NULL) return NULL;
    at = skip_blanks(at);
    if (*at == '}') break;
    if (*at != ',') return refuse(reading, at, "',' or '}' expected");
  }
  places_leave(reading->places, depth);
  return at + 1;
}

static const char *take_word(struct reading *reading, const char *at, const char *word) {
  size_t length = strlen(word);
  return strncmp(at, word, length) == 0 ? at + length : refuse(reading, at, "a value expected");
}

/* Inside of so many containers. */
static const char *take_value(struct reading *reading, const char *at, int depth) {
  bool is_too_deep = depth == DEPTH_MAX && (*at == '{' || *at == '[');
  if (is_too_deep) return refuse(reading, at, "more than 100 levels");
  switch (*at) {
    case '"':
      return take_string(reading, at);
    case '{':
      return take_object(reading, at, depth);
    case '[':
      return take_array(reading, at, depth);
    case 't':
      return take_word(reading, at, "true");
    case 'f':
      return take_word(reading, at, "false");
    case 'n':
      places_note(reading->places, depth);
      return take_word(reading, at, "null");
    default:
      if (*at == '-' || is_digit(*at)) return take_number(reading, at, depth);
      return refuse(reading, at, "a value expected");
  }
}

static const char *take_text(struct reading *reading, const char *at) {
  if (strncmp(at, "\xef\xbb\xbf", 3) == 0) return refuse(reading, at, "a byte order mark");
  at = take_value(reading, skip_blanks(at), 0);
  if (at == NULL) return NULL;
  at = skip_blanks(at);
  return at == reading->end ? at : refuse(reading, at, "the end expected");
}

bool strict_push(lua_State *L, const char *text, size_t length, struct places *places) {
  int top = lua_gettop(L);
  struct reading reading;
  places_begin(places);
  reading.places = places;
  reading.end = text + length;
  reading.copied = text;
  luaL_buffinit(L, &reading.buffer);
  bool is_taken = take_text(&reading, text) != NULL;
  if (is_taken && reading.copied > text) {
    luaL_addlstring(&reading.buffer, reading.copied, (size_t)(reading.end - reading.copied));
    luaL_pushresult(&reading.buffer);
    return true;
  }
  lua_settop(L, top); /* without the buffer */
  if (is_taken)
    lua_pushlstring(L, text, length);
  else
    lua_pushfstring(L, "%s at character %d", reading.problem, (int)(reading.problem_at - text) + 1);
  return is_taken;
}
