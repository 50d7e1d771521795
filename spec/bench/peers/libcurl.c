/* libcurl alone: fetches and throws the body away. */
#include <stdlib.h>

#include "get.h"

static size_t throw_away(char *bytes, size_t size, size_t count, void *userdata) {
  (void)bytes;
  (void)userdata;
  return size * count;
}

int main(int count, char **arguments) {
  if (count != 5) return 2;
  CURL *easy = get_open(arguments[1], arguments[2], arguments[3], throw_away);
  for (int left = atoi(arguments[4]); left > 0; left--)
    if (easy == NULL || curl_easy_perform(easy) != CURLE_OK) return 1;
  return 0;
}
