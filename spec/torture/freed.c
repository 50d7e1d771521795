/* What our sources are compiled to call in place of malloc, free and curl's lists of headers: says on
 * stderr where a block that goes still has SPEC_MARK in it. */
#include <curl/curl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *torture_malloc(size_t size);
void torture_free(void *block);
struct curl_slist *torture_slist_append(struct curl_slist *list, const char *text);
void torture_slist_free(struct curl_slist *list);

static unsigned long looked_at;

static void look(const char *block, size_t size) {
  const char *mark = getenv("SPEC_MARK");
  looked_at++;
  if (memmem(block, size, mark, strlen(mark)) != NULL) (void)fputs("freed with the mark\n", stderr);
}

/* Zeroed, so that what somebody else left in a block is not taken for ours. */
void *torture_malloc(size_t size) {
  void *block = malloc(size);
  if (block != NULL) memset(block, 0, malloc_usable_size(block));
  return block;
}

void torture_free(void *block) {
  if (block != NULL) look(block, malloc_usable_size(block));
  free(block);
}

/* Likewise zeroed, behind the text. */
struct curl_slist *torture_slist_append(struct curl_slist *list, const char *text) {
  struct curl_slist *longer = curl_slist_append(list, text);
  if (longer == NULL) return NULL;
  struct curl_slist *last = longer;
  while (last->next != NULL) last = last->next;
  size_t length = strlen(last->data) + 1;
  memset(last->data + length, 0, malloc_usable_size(last->data) - length);
  return longer;
}

void torture_slist_free(struct curl_slist *list) {
  for (const struct curl_slist *entry = list; entry != NULL; entry = entry->next)
    look(entry->data, malloc_usable_size(entry->data));
  curl_slist_free_all(list);
}

__attribute__((destructor)) static void tell(void) {
  (void)fprintf(stderr, "looked at %lu\n", looked_at);
}
