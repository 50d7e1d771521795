#define _POSIX_C_SOURCE 200809L
#include "request.h"

#include <string.h>
#include <strings.h>

#include "gone.h"
#include "headers.h"
#include "text.h"

enum { ID_MAX = 128, TOKEN_MAX = 16384 };

/* Never repeats the value: it may be a token in the wrong place. */
static int bad_argument(lua_State *L, const struct request *request, const char *name,
                        const char *problem) {
  return luaL_error(L, "bad argument '%s' to '%s' (%s)", name, request->function, problem);
}

/* A string argument or, where it is nil, the environment's. */
static const char *read_string(lua_State *L, int index, const struct request *request, const char *name,
                               const char *environment, size_t *length) {
  const char *text = NULL;
  if (lua_type(L, index) == LUA_TSTRING) return lua_tolstring(L, index, length);
  if (environment != NULL && lua_isnoneornil(L, index)) text = options_environment(environment);
  if (text == NULL) {
    const char *problem = lua_pushfstring(L, "a string expected, got %s", luaL_typename(L, index));
    if (environment != NULL && lua_isnoneornil(L, index))
      problem = lua_pushfstring(L, "%s, and %s is not set", problem, environment);
    bad_argument(L, request, name, problem);
    return NULL;
  }
  *length = strlen(text);
  return text;
}

static const char *read_id(lua_State *L, int index, const struct request *request, const char *name,
                           const char *environment) {
  static const char ALLOWED[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  size_t length = 0;
  const char *text = read_string(L, index, request, name, environment, &length);
  if (length == 0) bad_argument(L, request, name, "an id expected, got an empty string");
  if (length > ID_MAX) bad_argument(L, request, name, "an id of at most 128 characters expected");
  if (strspn(text, ALLOWED) != length)
    bad_argument(L, request, name, "an id of letters, digits, '_' and '-' expected");
  return text;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static void trim(const char **text, size_t *length) {
  while (*length > 0 && is_space(**text)) {
    (*text)++;
    (*length)--;
  }
  while (*length > 0 && is_space((*text)[*length - 1])) (*length)--;
}

/* One "Bearer" in front, as people paste it. */
static void take_off_scheme(const char **text, size_t *length) {
  static const char SCHEME[] = "Bearer";
  const size_t scheme_length = sizeof SCHEME - 1;
  if (*length < scheme_length || strncasecmp(*text, SCHEME, scheme_length) != 0) return;
  if (*length > scheme_length && !is_space((*text)[scheme_length])) return;
  *text += scheme_length;
  *length -= scheme_length;
  trim(text, length);
}

static void read_token(lua_State *L, int index, struct request *request) {
  if (lua_isfunction(L, index)) {
    lua_pushvalue(L, index);
    lua_call(L, 0, 1);
    lua_replace(L, index);
    if (lua_type(L, index) != LUA_TSTRING)
      bad_argument(L, request, "token", "the function must return a string");
  }
  size_t length = 0;
  const char *text = read_string(L, index, request, "token", "ASTRO_API_TOKEN", &length);
  trim(&text, &length);
  take_off_scheme(&text, &length);
  if (length == 0) bad_argument(L, request, "token", "a token expected, got an empty string");
  if (length > TOKEN_MAX) bad_argument(L, request, "token", "at most 16384 bytes expected");
  if (text_has_control(text, length))
    bad_argument(L, request, "token", "a token without control characters expected");
  request->token = text;
  request->token_length = length;
}

/* The token comes first: its function may change anything, and what is checked after it stays so. */
void request_read(lua_State *L, int first, const char *function, struct request *request) {
  *request = (struct request){.function = function, .options_index = first + 3};
  lua_settop(L, first + 3);
  luaL_checkstack(L, 20, "request");
  request->id = read_id(L, first + 1, request, "id", NULL);
  read_token(L, first + 2, request);
  request->organization = read_id(L, first, request, "org", "ASTRO_ORGANIZATION_ID");
  options_read(L, request->options_index, function, &request->options);
  headers_check(L, request);
}

static bool write_url(const struct request *request, const char *version, struct buffer *url) {
  const struct options *options = &request->options;
  return buffer_add(url, options->base_url, options->base.length) && buffer_add_text(url, version) &&
         buffer_add_text(url, "/organizations/") && buffer_add_text(url, request->organization) &&
         buffer_add_text(url, "/deployments/") && buffer_add_text(url, request->id);
}

static bool write_urls(lua_State *L, const struct request *request, struct transfer *transfer) {
  const struct options *options = &request->options;
  int version = options->api_version;
  transfer->base_length = options->base.length;
  if (options->base.has_path) return write_url(request, "", &transfer->url);
  if (version == API_AUTO) {
    version = API_V1BETA1;
    if (gone_is_known(L, options->base_url, options->base.length))
      version = API_V1;
    else if (!write_url(request, API_VERSION_PATHS[API_V1], &transfer->fallback))
      return false;
  }
  return write_url(request, API_VERSION_PATHS[version], &transfer->url);
}

/* The password in a proxy's URL: curl may name the URL in a message. */
static bool keep_proxy_password(const char *proxy, struct transfer *transfer) {
  const char *end = proxy == NULL ? NULL : strrchr(proxy, '@');
  if (end == NULL) return true;
  const char *user = strstr(proxy, "://");
  const char *colon = strchr(user == NULL ? proxy : user + 3, ':');
  if (colon == NULL || colon > end) return true;
  return buffer_add(&transfer->proxy_password, colon + 1, (size_t)(end - colon - 1));
}

bool request_write(lua_State *L, const struct request *request, struct transfer *transfer) {
  return write_urls(L, request, transfer) && headers_write(L, request, transfer) &&
         buffer_add(&transfer->token, request->token, request->token_length) &&
         buffer_add_text(&transfer->target, request->id) &&
         keep_proxy_password(request->options.proxy, transfer) &&
         transfer_configure(transfer, &request->options);
}
