/* Masking and wiping. */
#ifndef ASTRO_SECRET_H
#define ASTRO_SECRET_H

#include <stddef.h>

#pragma GCC visibility push(hidden)

/* Shorter ones are not masked: they are words of test set-ups ("token", "secret"), and masking them
 * would tear holes into the server's sentences. No real token or password is that short. */
enum { SECRET_LENGTH_MIN = 8 };

/* Overwrites memory in a way that no compiler takes out. */
void secret_wipe(void *data, size_t length);

/* Replaces every occurrence of secret in text, as JSON may write it too, by "***", in place; gives the
 * new, never larger length. */
size_t secret_mask(char *text, size_t length, const char *secret, size_t secret_length);

/* The same for the password in every URL within the text. */
size_t secret_mask_urls(char *text, size_t length);

#pragma GCC visibility pop

#endif
