/* Threads, each with Lua states of its own, one after the other: threads COUNT ROUNDS, and the program on
 * stdin. Prints how many of the states ended well. */
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { THREADS_MAX = 64 };

static char program[65536];
static int rounds;

static int run(void) {
  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  int failed = luaL_loadstring(L, program) != 0 || lua_pcall(L, 0, 0, 0) != 0;
  if (failed) fprintf(stderr, "%s\n", lua_tostring(L, -1));
  lua_close(L);
  return !failed;
}

static void *run_all(void *passed) {
  for (int i = 0; i < rounds; i++) *(int *)passed += run();
  return NULL;
}

int main(int count, char **arguments) {
  pthread_t threads[THREADS_MAX];
  int passed[THREADS_MAX] = {0}, total = 0;
  if (count != 3) return 2;
  int wanted = atoi(arguments[1]);
  rounds = atoi(arguments[2]);
  program[fread(program, 1, sizeof program - 1, stdin)] = '\0';
  for (int i = 0; i < wanted && i < THREADS_MAX; i++)
    pthread_create(&threads[i], NULL, run_all, &passed[i]);
  for (int i = 0; i < wanted && i < THREADS_MAX; i++) {
    pthread_join(threads[i], NULL);
    total += passed[i];
  }
  printf("%d\n", total);
  return 0;
}
