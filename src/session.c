#include "session.h"

#include "calls.h"
#include "log.h"

static const char TYPE[] = "astro.core.session";
static const char SHARED[] = "astro.core.shared"; /* in the registry: get_deployment's session */

static struct session *push_session(lua_State *L, bool watched, long connections) {
  struct session *session = lua_newuserdata(L, sizeof *session);
  session->closed = false;
  session->news = 0;
  pool_init(&session->pool, watched, connections);
  luaL_getmetatable(L, TYPE);
  lua_setmetatable(L, -2);
  log_open(L);
  return session;
}

int session_new(lua_State *L) {
  lua_Integer connections = luaL_optinteger(L, 2, POOL_CONNECTIONS);
  luaL_argcheck(L, connections >= 1 && connections <= 1000, 2, "1 to 1000 connections expected");
  push_session(L, lua_toboolean(L, 1), (long)connections);
  return 1;
}

struct session *session_check(lua_State *L) {
  return luaL_checkudata(L, 1, TYPE);
}

struct session *session_check_own(lua_State *L) {
  struct session *session = session_check(L);
  if (pool_disown(&session->pool)) luaL_error(L, "the process forked while a call was under way");
  return session;
}

void session_push_shared(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, SHARED);
  if (!lua_isnil(L, -1)) return;
  lua_pop(L, 1);
  push_session(L, false, POOL_CONNECTIONS);
  lua_pushvalue(L, -1);
  lua_setfield(L, LUA_REGISTRYINDEX, SHARED);
}

static int session_multiplexes(lua_State *L) {
  const struct pool *pool = &session_check_own(L)->pool;
  if (pool->protocol == PROTOCOL_UNKNOWN) return 0;
  lua_pushboolean(L, pool->protocol == PROTOCOL_HTTP2);
  return 1;
}

/* How many of submit's are under way. */
static int session_load(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)transfers_load(session_check_own(L)->pool.transfers));
  return 1;
}

static int session_fd(lua_State *L) {
  struct session *session = session_check_own(L);
  int fd = session->closed && !session->pool.watch.is_open ? -1 : pool_fd(&session->pool);
  if (fd < 0) return 0;
  lua_pushinteger(L, fd);
  return 1;
}

static int session_timeout(lua_State *L) {
  long milliseconds = pool_timeout_ms(&session_check_own(L)->pool);
  if (milliseconds < 0) return 0;
  lua_pushnumber(L, (lua_Number)milliseconds / 1000);
  return 1;
}

/* Ends a wait, which a hook may interrupt, and makes the descriptor readable until the next step. */
static int session_wake(lua_State *L) {
  struct session *session = session_check_own(L);
  session->news++;
  watch_wake(&session->pool.watch);
  return 0;
}

static int session_unwatch(lua_State *L) {
  watch_close(&session_check_own(L)->pool.watch);
  return 0;
}

static int session_close(lua_State *L) {
  struct session *session = session_check(L);
  pool_disown(&session->pool);
  if (!session->closed) pool_close(&session->pool);
  session->closed = true;
  return 0;
}

static int session_gc(lua_State *L) {
  struct session *session = session_check(L);
  session_close(L);
  pool_free(&session->pool);
  return 0;
}

static int session_tostring(lua_State *L) {
  lua_pushfstring(L, session_check(L)->closed ? "%s (closed)" : "%s", TYPE);
  return 1;
}

void session_open(lua_State *L) {
  static const luaL_Reg METHODS[] = {
      {"get_deployment", calls_get_deployment},
      {"submit", calls_submit},
      {"step", calls_step},
      {"wait", calls_wait},
      {"next", calls_next},
      {"cancel", calls_cancel},
      {"close", session_close},
      {"multiplexes", session_multiplexes},
      {"load", session_load},
      {"fd", session_fd},
      {"timeout", session_timeout},
      {"wake", session_wake},
      {"unwatch", session_unwatch},
      {"__close", session_close},
      {"__gc", session_gc},
      {"__tostring", session_tostring},
      {NULL, NULL},
  };
  luaL_newmetatable(L, TYPE);
  luaL_setfuncs(L, METHODS, 0);
  lua_pushvalue(L, -1);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}
