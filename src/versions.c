#include "versions.h"

#include <string.h>

#include "answer.h"
#include "json.h"
#include "log.h"

static const struct {
  const char *name, *path;
} VERSIONS[] = {
#define VERSION_ROW(id, name, path) {name, path},
    ASTRO_API_VERSIONS(VERSION_ROW)
#undef VERSION_ROW
};

static const char GONE[] = "astro.core.gone"; /* in the registry: base -> true, where v1beta1 is gone */
static const char TOLD[] = "astro.core.told"; /* likewise: notice -> true */

/* No more are told: a service could send another one each time. */
enum { NOTICES_MAX = 8 };

const char *versions_name(enum api_version version) { return VERSIONS[version].name; }

enum api_version versions_find(const char *name) {
  int version = 0;
  while (version < API_VERSION_COUNT && strcmp(VERSIONS[version].name, name) != 0) version++;
  return (enum api_version)version;
}

/* Pushes the registry's table of that name, and the text. */
static void push_set(lua_State *L, const char *name, const char *text, size_t length) {
  lua_getfield(L, LUA_REGISTRYINDEX, name);
  if (!lua_istable(L, -1)) {
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, LUA_REGISTRYINDEX, name);
  }
  lua_pushlstring(L, text, length);
}

static bool knows(lua_State *L, const char *set, const char *text, size_t length) {
  push_set(L, set, text, length);
  lua_rawget(L, -2);
  bool known = lua_toboolean(L, -1);
  lua_pop(L, 2);
  return known;
}

/* True the first time. */
static bool learn(lua_State *L, const char *set, const char *text, size_t length) {
  if (knows(L, set, text, length)) return false;
  push_set(L, set, text, length);
  lua_pushboolean(L, 1);
  lua_rawset(L, -3);
  lua_pop(L, 1);
  return true;
}

static bool write_url(const struct options *options, const char *version_path, const char *path,
                      struct buffer *url) {
  return buffer_add(url, options->base_url, options->base.length) &&
         buffer_add_text(url, version_path) && buffer_add_text(url, path);
}

bool versions_write_urls(lua_State *L, const struct options *options, const char *path,
                         struct transfer *transfer) {
  enum api_version version = options->api_version;
  transfer->base_length = options->base.length;
  if (options->base.has_path) return write_url(options, "", path, &transfer->url);
  if (version == API_AUTO) {
    bool is_gone = knows(L, GONE, options->base_url, options->base.length);
    version = is_gone ? API_V1 : API_V1BETA1;
    if (!is_gone && !write_url(options, VERSIONS[API_V1].path, path, &transfer->fallback)) return false;
  }
  return write_url(options, VERSIONS[version].path, path, &transfer->url);
}

/* 410, or a 404 that is not the API's own error. */
static bool says_gone(lua_State *L, const struct exchange *exchange) {
  const struct buffer *body = &exchange->body;
  long status = exchange_status(exchange);
  if (exchange->code != CURLE_OK || status != 404) return exchange->code == CURLE_OK && status == 410;
  int top = lua_gettop(L);
  bool own = false;
  if (body->length > 0 && json_decode_object(L, body->data, body->length)) {
    lua_getfield(L, -1, "message");
    lua_getfield(L, -2, "requestId");
    lua_getfield(L, -3, "statusCode");
    own = lua_type(L, -3) == LUA_TSTRING && (!lua_isnil(L, -2) || !lua_isnil(L, -1));
  }
  lua_settop(L, top);
  return !own;
}

bool versions_fall_back(lua_State *L, int session, struct transfer *transfer) {
  if (transfer->fallback.length == 0 || !says_gone(L, &transfer->exchange)) return false;
  /* A 404 of an endpoint that we do not know may also mean that there is no such endpoint. */
  bool tells = !transfer->exchange.any || exchange_status(&transfer->exchange) != 404;
  if (tells && learn(L, GONE, transfer->url.data, transfer->base_length)) {
    lua_pushfstring(L, "the service answers %d for API version %s: using %s from now on",
                    (int)exchange_status(&transfer->exchange), VERSIONS[API_V1BETA1].name,
                    VERSIONS[API_V1].name);
    log_warning(L, session, transfer->ticket);
  }
  buffer_free(&transfer->url);
  transfer->url = transfer->fallback;
  transfer->fallback = (struct buffer){0};
  return true;
}

static int count(lua_State *L, const char *set) {
  int members = 0;
  lua_getfield(L, LUA_REGISTRYINDEX, set);
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) members++;
  lua_pop(L, 1);
  return members;
}

void versions_tell_notice(lua_State *L, int session, const struct transfer *transfer) {
  const struct buffer *notice = &transfer->exchange.notice;
  if (notice->length == 0 || knows(L, TOLD, notice->data, notice->length)) return;
  if (count(L, TOLD) == NOTICES_MAX) return;
  learn(L, TOLD, notice->data, notice->length);
  lua_pushliteral(L, "the service says: ");
  answer_push_words(L, &transfer->exchange, notice->data, notice->length, notice->length);
  lua_concat(L, 2);
  log_warning(L, session, transfer->ticket);
}
