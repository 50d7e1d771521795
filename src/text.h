/* What others say: looked at before it is sent, and made fit to stand inside one line of a message. */
#ifndef ASTRO_TEXT_H
#define ASTRO_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

/* Whether an ASCII control character is in it. */
bool text_has_control(const char *text, size_t length);

/* The code of the character at text, of which there are at least one byte, and its length; -1, and 1,
 * for a byte that is no UTF-8. */
long text_decode(const char *text, size_t length, size_t *used);

/* Whether a character acts on a terminal: controls, separators of lines and paragraphs, marks and
 * overrides of the writing's direction. */
bool text_acts(long code);

/* Whether all of it is UTF-8, and no character acts on a terminal. */
bool text_is_safe(const char *text, size_t length);

/* Room for text_number. */
enum { TEXT_NUMBER_MAX = 32 };

/* Writes a number as every locale's users can read it: with a point. */
void text_number(char *to, double number);

/* In place: markup's tags go if the text begins with one; runs of blanks, control characters and what
 * else acts on a terminal become one blank, a byte that is no UTF-8 a question mark; the ends are
 * trimmed, and what passes limit is cut between two characters, never within one. Gives the new, never
 * larger length. */
size_t text_one_line(char *text, size_t length, size_t limit);

#pragma GCC visibility pop

#endif
