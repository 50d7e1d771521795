/* Preloaded: says on stderr when an easy handle is made and freed, and at the end how many a program had. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static int count;

static void tell(void) { fprintf(stderr, "handles: %d\n", count); }

static void count_one(void) {
  if (count++ == 0) atexit(tell);
  fputs("handle made\n", stderr);
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

void curl_easy_cleanup(void *easy) {
  void (*cleanup)(void *) = (void (*)(void *))dlsym(dlopen("libcurl.so.4", RTLD_NOW), "curl_easy_cleanup");
  if (easy != NULL) fputs("handle freed\n", stderr);
  cleanup(easy);
}
