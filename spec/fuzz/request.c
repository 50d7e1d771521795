/* Request building: ids, token, path, headers, options of any bytes. What is not refused is sent as one
 * line of a request and lines of headers, nothing more. */
#include "../../src/request.h"

#include "../../src/answer.h"
#include "../../src/headers.h"
#include "../../src/json.h"
#include "fuzz.h"

static struct input input;
static struct transfer *transfer;

static void set(lua_State *L, const char *name) {
  push_piece(L, &input);
  lua_setfield(L, -2, name);
}

/* Of each name now and then. */
static void push_options(lua_State *L) {
  static const char *const NAMES[] = {"base_url", "user_agent", "ca_file", "proxy", "api_version"};
  unsigned wanted = take_byte(&input);
  lua_newtable(L);
  for (int i = 0; i < 5; i++) {
    if (wanted & 1U << i) set(L, NAMES[i]);
  }
  if (wanted & 32) {
    lua_newtable(L);
    push_piece(L, &input);
    push_piece(L, &input);
    lua_rawset(L, -3);
    lua_setfield(L, -2, "headers");
  }
  if (wanted & 64) {
    lua_pushnumber(L, take_byte(&input) * 0.7 - 3);
    lua_setfield(L, -2, "timeout");
  }
}

static void look(const struct transfer *written) {
  const char *url = written->url.data;
  demand(strncasecmp(url, "http", 4) == 0, "no URL");
  demand(strlen(url) == written->url.length, "a NUL in the URL");
  for (const char *c = url; *c != '\0'; c++) demand((unsigned char)*c > ' ' && *c != 0x7f, "the URL");
  for (const struct curl_slist *header = written->handle.headers; header != NULL; header = header->next) {
    for (const char *c = header->data; *c != '\0'; c++)
      demand((unsigned char)*c >= ' ' && *c != 0x7f, "a header");
  }
}

static int run(lua_State *L) {
  struct request request;
  bool one = take_byte(&input) % 2;
  lua_settop(L, 0);
  if (one) {
    push_piece(L, &input);
    push_piece(L, &input);
    push_piece(L, &input);
    push_options(L);
    request_read_deployment(L, 1, "get_deployment", &request);
  } else {
    lua_newtable(L);
    set(L, "method");
    set(L, "path");
    set(L, "target");
    if (take_byte(&input) % 2) set(L, "body");
    push_piece(L, &input);
    push_options(L);
    request_read(L, 1, "submit", &request);
  }
  transfer_reset(transfer);
  demand(request_write(L, &request, transfer), "memory");
  look(transfer);
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static lua_State *L;
  if (L == NULL) {
    L = luaL_newstate();
    luaL_openlibs(L);
    options_open(L);
    headers_open(L);
    transfer = transfer_new();
  }
  input = (struct input){.data = (const char *)data, .left = size};
  lua_pushcfunction(L, run);
  if (lua_pcall(L, 0, 0, 0) != 0) {
    demand(lua_type(L, -1) == LUA_TSTRING && strstr(lua_tostring(L, -1), "bad ") != NULL,
           "refused how");
    lua_pop(L, 1);
  }
  transfer_reset(transfer);
  return 0;
}
