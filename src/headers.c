#include "headers.h"

#include <curl/curl.h>
#include <string.h>

#include "text.h"
#include "transport/library.h"
#include "version.h"

enum { HEADER_MAX = 8192, HEADERS_MAX = 64 };

static const char USER_AGENT[] = "astro.core.user_agent"; /* in the registry: ours, made once */

/* Authentication and framing are ours alone; what we send must not stand there twice. */
static const char *const RESERVED_HEADERS[] = {
    "Authorization",
    "Proxy-Authorization",
    "Host",
    "Content-Length",
    "Transfer-Encoding",
    "Connection",
    "Accept",
    "Accept-Encoding",
    "User-Agent",
    "Upgrade",
    "Expect",
    "TE",
    "x-astro-client-identifier",
    "x-astro-client-version",
};
enum { RESERVED_COUNT = sizeof RESERVED_HEADERS / sizeof *RESERVED_HEADERS };

/* "lua-astro/0.1.0 (Lua 5.4; libcurl/7.88.1)" */
void headers_open(lua_State *L) {
  const char *lua;
  compat_rawglobal(L, "jit");
  if (lua_istable(L, -1)) {
    lua_getfield(L, -1, "version");
    lua_replace(L, -2);
  } else {
    lua_pop(L, 1);
    lua_getglobal(L, "_VERSION");
  }
  lua = lua_isstring(L, -1) ? lua_tostring(L, -1) : "Lua";
  lua_pushfstring(L, "lua-astro/%s (%s; libcurl/%s)", ASTRO_VERSION, lua, library_info()->version);
  lua_setfield(L, LUA_REGISTRYINDEX, USER_AGENT);
  lua_pop(L, 1);
}

static int bad_header(lua_State *L, const struct request *request, const char *expected) {
  return luaL_error(L, "bad option 'headers' to '%s' (%s)", request->function, expected);
}

static bool is_header_name(const char *name, size_t length) {
  static const char ALLOWED[] =
      "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  return length > 0 && strspn(name, ALLOWED) == length;
}

/* The header's name and value are on top of the stack. Names are compared by curl, here as elsewhere:
 * strcasecmp goes by the locale, which may have another small letter for I. */
static void check_header(lua_State *L, const struct request *request) {
  size_t name_length = 0, value_length = 0;
  if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TSTRING)
    bad_header(L, request, "names and values that are strings expected");
  const char *name = lua_tolstring(L, -2, &name_length);
  const char *value = lua_tolstring(L, -1, &value_length);
  if (!is_header_name(name, name_length))
    bad_header(L, request, "a name of letters, digits and '-' expected");
  for (int i = 0; i < RESERVED_COUNT; i++) {
    if (curl_strequal(name, RESERVED_HEADERS[i]))
      luaL_error(L, "bad option 'headers' to '%s' ('%s' is set by the library alone)",
                 request->function, RESERVED_HEADERS[i]);
  }
  if (text_has_control(value, value_length))
    bad_header(L, request, "a value without control characters expected");
  if (name_length + value_length > HEADER_MAX)
    bad_header(L, request, "at most 8192 bytes a header expected");
}

void headers_check(lua_State *L, const struct request *request) {
  int count = 0;
  if (!request->options.headers) return;
  options_push(L, request->options_index, "headers");
  lua_pushnil(L);
  while (lua_next(L, -2) != 0) {
    check_header(L, request);
    if (++count > HEADERS_MAX) bad_header(L, request, "at most 64 headers expected");
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

/* curl sends "Name;" as a header without a value. */
static bool add_header(struct transfer *transfer, const char *name, const char *value, size_t length) {
  struct buffer line = {0};
  struct curl_slist *headers = NULL;
  if (buffer_add_text(&line, name) && buffer_add_text(&line, length > 0 ? ": " : ";") &&
      buffer_add(&line, value, length))
    headers = curl_slist_append(transfer->handle.headers, line.data);
  buffer_free(&line);
  if (headers != NULL) transfer->handle.headers = headers;
  return headers != NULL;
}

static bool add_user_agent(lua_State *L, const struct request *request, struct transfer *transfer) {
  lua_getfield(L, LUA_REGISTRYINDEX, USER_AGENT);
  if (request->options.user_agent != NULL) {
    lua_pushfstring(L, "%s %s", request->options.user_agent, lua_tostring(L, -1));
    lua_remove(L, -2);
  }
  size_t length = 0;
  const char *value = lua_tolstring(L, -1, &length);
  bool ok = add_header(transfer, "User-Agent", value, length);
  lua_pop(L, 1);
  return ok;
}

static bool add_token(const struct request *request, struct transfer *transfer) {
  struct buffer value = {0};
  bool ok = buffer_add_text(&value, "Bearer ") &&
            buffer_add(&value, request->token, request->token_length) &&
            add_header(transfer, "Authorization", value.data, value.length);
  buffer_free(&value);
  return ok;
}

static bool add_own_headers(lua_State *L, const struct request *request, struct transfer *transfer) {
  bool ok = true;
  int top = lua_gettop(L);
  if (!request->options.headers) return true;
  options_push(L, request->options_index, "headers");
  lua_pushnil(L);
  while (ok && lua_next(L, -2) != 0) {
    size_t length = 0;
    const char *value = lua_tolstring(L, -1, &length);
    ok = add_header(transfer, lua_tostring(L, -2), value, length);
    lua_pop(L, 1);
  }
  lua_settop(L, top);
  return ok;
}

static bool has_own_header(lua_State *L, const struct request *request, const char *wanted) {
  bool found = false;
  int top = lua_gettop(L);
  if (!request->options.headers) return false;
  options_push(L, request->options_index, "headers");
  lua_pushnil(L);
  while (!found && lua_next(L, -2) != 0) {
    found = curl_strequal(lua_tostring(L, -2), wanted);
    lua_pop(L, 1);
  }
  lua_settop(L, top);
  return found;
}

/* "Expect:" keeps curl from asking first, which costs a second where the server is silent. */
static bool add_body_headers(lua_State *L, const struct request *request, struct transfer *transfer) {
  static const char TYPE[] = "Content-Type", JSON[] = "application/json";
  if (!has_own_header(L, request, TYPE) && !add_header(transfer, TYPE, JSON, sizeof JSON - 1))
    return false;
  return curl_slist_append(transfer->handle.headers, "Expect:") != NULL;
}

bool headers_write(lua_State *L, const struct request *request, struct transfer *transfer) {
  static const char JSON[] = "application/json, */*;q=0.1", CLIENT[] = "lua-astro";
  return add_token(request, transfer) && add_header(transfer, "Accept", JSON, sizeof JSON - 1) &&
         add_header(transfer, "x-astro-client-identifier", CLIENT, sizeof CLIENT - 1) &&
         add_header(transfer, "x-astro-client-version", ASTRO_VERSION, sizeof ASTRO_VERSION - 1) &&
         (request->body == NULL || add_body_headers(L, request, transfer)) &&
         add_user_agent(L, request, transfer) && add_own_headers(L, request, transfer);
}

/* "Name: value", or "Name;" for none; "Name:" is for curl, which then sends no such header. */
static void push_header(lua_State *L, const char *line) {
  size_t length = strcspn(line, ":;");
  if (line[length] == ':' && line[length + 1] == '\0') return;
  lua_pushlstring(L, line, length);
  lua_pushstring(L, line[length] == ':' ? line + length + 2 : "");
  lua_rawset(L, -3);
}

void headers_push(lua_State *L, const struct transfer *transfer) {
  lua_newtable(L);
  for (const struct curl_slist *line = transfer->handle.headers; line != NULL; line = line->next)
    push_header(L, line->data);
}
