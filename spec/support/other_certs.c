/* Loaded before libc: what a program opens below /etc/ssl/certs is opened below $CERTS, and the names of files
 * so opened are written to stdout. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char SYSTEM[] = "/etc/ssl/certs";

static const char *moved(const char *path, char *buffer, size_t size) {
  if (strncmp(path, SYSTEM, sizeof SYSTEM - 1) != 0) return path;
  (void)snprintf(buffer, size, "%s%s", getenv("CERTS"), path + sizeof SYSTEM - 1);
  return buffer;
}

static FILE *open_moved(const char *function, const char *path, const char *mode) {
  char buffer[4096];
  const char *name = moved(path, buffer, sizeof buffer);
  FILE *file = ((FILE * (*)(const char *, const char *)) dlsym(RTLD_NEXT, function))(name, mode);
  if (name == buffer && file != NULL) printf("%s\n", strrchr(path, '/') + 1);
  return file;
}

FILE *fopen(const char *path, const char *mode) { return open_moved("fopen", path, mode); }
FILE *fopen64(const char *path, const char *mode) { return open_moved("fopen64", path, mode); }

DIR *opendir(const char *path) {
  char buffer[4096];
  return ((DIR * (*)(const char *)) dlsym(RTLD_NEXT, "opendir"))(moved(path, buffer, sizeof buffer));
}

static int stat_moved(const char *function, const char *path, struct stat *result) {
  char buffer[4096];
  const char *name = moved(path, buffer, sizeof buffer);
  return ((int (*)(const char *, struct stat *))dlsym(RTLD_NEXT, function))(name, result);
}

/* OpenSSL asks by the one, the other or both, as its release is. */
int stat(const char *path, struct stat *result) { return stat_moved("stat", path, result); }
int lstat(const char *path, struct stat *result) { return stat_moved("lstat", path, result); }
