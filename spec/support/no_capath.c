/* Preloaded: a libcurl whose TLS library knows no directories of authorities. */
#include <dlfcn.h>
#include <stdarg.h>

enum { CAPATH = 10097, NOT_BUILT_IN = 4 }; /* CURLOPT_CAPATH, CURLE_NOT_BUILT_IN */

int curl_easy_setopt(void *easy, int option, ...) {
  int (*set)(void *, int, ...) =
      (int (*)(void *, int, ...))dlsym(dlopen("libcurl.so.4", RTLD_NOW), "curl_easy_setopt");
  va_list arguments;
  va_start(arguments, option);
  void *value = va_arg(arguments, void *); /* as large as whatever an option may be */
  va_end(arguments);
  return option == CAPATH ? NOT_BUILT_IN : set(easy, option, value);
}
