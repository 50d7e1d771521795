#define _POSIX_C_SOURCE 200809L
#include "trust.h"

#include <curl/curl.h>
#include <dirent.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "library.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *directory, *bundle;

/* As OpenSSL names them: "5ad8a5d6.0". */
static bool is_hashed_name(const char *name) {
  return strspn(name, "0123456789abcdef") == 8 && strcmp(name + 8, ".0") == 0;
}

static bool is_hashed(const char *path) {
  bool found = false;
  const struct dirent *entry;
  DIR *open = opendir(path);
  if (open == NULL) return false;
  while (!found && (entry = readdir(open)) != NULL) found = is_hashed_name(entry->d_name);
  closedir(open);
  return found;
}

static void look(void) {
#if LIBCURL_VERSION_NUM >= 0x074600 /* before 7.70 it does not say where they are */
  const curl_version_info_data *curl = library_info();
  if (curl->age < CURLVERSION_SEVENTH) return;
  bundle = curl->cainfo;
  bool can = curl->ssl_version != NULL && strncmp(curl->ssl_version, "OpenSSL", 7) == 0;
  if (can && bundle != NULL && curl->capath != NULL && is_hashed(curl->capath))
    directory = curl->capath;
#endif
}

const char *trust_directory(void) {
  pthread_once(&once, look);
  return directory;
}

const char *trust_bundle(void) {
  pthread_once(&once, look);
  return bundle;
}
