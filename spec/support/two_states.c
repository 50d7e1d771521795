/* Two Lua states, one after the other closed: prints a name from each, then whether the module is still
 * in memory. two_states ID */
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdio.h>
#include <string.h>

static int fetch(lua_State *L, const char *id) {
  luaL_openlibs(L);
  if (luaL_loadstring(L, "print(require('astro.core').get_deployment(nil, (...)).name)") != 0) return 1;
  lua_pushstring(L, id);
  if (lua_pcall(L, 1, 0, 0) == 0) return 0;
  fprintf(stderr, "%s\n", lua_tostring(L, -1));
  return 1;
}

static int is_loaded(const char *name) {
  char line[4096];
  FILE *maps = fopen("/proc/self/maps", "r");
  int found = 0;
  while (maps != NULL && fgets(line, sizeof line, maps) != NULL) found |= strstr(line, name) != NULL;
  if (maps != NULL) fclose(maps);
  return found;
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  lua_State *first = luaL_newstate(), *second = luaL_newstate();
  int failed = fetch(first, arguments[1]);
  lua_close(first);
  failed |= fetch(second, arguments[1]);
  lua_close(second);
  puts(is_loaded("astro/core.so") ? "pinned" : "unloaded");
  return failed;
}
