#include "answer.h"

#include <string.h>

#include "json.h"
#include "kinds.h"
#include "text.h"
#include "transport/base.h"
#include "transport/secret.h"

enum { WORDS_MAX = 200, REQUEST_ID_MAX = 128, BODY_SHOWN_MAX = 512, HOST_SHOWN_MAX = 256 };

const char *const ERROR_TYPE = "astro.error";

static int error_tostring(lua_State *L) {
  lua_getfield(L, 1, "message");
  return 1;
}

void answer_open(lua_State *L) {
  luaL_newmetatable(L, ERROR_TYPE);
  lua_pushcfunction(L, error_tostring);
  lua_setfield(L, -2, "__tostring");
  lua_pop(L, 1);
}

static size_t mask(const struct exchange *exchange, char *text, size_t length) {
  return secret_mask(text, length, exchange->token.data, exchange->token.length);
}

void answer_push_words(lua_State *L, const struct exchange *exchange, const char *words, size_t length,
                       size_t limit) {
  char *copy = lua_newuserdata(L, length + 1);
  if (length > 0) memcpy(copy, words, length);
  length = secret_mask_urls(copy, mask(exchange, copy, length));
  length = text_one_line(copy, length, limit);
  lua_pushlstring(L, copy, length);
  lua_remove(L, -2);
}

/* Replaces the string on top of the stack by its words; anything else by nil. */
static void clean_top(lua_State *L, const struct exchange *exchange, size_t limit) {
  size_t length = 0;
  if (lua_type(L, -1) == LUA_TSTRING) {
    const char *text = lua_tolstring(L, -1, &length);
    answer_push_words(L, exchange, text, length, limit);
  } else {
    lua_pushnil(L);
  }
  lua_remove(L, -2);
}

/* Pushes nil, message, err for a text that is on top of the stack, which goes. err stays on top. */
static int push_error(lua_State *L, const struct exchange *exchange, enum kind kind) {
  lua_pushfstring(L, "%s %s: %s", exchange->method.data, exchange->target.data, lua_tostring(L, -1));
  lua_replace(L, -2);
  lua_pushnil(L);
  lua_insert(L, -2);
  lua_createtable(L, 0, 8);
  lua_pushstring(L, kind_name(kind));
  lua_setfield(L, -2, "kind");
  lua_pushvalue(L, -2);
  lua_setfield(L, -2, "message");
  lua_pushinteger(L, exchange->attempts);
  lua_setfield(L, -2, "attempts");
  luaL_getmetatable(L, ERROR_TYPE);
  lua_setmetatable(L, -2);
  return 3;
}

/* Into the error table on top of the stack: the status and the start of a body already masked. */
static void set_answer(lua_State *L, const struct exchange *exchange, long status) {
  size_t shown = exchange->body.length;
  lua_pushinteger(L, status);
  lua_setfield(L, -2, "status");
  if (shown == 0) return;
  if (shown > BODY_SHOWN_MAX) shown = BODY_SHOWN_MAX;
  lua_pushlstring(L, exchange->body.data, shown);
  lua_setfield(L, -2, "body");
}

static int push_failure(lua_State *L, const struct exchange *exchange) {
  const char *text = exchange->text[0] != '\0' ? exchange->text : curl_easy_strerror(exchange->code);
  enum kind kind = kind_of_failure(exchange->code, exchange->was_ready, text);
  lua_pushfstring(L, "%s: ", kind_name(kind));
  answer_push_words(L, exchange, text, strlen(text), WORDS_MAX);
  lua_concat(L, 2);
  return push_error(L, exchange, kind);
}

static int push_kind(lua_State *L, const struct exchange *exchange, enum kind kind, const char *text) {
  lua_pushfstring(L, "%s: %s", kind_name(kind), text);
  return push_error(L, exchange, kind);
}

/* Pushes "404 Not Found". */
static void push_status(lua_State *L, long status) {
  const char *phrase = status_phrase(status);
  lua_pushfstring(L, phrase == NULL ? "%d" : "%d %s", (int)status, phrase);
}

/* Pushes a list of { field =, code =, message = } from the decoded error body on top, or nil. */
static void push_field_errors(lua_State *L, const struct exchange *exchange) {
  static const char *const FIELDS[] = {"field", "code", "message"};
  lua_getfield(L, -1, "fieldErrors");
  size_t count = lua_istable(L, -1) ? lua_rawlen(L, -1) : 0;
  if (count == 0) {
    lua_pop(L, 1);
    lua_pushnil(L);
    return;
  }
  lua_createtable(L, (int)count, 0);
  for (int i = 1, n = 0; i <= (int)count; i++) {
    lua_rawgeti(L, -2, i);
    if (lua_istable(L, -1)) {
      lua_createtable(L, 0, 3);
      for (int f = 0; f < 3; f++) {
        lua_getfield(L, -2, FIELDS[f]);
        clean_top(L, exchange, WORDS_MAX);
        lua_setfield(L, -2, FIELDS[f]);
      }
      lua_rawseti(L, -3, ++n);
    }
    lua_pop(L, 1);
  }
  lua_remove(L, -2);
}

/* Pushes what the API's own error body says: message, requestId, fieldErrors, each or nil. Where it is
 * no such body, the message is the body's own start. */
static void push_error_body(lua_State *L, const struct exchange *exchange) {
  const struct buffer *body = &exchange->body;
  if (body->length > 0 && json_decode_object(L, body->data, body->length)) {
    lua_getfield(L, -1, "message");
    clean_top(L, exchange, WORDS_MAX);
    lua_insert(L, -2);
    lua_getfield(L, -1, "requestId");
    clean_top(L, exchange, REQUEST_ID_MAX);
    lua_insert(L, -2);
    push_field_errors(L, exchange);
    lua_remove(L, -2);
    if (!lua_isnil(L, -3)) return;
    answer_push_words(L, exchange, body->data, body->length, WORDS_MAX);
    lua_replace(L, -4);
  } else {
    if (body->length > 0) lua_pop(L, 1);
    answer_push_words(L, exchange, body->data, body->length, WORDS_MAX);
    lua_pushnil(L);
    lua_pushnil(L);
  }
}

static void push_redirect(lua_State *L, const struct exchange *exchange) {
  char host[HOST_SHOWN_MAX];
  if (exchange->redirect != NULL && url_host(exchange->redirect, host, sizeof host)) {
    answer_push_words(L, exchange, host, strlen(host), HOST_SHOWN_MAX);
    lua_pushfstring(L, "a redirect to %s, not followed", lua_tostring(L, -1));
    lua_remove(L, -2);
  } else {
    lua_pushliteral(L, "a redirect, not followed");
  }
}

static int push_refusal(lua_State *L, const struct exchange *exchange, long status) {
  int base = lua_gettop(L);
  push_error_body(L, exchange); /* message, requestId, fieldErrors */
  if (status < 400) {
    push_redirect(L, exchange);
    lua_replace(L, base + 1);
  }
  push_status(L, status);
  if (*lua_tostring(L, base + 1) != '\0') {
    lua_pushfstring(L, ": %s", lua_tostring(L, base + 1));
    lua_concat(L, 2);
  }
  if (lua_isstring(L, base + 2)) {
    lua_pushfstring(L, " (request %s)", lua_tostring(L, base + 2));
    lua_concat(L, 2);
  }
  push_error(L, exchange, kind_of_status(status));
  set_answer(L, exchange, status);
  lua_pushvalue(L, base + 2);
  lua_setfield(L, -2, "request_id");
  lua_pushvalue(L, base + 3);
  lua_setfield(L, -2, "field_errors");
  long retry_after = retry_after_seconds(&exchange->retry_after);
  if (retry_after > 0) {
    lua_pushinteger(L, retry_after);
    lua_setfield(L, -2, "retry_after");
  }
  return 3;
}

/* The decoder's complaint is on top of the stack. */
static int push_undecoded(lua_State *L, const struct exchange *exchange, long status) {
  clean_top(L, exchange, WORDS_MAX);
  push_status(L, status);
  lua_pushfstring(L, "%s: decode: %s", lua_tostring(L, -1), lua_tostring(L, -2));
  answer_push_words(L, exchange, exchange->body.data, exchange->body.length, WORDS_MAX);
  if (*lua_tostring(L, -1) != '\0')
    lua_pushfstring(L, "%s: %s", lua_tostring(L, -2), lua_tostring(L, -1));
  else
    lua_pop(L, 1);
  push_error(L, exchange, KIND_decode);
  set_answer(L, exchange, status);
  return 3;
}

/* The value on top of the stack, or true for none or null, and the status. */
static int push_value(lua_State *L, long status, bool none) {
  if (none) lua_pushboolean(L, 1);
  lua_pushinteger(L, status);
  return 2;
}

/* Before 8.6 libcurl says the same of a header line that is too long, which is the server's doing. */
static bool may_be_long_header(const struct exchange *exchange) {
  return exchange->code == CURLE_OUT_OF_MEMORY && exchange->was_ready && !exchange->headers_complete;
}

int answer_push(lua_State *L, struct exchange *exchange) {
  struct buffer *body = &exchange->body;
  long status = exchange_status(exchange);
  luaL_checkstack(L, 20, "answer");
  if (may_be_long_header(exchange) && !exchange->no_memory)
    return push_kind(L, exchange, KIND_transport,
                     "a header line that is too long, or no memory for it");
  if (exchange->no_memory || exchange->code == CURLE_OUT_OF_MEMORY)
    return luaL_error(L, "not enough memory");
  if (exchange->cancelled) return push_kind(L, exchange, KIND_cancelled, "the session was closed");
  if (exchange->too_large && status < 300)
    return push_kind(L, exchange, KIND_too_large, "the answer is longer than max_body");
  if (exchange->too_large)
    buffer_clear(body); /* the status tells; a cut body could hold half a token */
  else if (exchange->code != CURLE_OK)
    return push_failure(L, exchange);
  else if (status < 200)
    return push_kind(L, exchange, KIND_transport,
                     exchange->headers_complete ? "no final status" : "closed inside the headers");
  if (status < 300 && exchange->any && body->length == 0) return push_value(L, status, true);
  if (status < 300 && body->length > 0) {
    bool decoded = exchange->any ? json_decode(L, body->data, body->length)
                                 : json_decode_object(L, body->data, body->length);
    if (decoded) return push_value(L, status, lua_isuserdata(L, -1));
  }
  if (status < 300 && body->length == 0) lua_pushliteral(L, "an empty body");
  if (body->length > 0) body->length = mask(exchange, body->data, body->length);
  return status < 300 ? push_undecoded(L, exchange, status) : push_refusal(L, exchange, status);
}
