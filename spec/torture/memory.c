/* Lua, or our C and libcurl, whose memory ends at the n-th allocation, for every n:
 *   memory lua|c CALLS NAME FIRST STEP
 * CALLS is a Lua file that gives, by name, functions that give the function to try; that gives in one
 * text what came. Prints "OUTCOME" for each try, and "! WHAT" for what must not be. Ends behind the
 * last allocation. */
#include <curl/curl.h>
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <sanitizer/lsan_interface.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int luaopen_astro_core(lua_State *L);

/* SLOW: a try takes milliseconds. LEAK_CHECK_EVERY: looking for leaks takes longer than a try. */
enum { SLOW_S = 5, LEAK_CHECK_EVERY = 40, TEXT_MAX = 512 };

static const long NEVER = -1;

/* How many allocations are still to be had; below that, none. */
struct limit {
  long left;
  bool was_reached;
};
static struct limit lua_limit, c_limit;
static size_t lua_bytes;
static long try_number;

static void lift(struct limit *limit) { limit->left = NEVER; }

static bool may_have(struct limit *limit) {
  if (limit->left == NEVER) return true;
  if (limit->left > 0) {
    limit->left--;
    return true;
  }
  limit->was_reached = true;
  return false;
}

/* Lua counts on it that what shrinks or goes does not fail. */
static void *lua_memory(void *user, void *old, size_t old_size, size_t size) {
  (void)user;
  if (old == NULL) old_size = 0;
  if (size > old_size && !may_have(&lua_limit)) return NULL;
  lua_bytes = lua_bytes - old_size + size;
  if (size > 0) return realloc(old, size);
  free(old);
  return NULL;
}

/* What the module is compiled to call in place of malloc and calloc, and what libcurl is given. */
void *torture_malloc(size_t size) { return may_have(&c_limit) ? malloc(size) : NULL; }
void *torture_calloc(size_t count, size_t size) {
  return may_have(&c_limit) ? calloc(count, size) : NULL;
}
static void *curl_realloc(void *old, size_t size) {
  return may_have(&c_limit) ? realloc(old, size) : NULL;
}
static char *curl_strdup(const char *text) { return may_have(&c_limit) ? strdup(text) : NULL; }

/* lua-cjson keeps a string buffer that it loses where Lua's memory ends under it. That is its own. What
 * Lua asks for is counted when its state is closed; LuaJIT's compiler points beside its blocks, not at
 * them. */
const char *__lsan_default_suppressions(void) { return "leak:cjson\nleak:lua_memory\n"; }

static void find(const char *what, const char *text) {
  printf("! %s at allocation %ld: %s\n", what, try_number, text);
}

static void on_alarm(int signal) {
  (void)signal;
  find("hangs", "");
  _exit(1);
}

static lua_State *new_bare_state(void) {
#if LUA_VERSION_NUM >= 505
  return lua_newstate(lua_memory, NULL, 0);
#else
  return lua_newstate(lua_memory, NULL);
#endif
}

/* A state with the function to try at index 1. */
static lua_State *new_state(const char *calls, const char *name) {
  lua_State *L = new_bare_state();
  luaL_openlibs(L);
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "preload");
  lua_pushcfunction(L, luaopen_astro_core);
  lua_setfield(L, -2, "astro.core");
  lua_settop(L, 0);
  if (luaL_loadfile(L, calls) != 0 || lua_pcall(L, 0, 1, 0) != 0) {
    find("no calls", lua_tostring(L, -1));
    exit(1);
  }
  lua_getfield(L, -1, name);
  if (lua_pcall(L, 0, 1, 0) != 0) {
    find("no call", lua_tostring(L, -1));
    exit(1);
  }
  lua_replace(L, 1);
  return L;
}

/* Calls the function; gives whether it came to an end, and what came or was raised. */
static bool call(lua_State *L, char *text) {
  lua_pushvalue(L, 1);
  bool ended = lua_pcall(L, 0, 1, 0) == 0;
  const char *came = lua_tostring(L, -1);
  (void)snprintf(text, TEXT_MAX, "%s", came != NULL ? came : luaL_typename(L, -1));
  lua_pop(L, 1);
  return ended;
}

/* Tells how it was; where memory lasted, that is all. */
static void judge(const char *mode, bool ended, const char *text, const char *wanted,
                  bool was_reached) {
  if (ended && strcmp(text, wanted) == 0)
    puts(was_reached ? "done without it" : "done");
  else if (was_reached && strstr(text, "not enough memory") != NULL)
    puts("not enough memory");
  else if (was_reached && ended && *mode == 'c')
    printf("%s\n", text); /* a kind of error: curl does not always say that it was memory */
  else
    find(ended ? "came" : "raised", text);
}

/* One try: false if memory lasted. */
static bool try_once(const char *mode, const char *calls, const char *name, const char *wanted) {
  struct limit *limit = *mode == 'l' ? &lua_limit : &c_limit;
  char text[TEXT_MAX];
  lua_State *L = new_state(calls, name);
  alarm(SLOW_S);
  limit->was_reached = false;
  limit->left = try_number;
  bool ended = call(L, text);
  lift(limit);
  judge(mode, ended, text, wanted, limit->was_reached);
  if (!call(L, text) || strcmp(text, wanted) != 0) find("the next call", text);
  lua_close(L);
  /* All that we have of Lua's belongs to the state. LuaJIT 2.1 does not give all of its own back where
   * memory ended in a loop. */
  if (lua_bytes > 0 && LUA_VERSION_NUM > 501) find("the closed state", "holds memory");
  lua_bytes = 0;
  alarm(0);
  return limit->was_reached;
}

int main(int count, char **arguments) {
  if (count != 6) return 2;
  const char *mode = arguments[1], *calls = arguments[2], *name = arguments[3];
  char wanted[TEXT_MAX];
  setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
  lift(&lua_limit);
  lift(&c_limit);
  signal(SIGALRM, on_alarm);
  curl_global_init_mem(CURL_GLOBAL_DEFAULT, torture_malloc, free, curl_realloc, curl_strdup,
                       torture_calloc);
  lua_State *first =
      new_state(calls, name); /* what is loaded once stays loaded: a leak has its names */
  if (!call(first, wanted)) find("the first call raised", wanted);
  size_t kept = lua_bytes;
  bool goes_on = true;
  for (try_number = atol(arguments[4]); goes_on; try_number += atol(arguments[5])) {
    lua_bytes = 0;
    goes_on = try_once(mode, calls, name, wanted);
    if ((!goes_on || try_number % LEAK_CHECK_EVERY == 0) && __lsan_do_recoverable_leak_check() != 0)
      find("leaks", "see above");
  }
  lua_bytes = kept;
  lua_close(first);
  curl_global_cleanup();
  return 0;
}
