#include "answer.h"

#include <string.h>

#include "error.h"
#include "json.h"
#include "kinds.h"
#include "text.h"
#include "transport/base.h"
#include "transport/secret.h"

enum { WORDS_MAX = 200, REQUEST_ID_MAX = 128, BODY_SHOWN_MAX = 512, HOST_SHOWN_MAX = 256 };

static const char AUTHORITY_HINT[] =
    " (option 'ca_file' or ASTRO_CA_FILE names the authorities to trust)";

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

/* Pushes the words of the string at that place, nil for anything else. */
static void push_words_at(lua_State *L, const struct exchange *exchange, int place, size_t limit) {
  size_t length = 0;
  const char *text = lua_type(L, place) == LUA_TSTRING ? lua_tolstring(L, place, &length) : NULL;
  if (text != NULL)
    answer_push_words(L, exchange, text, length, limit);
  else
    lua_pushnil(L);
}

/* The same of a field of the table at that place. */
static void push_words_of(lua_State *L, const struct exchange *exchange, int table, const char *name,
                          size_t limit) {
  lua_getfield(L, table, name);
  push_words_at(L, exchange, lua_gettop(L), limit);
  lua_remove(L, -2);
}

/* Pushes nil, message, err for the text on top of the stack. */
static int push_error(lua_State *L, const struct exchange *exchange, enum kind kind) {
  int text = lua_gettop(L), message = text + 2, err = text + 3;
  lua_pushnil(L);
  lua_pushfstring(L, "%s %s: %s", exchange->method.data, exchange->target.data, lua_tostring(L, text));
  lua_createtable(L, 0, 8);
  lua_pushstring(L, kind_name(kind));
  lua_setfield(L, err, "kind");
  lua_pushvalue(L, message);
  lua_setfield(L, err, "message");
  lua_pushinteger(L, exchange->attempts);
  lua_setfield(L, err, "attempts");
  luaL_getmetatable(L, ERROR_TYPE);
  lua_setmetatable(L, err);
  return 3;
}

static int push_kind(lua_State *L, const struct exchange *exchange, enum kind kind, const char *text) {
  lua_pushfstring(L, "%s: %s", kind_name(kind), text);
  return push_error(L, exchange, kind);
}

/* Before 8.6 libcurl says the same of a header line that is too long, which is the server's doing. */
static bool may_be_long_header(const struct exchange *exchange) {
  return exchange->code == CURLE_OUT_OF_MEMORY && exchange->was_ready && !exchange->headers_complete;
}

static int push_curl_error(lua_State *L, const struct exchange *exchange) {
  const char *text = exchange->text[0] != '\0' ? exchange->text : curl_easy_strerror(exchange->code);
  enum kind kind = kind_of_failure(exchange->code, exchange->was_ready, text);
  answer_push_words(L, exchange, text, strlen(text), WORDS_MAX);
  lua_pushstring(L, exchange->wants_authority ? AUTHORITY_HINT : "");
  lua_concat(L, 2);
  int count = push_kind(L, exchange, kind, lua_tostring(L, -1));
  if (failure_is_final(exchange->proxy_status, text)) {
    lua_pushboolean(L, 1);
    lua_setfield(L, -2, "final");
  }
  return count;
}

/* Pushes the error where no answer came that counts; gives 0 where one came. An error answer counts by
 * its status, however its body ended. */
static int push_failure(lua_State *L, const struct exchange *exchange) {
  long status = exchange_status(exchange);
  if (may_be_long_header(exchange) && !exchange->no_memory)
    return push_kind(L, exchange, KIND_transport,
                     "a header line that is too long, or no memory for it");
  if (exchange->no_memory || exchange->code == CURLE_OUT_OF_MEMORY)
    return luaL_error(L, "not enough memory");
  if (exchange->cancelled) return push_kind(L, exchange, KIND_cancelled, "the session was closed");
  if (status >= 300) return 0;
  if (exchange->too_large)
    return push_kind(L, exchange, KIND_too_large, "the answer is longer than max_body");
  if (exchange_has_endless_headers(exchange))
    return push_kind(L, exchange, KIND_transport, "headers without an end");
  if (exchange->code != CURLE_OK) return push_curl_error(L, exchange);
  if (status >= 200) return 0;
  return push_kind(L, exchange, KIND_transport,
                   exchange->headers_complete ? "no final status" : "closed inside the headers");
}

/* Pushes "404 Not Found". */
static void push_status(lua_State *L, long status) {
  const char *phrase = status_phrase(status);
  lua_pushfstring(L, phrase == NULL ? "%d" : "%d %s", (int)status, phrase);
}

/* Pushes nil, message, err for the text on top of the stack, err with the status and the start of the
 * body. */
static int push_answered_error(lua_State *L, const struct exchange *exchange, enum kind kind) {
  size_t shown = exchange->body.length < BODY_SHOWN_MAX ? exchange->body.length : BODY_SHOWN_MAX;
  int count = push_error(L, exchange, kind), err = lua_gettop(L);
  lua_pushinteger(L, exchange_status(exchange));
  lua_setfield(L, err, "status");
  if (shown > 0) {
    lua_pushlstring(L, exchange->body.data, shown);
    lua_setfield(L, err, "body");
  }
  return count;
}

/* Pushes a list of { field =, code =, message = } from the error body at that place, or nil. */
static void push_field_errors(lua_State *L, const struct exchange *exchange, int body) {
  static const char *const FIELDS[] = {"field", "code", "message"};
  int given = lua_gettop(L) + 1, list = given + 1, one = given + 2, clean = given + 3, kept = 0;
  lua_getfield(L, body, "fieldErrors");
  int count = lua_istable(L, given) ? (int)lua_rawlen(L, given) : 0;
  if (count > 0)
    lua_createtable(L, count, 0);
  else
    lua_pushnil(L);
  for (int i = 1; i <= count; i++, lua_settop(L, list)) {
    lua_rawgeti(L, given, i);
    if (!lua_istable(L, one)) continue;
    lua_createtable(L, 0, 3);
    for (int f = 0; f < 3; f++) {
      push_words_of(L, exchange, one, FIELDS[f], WORDS_MAX);
      lua_setfield(L, clean, FIELDS[f]);
    }
    lua_rawseti(L, list, ++kept);
  }
  lua_remove(L, given);
}

/* Pushes the API's own error body; an empty table where it is none. */
static void push_error_body(lua_State *L, const struct exchange *exchange) {
  const struct buffer *body = &exchange->body;
  if (body->length > 0 && json_decode_object(L, body->data, body->length)) return;
  lua_newtable(L);
}

static bool is_redirect(long status) {
  return (status >= 301 && status <= 303) || status == 307 || status == 308;
}

static void push_redirect(lua_State *L, const struct exchange *exchange) {
  char host[HOST_SHOWN_MAX];
  if (exchange->redirect != NULL && url_host(exchange->redirect, NULL, host, sizeof host)) {
    answer_push_words(L, exchange, host, strlen(host), HOST_SHOWN_MAX);
    lua_pushfstring(L, "a redirect to %s, not followed", lua_tostring(L, -1));
    lua_remove(L, -2);
  } else {
    lua_pushliteral(L, "a redirect, not followed");
  }
}

/* Pushes what a refusal says: where a redirect leads, or the message of the error body at that place,
 * or else the body's own start. */
static void push_statement(lua_State *L, const struct exchange *exchange, int body) {
  if (is_redirect(exchange->status))
    push_redirect(L, exchange);
  else
    push_words_of(L, exchange, body, "message", WORDS_MAX);
  if (!lua_isnil(L, -1)) return;
  lua_pop(L, 1);
  answer_push_words(L, exchange, exchange->body.data, exchange->body.length, WORDS_MAX);
}

/* "404 Not Found: no such Deployment (request 1a2b)" */
static int push_refusal(lua_State *L, const struct exchange *exchange) {
  push_error_body(L, exchange);
  int body = lua_gettop(L), request_id = body + 1, field_errors = body + 2;
  push_words_of(L, exchange, body, "requestId", REQUEST_ID_MAX);
  push_field_errors(L, exchange, body);
  push_status(L, exchange->status);
  push_statement(L, exchange, body);
  if (*lua_tostring(L, -1) != '\0')
    lua_pushfstring(L, "%s: %s", lua_tostring(L, -2), lua_tostring(L, -1));
  else
    lua_pop(L, 1);
  if (lua_isstring(L, request_id))
    lua_pushfstring(L, "%s (request %s)", lua_tostring(L, -1), lua_tostring(L, request_id));
  int count = push_answered_error(L, exchange, kind_of_status(exchange->status)), err = lua_gettop(L);
  lua_pushvalue(L, request_id);
  lua_setfield(L, err, "request_id");
  lua_pushvalue(L, field_errors);
  lua_setfield(L, err, "field_errors");
  long retry_after = retry_after_seconds(&exchange->retry_after);
  if (retry_after > 0) {
    lua_pushinteger(L, retry_after);
    lua_setfield(L, err, "retry_after");
  }
  return count;
}

/* "200 OK: decode: no JSON object: <html>"; the decoder's complaint is on top of the stack. */
static int push_undecoded(lua_State *L, const struct exchange *exchange) {
  push_words_at(L, exchange, lua_gettop(L), WORDS_MAX);
  push_status(L, exchange->status);
  lua_pushfstring(L, "%s: decode: %s", lua_tostring(L, -1), lua_tostring(L, -2));
  answer_push_words(L, exchange, exchange->body.data, exchange->body.length, WORDS_MAX);
  if (*lua_tostring(L, -1) != '\0')
    lua_pushfstring(L, "%s: %s", lua_tostring(L, -2), lua_tostring(L, -1));
  else
    lua_pop(L, 1);
  return push_answered_error(L, exchange, KIND_decode);
}

/* Pushes the value of a body, true for none or null where any value will do. Otherwise pushes a
 * complaint and gives false. */
static bool push_value(lua_State *L, const struct exchange *exchange) {
  const struct buffer *body = &exchange->body;
  if (exchange->raw) {
    lua_pushlstring(L, body->length > 0 ? body->data : "", body->length);
    return true;
  }
  if (body->length == 0) {
    lua_pushliteral(L, "an empty body");
    if (exchange->any) lua_pushboolean(L, 1);
    return exchange->any;
  }
  bool decoded = exchange->any ? json_decode(L, body->data, body->length)
                               : json_decode_object(L, body->data, body->length);
  if (decoded && lua_isuserdata(L, -1)) lua_pushboolean(L, 1);
  return decoded;
}

static int push_whole(lua_State *L, const struct exchange *exchange) {
  const struct buffer *head = &exchange->head, *body = &exchange->body;
  lua_createtable(L, 0, 3);
  lua_pushinteger(L, exchange->status);
  lua_setfield(L, -2, "status");
  lua_pushlstring(L, head->length > 0 ? head->data : "", head->length);
  lua_setfield(L, -2, "head");
  lua_pushlstring(L, body->length > 0 ? body->data : "", body->length);
  lua_setfield(L, -2, "body");
  lua_pushinteger(L, exchange->status);
  return 2;
}

int answer_push(lua_State *L, struct exchange *exchange) {
  struct buffer *body = &exchange->body;
  luaL_checkstack(L, 20, "answer");
  int count = push_failure(L, exchange);
  if (count > 0) return count;
  if (exchange->too_large || exchange->code != CURLE_OK)
    buffer_clear(body); /* it is cut, and could end in half a token */
  if (exchange->whole) return push_whole(L, exchange);
  bool is_success = exchange->status < 300;
  if (is_success && push_value(L, exchange)) {
    lua_pushinteger(L, exchange->status);
    return 2;
  }
  if (body->length > 0) body->length = mask(exchange, body->data, body->length);
  return is_success ? push_undecoded(L, exchange) : push_refusal(L, exchange);
}

int answer_push_head(lua_State *L, struct exchange *exchange) {
  struct buffer *head = &exchange->head;
  if (!exchange->keeps_head) return 0;
  if (exchange_status(exchange) < 200) buffer_clear(head); /* it is that of an interim answer, or cut */
  if (head->length > 0) head->length = mask(exchange, head->data, head->length);
  lua_pushinteger(L, exchange->attempts);
  lua_pushlstring(L, head->length > 0 ? head->data : "", head->length);
  return 2;
}

void answer_fill(lua_State *L, int outcome, int count) {
  if (count > 3) {
    lua_setfield(L, outcome, "head");
    lua_setfield(L, outcome, "attempts");
    count -= 2;
  }
  if (count == 2) {
    lua_setfield(L, outcome, "status");
    lua_setfield(L, outcome, "value");
  } else {
    lua_setfield(L, outcome, "err");
    lua_pop(L, 2);
  }
}
