/* Which of the system's two forms of trusted authorities is used: the directory of hashed names, of
 * which a connection reads one file, or the bundle, which is parsed whole and takes half of a cold
 * start. */
#ifndef ASTRO_TRUST_H
#define ASTRO_TRUST_H

#pragma GCC visibility push(hidden)

/* libcurl's own directory, where it is hashed and the TLS library can use it; else NULL. */
const char *trust_directory(void);

/* libcurl's own bundle; NULL: none. */
const char *trust_bundle(void);

#pragma GCC visibility pop

#endif
