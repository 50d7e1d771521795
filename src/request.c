#include "request.h"

#include <curl/curl.h>
#include <string.h>

#include "arguments.h"
#include "headers.h"
#include "versions.h"

enum { PATH_MAX_LENGTH = 16384 };

/* Options, and what hangs on them, are read last: a token function may change anything, and what is
 * checked here stays so until it is written. */
static void read_options(lua_State *L, int index, struct request *request) {
  request->options_index = index;
  options_read(L, index, request->function, &request->options);
  headers_check(L, request);
}

int request_check_options(lua_State *L) {
  struct request request = {.function = luaL_checkstring(L, 2)};
  lua_settop(L, 2);
  luaL_checkstack(L, 20, "options");
  read_options(L, 1, &request);
  return 0;
}

void request_read_deployment(lua_State *L, int first, const char *function, struct request *request) {
  *request = (struct request){.function = function, .method = "GET"};
  lua_settop(L, first + 3);
  luaL_checkstack(L, 20, "request");
  const char *id = argument_id(L, first + 1, function, "id", NULL);
  request->token = argument_token(L, first + 2, function, &request->token_length);
  const char *organization = argument_id(L, first, function, "org", "ASTRO_ORGANIZATION_ID");
  read_options(L, first + 3, request);
  request->path = lua_pushfstring(L, "/organizations/%s/deployments/%s", organization, id);
  request->target = lua_pushfstring(L, "deployment %s", id);
}

/* Pushes the field, which keeps its text alive. Runs no Lua code. */
static const char *read_field(lua_State *L, int index, const char *name, size_t *length) {
  lua_pushstring(L, name);
  lua_rawget(L, index);
  return lua_tolstring(L, -1, length);
}

static bool read_flag(lua_State *L, int index, const char *name) {
  lua_pushstring(L, name);
  lua_rawget(L, index);
  bool flag = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return flag;
}

static bool is_method(const char *method) {
  static const char *const METHODS[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
  for (size_t i = 0; i < sizeof METHODS / sizeof *METHODS; i++) {
    if (method != NULL && strcmp(METHODS[i], method) == 0) return true;
  }
  return false;
}

/* Whether a path's segment is "." or "..", encoded or not. */
static bool walks(const char *segment, size_t length) {
  int dots = 0;
  for (size_t i = 0; i < length; dots++) {
    if (segment[i] == '.')
      i++;
    else if (length - i >= 3 && curl_strnequal(segment + i, "%2e", 3))
      i += 3;
    else
      return false;
  }
  return dots == 1 || dots == 2;
}

/* What RFC 3986 allows behind the host, without segments that walk. */
static bool is_path(const char *path, size_t length) {
  static const char ALLOWED[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/%?";
  if (path == NULL || *path != '/' || length > PATH_MAX_LENGTH || strspn(path, ALLOWED) != length)
    return false;
  size_t end = strcspn(path, "?");
  for (const char *segment = path; segment < path + end; segment += strcspn(segment + 1, "/?") + 1) {
    if (walks(segment + 1, strcspn(segment + 1, "/?"))) return false;
  }
  return true;
}

void request_read(lua_State *L, int first, const char *function, struct request *request) {
  size_t path_length = 0;
  *request = (struct request){.function = function};
  lua_settop(L, first + 3);
  luaL_checkstack(L, 20, "request");
  luaL_checktype(L, first, LUA_TTABLE);
  request->token = argument_token(L, first + 1, function, &request->token_length);
  read_options(L, first + 2, request);
  request->options.timeout = luaL_optnumber(L, first + 3, request->options.timeout);
  request->method = read_field(L, first, "method", NULL);
  request->path = read_field(L, first, "path", &path_length);
  request->target = read_field(L, first, "target", NULL);
  request->body = read_field(L, first, "body", &request->body_length);
  request->any = read_flag(L, first, "any");
  request->raw = read_flag(L, first, "raw");
  request->whole = read_flag(L, first, "whole");
  request->head = read_flag(L, first, "head");
  if (!is_method(request->method))
    argument_error(L, function, "method", "GET, POST, PUT, PATCH or DELETE expected");
  if (!is_path(request->path, path_length))
    argument_error(L, function, "path",
                   "a path that begins with '/', without '.' and '..' segments expected");
  if (request->target == NULL) argument_error(L, function, "target", "a string expected");
}

static bool set_up_transfer(lua_State *L, const struct request *request, struct transfer *transfer) {
  if (transfer_is_set_up(transfer, &request->options)) return true;
  handle_forget(&transfer->handle);
  if (!headers_write(L, request, transfer)) return false;
  CURLcode code = transfer_set_up(transfer, &request->options);
  if (code == CURLE_OK || code == CURLE_OUT_OF_MEMORY) return code == CURLE_OK;
  luaL_error(L, "%s: curl refuses an option: %s", request->function, curl_easy_strerror(code));
  return false;
}

bool request_fill(lua_State *L, const struct request *request, struct transfer *transfer) {
  transfer->exchange.any = request->any;
  transfer->exchange.raw = request->raw;
  transfer->exchange.whole = request->whole;
  transfer->exchange.keeps_head = request->whole || request->head;
  transfer->has_body = request->body != NULL;
  if (!buffer_add_text(&transfer->exchange.method, request->method)) return false;
  transfer_limit(transfer, &request->options);
  return versions_write_urls(L, &request->options, request->path, transfer) &&
         buffer_add(&transfer->exchange.token, request->token, request->token_length) &&
         buffer_add_text(&transfer->exchange.target, request->target) &&
         buffer_add(&transfer->upload, request->body, request->body_length);
}

bool request_write(lua_State *L, const struct request *request, struct transfer *transfer) {
  return request_fill(L, request, transfer) && set_up_transfer(L, request, transfer);
}
