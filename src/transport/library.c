#include "library.h"

#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const curl_version_info_data *info;

static void ask(void) { info = curl_version_info(CURLVERSION_NOW); }

const curl_version_info_data *library_info(void) {
  pthread_once(&once, ask);
  return info;
}
