/* fork, wait and _exit for a spec. */
#include <lauxlib.h>
#include <lua.h>
#include <sys/wait.h>
#include <unistd.h>

static int process_fork(lua_State *L) {
  lua_pushinteger(L, fork());
  return 1;
}

static int process_wait(lua_State *L) {
  waitpid((pid_t)luaL_checkinteger(L, 1), NULL, 0);
  return 0;
}

static int process_exit(lua_State *L) {
  _exit((int)luaL_checkinteger(L, 1));
  return 0;
}

int luaopen_fork(lua_State *L) {
  lua_newtable(L);
  lua_pushcfunction(L, process_fork);
  lua_setfield(L, -2, "fork");
  lua_pushcfunction(L, process_wait);
  lua_setfield(L, -2, "wait");
  lua_pushcfunction(L, process_exit);
  lua_setfield(L, -2, "_exit");
  return 1;
}
