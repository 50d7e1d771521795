/* What differs between Lua 5.1 to 5.5 and LuaJIT. No other file asks which Lua this is. */
#ifndef ASTRO_COMPAT_H
#define ASTRO_COMPAT_H

#include <lauxlib.h>
#include <lua.h>

#if LUA_VERSION_NUM < 502

#define lua_rawlen lua_objlen
#define lua_getuservalue lua_getfenv
#define lua_setuservalue lua_setfenv

/* LuaJIT has its own luaL_setfuncs, PUC Lua 5.1 has none: one module serves both, so it brings this. */
static inline void compat_setfuncs(lua_State *L, const luaL_Reg *functions, int upvalues) {
  (void)upvalues;
  for (; functions->name != NULL; functions++) {
    lua_pushcfunction(L, functions->func);
    lua_setfield(L, -2, functions->name);
  }
}
#define luaL_setfuncs compat_setfuncs

#define lua_pushglobaltable(L) lua_pushvalue(L, LUA_GLOBALSINDEX)
#define luaL_checkversion(L) ((void)(L))

#endif

/* Reads a global past a metatable that makes it an error to read one that is not there. */
static inline void compat_rawglobal(lua_State *L, const char *name) {
  lua_pushglobaltable(L);
  lua_pushstring(L, name);
  lua_rawget(L, -2);
  lua_remove(L, -2);
}

#if LUA_VERSION_NUM >= 503
#define COMPAT_INTEGERS 1
#else
#define COMPAT_INTEGERS 0
#define lua_isinteger(L, index) ((void)(L), (void)(index), 0)
#endif

#endif
