#include "carried.h"

#include <curl/curl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "answer.h"
#include "headers.h"
#include "kinds.h"
#include "log.h"
#include "request.h"
#include "transport/base.h"
#include "versions.h"

/* Places on conclude's stack. Where the status is nil, MESSAGE and KIND stand for the next two. */
enum { CARRIED = 1, FUNCTION, STATUS, HEADERS, BODY, MESSAGE = HEADERS, KIND = BODY };

enum { STATUS_MAX = 999, HOST_MAX = 256, WORDS_MAX = 200 };

static const char TYPE[] = "astro.core.carried";

struct carried {
  struct transfer transfer; /* without a handle */
  char redirect[sizeof "https://" + HOST_MAX];
};

/* Pushes what is to be sent with the next attempt, which begins. */
static void push_attempt(lua_State *L, struct transfer *transfer) {
  transfer->state = TRANSFER_RUNNING;
  exchange_begin(&transfer->exchange);
  lua_createtable(L, 0, 5);
  lua_pushstring(L, transfer->exchange.method.data);
  lua_setfield(L, -2, "method");
  lua_pushstring(L, transfer->url.data);
  lua_setfield(L, -2, "url");
  headers_push(L, transfer);
  lua_setfield(L, -2, "headers");
  if (transfer->has_body) {
    lua_pushlstring(L, transfer->upload.data, transfer->upload.length);
    lua_setfield(L, -2, "body");
  }
  lua_pushnumber(L, (lua_Number)transfer_timeout_ms(transfer) / 1000);
  lua_setfield(L, -2, "timeout");
}

int carried_new(lua_State *L) {
  struct request request;
  request_read(L, 1, "carry", &request);
  struct carried *carried = lua_newuserdata(L, sizeof *carried);
  int place = lua_gettop(L);
  memset(carried, 0, sizeof *carried);
  luaL_getmetatable(L, TYPE);
  lua_setmetatable(L, place);
  log_open(L);
  struct transfer *transfer = &carried->transfer;
  if (!request_fill(L, &request, transfer) || !headers_write(L, &request, transfer))
    return luaL_error(L, "%s: not enough memory", request.function);
  if (request.options.log) {
    options_push(L, request.options_index, "log");
    log_keep(L, place, transfer->ticket);
  }
  push_attempt(L, transfer);
  return 2;
}

static void bad_result(lua_State *L, const char *expected) {
  luaL_error(L, "bad option 'transport' to '%s' (its function must return %s)",
             lua_tostring(L, FUNCTION), expected);
}

/* The value on top of the stack. */
static bool is_list_of_strings(lua_State *L) {
  size_t count = 0;
  if (!lua_istable(L, -1)) return false;
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
    bool is_item = lua_type(L, -2) == LUA_TNUMBER && lua_type(L, -1) == LUA_TSTRING;
    count += is_item ? 1 : 2; /* which no length is then */
  }
  return count == lua_rawlen(L, -1);
}

static void check_headers(lua_State *L) {
  if (!lua_istable(L, HEADERS)) bad_result(L, "a table of headers behind the status");
  for (lua_pushnil(L); lua_next(L, HEADERS) != 0; lua_pop(L, 1)) {
    bool is_value = lua_type(L, -1) == LUA_TSTRING || is_list_of_strings(L);
    if (lua_type(L, -2) != LUA_TSTRING || !is_value)
      bad_result(L, "headers that are strings or lists of strings, by their names");
  }
}

static void check_answer(lua_State *L) {
  lua_Number status = lua_type(L, STATUS) == LUA_TNUMBER ? lua_tonumber(L, STATUS) : NAN;
  if (!isfinite(status) || floor(status) != status)
    bad_result(L, "a whole number as status, or nil and why there is none");
  check_headers(L);
  if (lua_type(L, BODY) != LUA_TSTRING && !lua_isnil(L, BODY)) bad_result(L, "a string or nil as body");
}

/* What is no status is taken as curl does: for none. */
static void take_status(lua_State *L, struct exchange *exchange) {
  char line[sizeof "HTTP/1.1 999\r\n"];
  lua_Number status = lua_tonumber(L, STATUS);
  if (status < 0 || status > STATUS_MAX) status = 0;
  int length = snprintf(line, sizeof line, "HTTP/1.1 %03d\r\n", (int)status);
  exchange_take_header(exchange, line, (size_t)length);
}

/* The value on top of the stack, a string. Of where a redirect leads the host is all that is told. */
static void feed(lua_State *L, struct carried *carried, const char *name) {
  char host[HOST_MAX];
  size_t length = 0;
  const char *value = lua_tostring(L, -1);
  if (strcmp(name, "Location") != 0) {
    lua_pushfstring(L, "%s: %s\r\n", name, value);
    const char *line = lua_tolstring(L, -1, &length);
    exchange_take_header(&carried->transfer.exchange, line, length);
    lua_pop(L, 1);
  } else if (url_host(value, carried->transfer.url.data, host, sizeof host)) {
    (void)snprintf(carried->redirect, sizeof carried->redirect, "https://%s", host);
    carried->transfer.exchange.redirect = carried->redirect;
  }
}

static void take_header(lua_State *L, struct carried *carried, const char *name) {
  for (lua_pushnil(L); lua_next(L, HEADERS) != 0; lua_pop(L, 1)) {
    if (!curl_strequal(lua_tostring(L, -2), name)) continue;
    if (lua_type(L, -1) == LUA_TSTRING) feed(L, carried, name);
    int count = lua_istable(L, -1) ? (int)lua_rawlen(L, -1) : 0;
    for (int i = 1; i <= count; i++, lua_pop(L, 1)) {
      lua_rawgeti(L, -1, i);
      feed(L, carried, name);
    }
  }
}

static void keep_line(lua_State *L, struct exchange *exchange, const char *name) {
  size_t length = 0;
  lua_pushfstring(L, "%s: %s\r\n", name, lua_tostring(L, -1));
  const char *line = lua_tolstring(L, -1, &length);
  exchange_keep_line(exchange, line, length);
  lua_pop(L, 1);
}

/* The head in place of what was taken of it; without a status line, which would tell a version. */
static void keep_all(lua_State *L, struct exchange *exchange) {
  buffer_clear(&exchange->head);
  for (lua_pushnil(L); lua_next(L, HEADERS) != 0; lua_pop(L, 1)) {
    const char *name = lua_tostring(L, -2);
    int count = lua_istable(L, -1) ? (int)lua_rawlen(L, -1) : 0;
    if (count == 0 && lua_isstring(L, -1)) keep_line(L, exchange, name);
    for (int i = 1; i <= count; i++, lua_pop(L, 1)) {
      lua_rawgeti(L, -1, i);
      keep_line(L, exchange, name);
    }
  }
}

/* The headers that count, in an order of ours: a table has none. */
static void take_answer(lua_State *L, struct carried *carried) {
  static const char *const TAKEN[] = {"Date", "Retry-After", "Deprecation", "Sunset", "Location"};
  struct exchange *exchange = &carried->transfer.exchange;
  size_t length = 0;
  check_answer(L);
  take_status(L, exchange);
  for (size_t i = 0; i < sizeof TAKEN / sizeof *TAKEN; i++) take_header(L, carried, TAKEN[i]);
  exchange_take_header(exchange, "\r\n", 2);
  if (exchange->keeps_head) keep_all(L, exchange);
  const char *body = lua_tolstring(L, BODY, &length);
  exchange_take_body(exchange, body, length);
}

/* The words are masked before they are cut. */
static void take_failure(lua_State *L, struct exchange *exchange) {
  size_t length = 0;
  const char *kind = lua_isnil(L, KIND) ? kind_name(KIND_transport) : lua_tostring(L, KIND);
  if (lua_type(L, MESSAGE) != LUA_TSTRING)
    bad_result(L, "a status, headers and a body, or nil and a string that says why not");
  exchange->too_large = kind != NULL && strcmp(kind, kind_name(KIND_too_large)) == 0;
  if (!exchange->too_large && (kind == NULL || !failure_of_kind(kind, &exchange->code)))
    bad_result(L, "'connect', 'tls', 'timeout', 'transport', 'too_large' or nil behind nil and why");
  exchange->was_ready = true;
  const char *message = lua_tolstring(L, MESSAGE, &length);
  answer_push_words(L, exchange, message, length, WORDS_MAX);
  (void)snprintf(exchange->text, sizeof exchange->text, "%s", lua_tostring(L, -1));
  lua_pop(L, 1);
}

static int carried_conclude(lua_State *L) {
  struct carried *carried = luaL_checkudata(L, CARRIED, TYPE);
  struct transfer *transfer = &carried->transfer;
  luaL_checkstring(L, FUNCTION);
  lua_settop(L, BODY);
  luaL_checkstack(L, 20, "answer");
  if (transfer->state != TRANSFER_RUNNING) return luaL_error(L, "the attempt is concluded already");
  if (lua_isnil(L, STATUS))
    take_failure(L, &transfer->exchange);
  else
    take_answer(L, carried);
  versions_tell_notice(L, CARRIED, transfer);
  if (versions_fall_back(L, CARRIED, transfer)) {
    lua_pushnil(L);
    push_attempt(L, transfer);
    return 2;
  }
  lua_createtable(L, 0, 2);
  int outcome = lua_gettop(L);
  int count = answer_push(L, &transfer->exchange);
  answer_fill(L, outcome, count + answer_push_head(L, &transfer->exchange));
  transfer_close(transfer);
  lua_settop(L, outcome);
  return 1;
}

static int carried_gc(lua_State *L) {
  struct carried *carried = luaL_checkudata(L, CARRIED, TYPE);
  transfer_close(&carried->transfer);
  return 0;
}

static int carried_tostring(lua_State *L) {
  lua_pushstring(L, TYPE);
  return 1;
}

void carried_open(lua_State *L) {
  static const luaL_Reg METHODS[] = {
      {"conclude", carried_conclude},
      {"__gc", carried_gc},
      {"__tostring", carried_tostring},
      {NULL, NULL},
  };
  luaL_newmetatable(L, TYPE);
  luaL_setfuncs(L, METHODS, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
