/* Preloaded: says at its end on stderr how many easy handles a program had. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static int count;

static void tell(void) { fprintf(stderr, "handles: %d\n", count); }

static void count_one(void) {
  if (count++ == 0) atexit(tell);
}

void *curl_easy_init(void) {
  void *(*init)(void) = (void *(*)(void))dlsym(dlopen("libcurl.so.4", RTLD_NOW), "curl_easy_init");
  count_one();
  return init();
}

void *curl_easy_duphandle(void *easy) {
  void *(*duplicate)(void *) =
      (void *(*)(void *))dlsym(dlopen("libcurl.so.4", RTLD_NOW), "curl_easy_duphandle");
  count_one();
  return duplicate(easy);
}
