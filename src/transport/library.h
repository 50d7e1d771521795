/* What the libcurl is that serves this process, which may be another than the headers are of. */
#ifndef ASTRO_LIBRARY_H
#define ASTRO_LIBRARY_H

#include <curl/curl.h>

#pragma GCC visibility push(hidden)

/* Asked once, whichever thread is first: libcurl writes its answer anew each time, into one place for
 * all. */
const curl_version_info_data *library_info(void);

#pragma GCC visibility pop

#endif
