#include "kinds.h"

#include <string.h>

static const struct {
  const char *name, *when;
} KINDS[] = {
#define KIND_ROW(name, when) {#name, when},
    ASTRO_KINDS(KIND_ROW)
#undef KIND_ROW
};

static const struct {
  long status;
  enum kind kind;
  const char *phrase;
} STATUSES[] = {
    {400, KIND_invalid, "Bad Request"},
    {401, KIND_unauthorized, "Unauthorized"},
    {403, KIND_forbidden, "Forbidden"},
    {404, KIND_not_found, "Not Found"},
    {405, KIND_invalid, "Method Not Allowed"},
    {408, KIND_invalid, "Request Timeout"},
    {409, KIND_conflict, "Conflict"},
    {410, KIND_invalid, "Gone"},
    {413, KIND_invalid, "Content Too Large"},
    {422, KIND_invalid, "Unprocessable Content"},
    {429, KIND_rate_limited, "Too Many Requests"},
    {500, KIND_server, "Internal Server Error"},
    {501, KIND_server, "Not Implemented"},
    {502, KIND_server, "Bad Gateway"},
    {503, KIND_server, "Service Unavailable"},
    {504, KIND_server, "Gateway Timeout"},
    {200, KIND_decode, "OK"},
    {201, KIND_decode, "Created"},
    {202, KIND_decode, "Accepted"},
    {204, KIND_decode, "No Content"},
    {301, KIND_invalid, "Moved Permanently"},
    {302, KIND_invalid, "Found"},
    {303, KIND_invalid, "See Other"},
    {304, KIND_invalid, "Not Modified"},
    {307, KIND_invalid, "Temporary Redirect"},
    {308, KIND_invalid, "Permanent Redirect"},
};

/* Every code that is not here is KIND_transport. */
static const struct {
  CURLcode code;
  enum kind kind;
} FAILURES[] = {
    {CURLE_COULDNT_RESOLVE_PROXY, KIND_connect},
    {CURLE_COULDNT_RESOLVE_HOST, KIND_connect},
    {CURLE_COULDNT_CONNECT, KIND_connect},
    {CURLE_INTERFACE_FAILED, KIND_connect},
#if LIBCURL_VERSION_NUM >= 0x074900
    {CURLE_PROXY, KIND_connect},
#endif
    {CURLE_OPERATION_TIMEDOUT, KIND_timeout},
    {CURLE_SSL_ENGINE_NOTFOUND, KIND_tls},
    {CURLE_SSL_ENGINE_SETFAILED, KIND_tls},
    {CURLE_SSL_CERTPROBLEM, KIND_tls},
    {CURLE_SSL_CIPHER, KIND_tls},
    {CURLE_PEER_FAILED_VERIFICATION, KIND_tls},
    {CURLE_USE_SSL_FAILED, KIND_tls},
    {CURLE_SSL_ENGINE_INITFAILED, KIND_tls},
    {CURLE_SSL_CACERT_BADFILE, KIND_tls},
    {CURLE_SSL_CRL_BADFILE, KIND_tls},
    {CURLE_SSL_ISSUER_ERROR, KIND_tls},
    {CURLE_SSL_PINNEDPUBKEYNOTMATCH, KIND_tls},
    {CURLE_SSL_INVALIDCERTSTATUS, KIND_tls},
#if LIBCURL_VERSION_NUM >= 0x074d00
    {CURLE_SSL_CLIENTCERT, KIND_tls},
#endif
};

enum { KIND_ROWS = sizeof KINDS / sizeof *KINDS };
enum { STATUS_ROWS = sizeof STATUSES / sizeof *STATUSES };
enum { FAILURE_ROWS = sizeof FAILURES / sizeof *FAILURES };

const char *kind_name(enum kind kind) { return KINDS[kind].name; }
const char *kind_when(enum kind kind) { return KINDS[kind].when; }

enum kind kind_of_status(long status) {
  for (int i = 0; i < STATUS_ROWS; i++) {
    if (STATUSES[i].status == status) return STATUSES[i].kind;
  }
  return status >= 500 ? KIND_server : KIND_invalid;
}

const char *status_phrase(long status) {
  for (int i = 0; i < STATUS_ROWS; i++) {
    if (STATUSES[i].status == status) return STATUSES[i].phrase;
  }
  return NULL;
}

/* CURLE_SSL_CONNECT_ERROR is both "the peer refused our TLS" and "the peer went away inside the
 * handshake"; only the TLS library's own words, which no locale translates, tell them apart. */
static bool refused_in_tls(const char *text) {
  if (strstr(text, "unexpected eof") != NULL) return false;
  return strstr(text, "SSL routines") != NULL || strstr(text, "alert") != NULL;
}

enum kind kind_of_failure(CURLcode code, bool established, const char *text) {
  if (code == CURLE_SSL_CONNECT_ERROR) return refused_in_tls(text) ? KIND_tls : KIND_connect;
  for (int i = 0; i < FAILURE_ROWS; i++) {
    if (FAILURES[i].code == code) return FAILURES[i].kind;
  }
  return established ? KIND_transport : KIND_connect;
}

bool failure_of_kind(const char *name, CURLcode *code) {
  *code = CURLE_RECV_ERROR; /* a connection that broke */
  for (int i = 0; i < FAILURE_ROWS; i++) {
    if (strcmp(kind_name(FAILURES[i].kind), name) != 0) continue;
    *code = FAILURES[i].code;
    break;
  }
  return strcmp(kind_name(kind_of_failure(*code, true, "")), name) == 0;
}

bool failure_is_final(long proxy_status, const char *text) {
  static const char UNSUPPORTED[] = "Unsupported proxy";
  return proxy_status == 407 || strncmp(text, UNSUPPORTED, sizeof UNSUPPORTED - 1) == 0;
}
