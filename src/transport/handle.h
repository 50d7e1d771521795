/* A curl easy handle and the headers that it sends. Both are kept for the next use, which is likely to
 * be alike: setting them up costs more than sending. */
#ifndef ASTRO_HANDLE_H
#define ASTRO_HANDLE_H

#include <curl/curl.h>
#include <stdbool.h>

#include "buffer.h"
#include "options.h"

#pragma GCC visibility push(hidden)

/* A zeroed one is empty and valid. */
struct handle {
  CURL *easy;
  struct curl_slist *headers;
  CURLU *url;
  struct buffer origin;  /* of the URL: scheme, host and port */
  struct buffer made_by; /* token and options; empty: it serves one use alone */
  bool by_bundle;        /* the system's hashed directory is known not to do */
  bool by_directory;     /* that directory is what it trusts, alone */
  bool is_spent;         /* its libcurl must not get another answer by it */
};

bool handle_open(struct handle *handle); /* False: no memory. */
void handle_close(struct handle *handle);

/* Whether it is set up for this token and these options by an earlier use. */
bool handle_serves(const struct handle *handle, const struct buffer *token,
                   const struct options *options);

/* Sets it up by its headers and the options; texts are copied. Gives what curl says. */
CURLcode handle_set_up(struct handle *handle, const struct options *options);

/* From now on it serves every call with the same token and options. */
void handle_keep(struct handle *handle, const struct buffer *token, const struct options *options);

/* Sets where it goes. Gives what curl says; the text is as before. */
CURLcode handle_aim(struct handle *handle, char *url);

/* To be called before each use; what it was set up with stays. False: no memory. */
bool handle_renew(struct handle *handle);

/* To be told of the end of each use. */
void handle_used(struct handle *handle);

/* Wipes and frees the headers; it serves nothing until it is set up again. */
void handle_forget(struct handle *handle);

/* Whether it failed because the system's hashed directory does not trust the server, which the bundle
 * may: some machines replace only that. Then it goes by the bundle from now on. */
bool handle_turns_to_bundle(struct handle *handle, CURLcode code);

#pragma GCC visibility pop

#endif
