/* Answer reading: status, headers and body -> value or error, whatever they are. Neither the error nor
 * the head has the token, and the error's message is one line. */
#include "../../src/answer.h"

#include "../../src/error.h"
#include "../../src/json.h"
#include "../../src/log.h"
#include "../../src/versions.h"
#include "fuzz.h"

static const char TOKEN[] = "marked-token";

static void look_at_text(lua_State *L, int one_line) {
  size_t length = 0;
  const char *text = lua_tolstring(L, -1, &length);
  demand(memmem(text, length, TOKEN, sizeof TOKEN - 1) == NULL, "the token");
  for (size_t i = 0; one_line && i < length; i++)
    demand((unsigned char)text[i] >= ' ' && text[i] != 0x7f, "a control character");
}

static void look_at_error(lua_State *L) {
  demand(lua_type(L, -2) == LUA_TSTRING && lua_type(L, -1) == LUA_TTABLE, "no error");
  for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
    if (lua_type(L, -1) == LUA_TSTRING) look_at_text(L, strcmp(lua_tostring(L, -2), "body") != 0);
    if (lua_type(L, -1) != LUA_TTABLE) continue;
    for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
      for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) look_at_text(L, 1);
    }
  }
}

static int run(lua_State *L) {
  struct transfer *transfer = lua_touserdata(L, 1);
  lua_newuserdata(L, 1); /* whose log is told */
  log_open(L);
  (void)versions_fall_back(L, 2, transfer);
  demand(lua_gettop(L) == 2, "the stack");
  int count = answer_push(L, &transfer->exchange);
  demand(count == 2 || count == 3, "how many");
  if (count == 3) look_at_error(L);
  demand(answer_push_head(L, &transfer->exchange) == 2, "the head");
  look_at_text(L, 0);
  return 0;
}

static lua_State *new_state(void) {
  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  json_open(L);
  error_open(L);
  return L;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static lua_State *L;
  static struct transfer transfer;
  struct exchange *exchange = &transfer.exchange;
  char redirect[64];
  struct input input = {.data = (const char *)data, .left = size};
  if (L == NULL) L = new_state();
  buffer_add_text(&exchange->method, "GET");
  buffer_add_text(&exchange->target, "x");
  buffer_add_text(&exchange->token, TOKEN);
  buffer_add_text(&transfer.url, "x");
  buffer_add_text(&transfer.fallback, "y");
  exchange->status = 180 + (long)take_byte(&input) * 2;
  unsigned flags = take_byte(&input);
  exchange->any = flags & 1;
  exchange->too_large = (flags & 14) == 2;
  exchange->cancelled = (flags & 14) == 4;
  exchange->code = (flags & 14) == 6 ? CURLE_RECV_ERROR : CURLE_OK;
  exchange->headers_complete = (flags & 48) != 48;
  exchange->was_ready = flags & 64;
  size_t length = 0;
  const char *text = take_text(&input, &length);
  (void)snprintf(redirect, sizeof redirect, "%.*s", (int)(length < 60 ? length : 60), text);
  (void)snprintf(exchange->text, sizeof exchange->text, "%.60s", redirect);
  exchange->redirect = flags & 128 ? redirect : NULL;
  exchange->keeps_head = true;
  buffer_add(&exchange->head, input.data, input.left);
  buffer_add(&exchange->body, input.data, input.left);
  lua_pushcfunction(L, run);
  lua_pushlightuserdata(L, &transfer);
  demand(lua_pcall(L, 1, 0, 0) == 0, "raised");
  transfer_reset(&transfer);
  return 0;
}
