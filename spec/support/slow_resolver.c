/* Loaded before libc: a name look-up of hanging.invalid takes 20 s, and says so on stdout. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <string.h>
#include <unistd.h>

typedef int resolve(const char *, const char *, const struct addrinfo *, struct addrinfo **);

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                struct addrinfo **result) {
  static const char LATE[] = "resolved\n";
  if (node != NULL && strcmp(node, "hanging.invalid") == 0) {
    sleep(20);
    if (write(STDOUT_FILENO, LATE, sizeof LATE - 1) < 0) return EAI_SYSTEM;
    return EAI_NONAME;
  }
  return ((resolve *)dlsym(RTLD_NEXT, "getaddrinfo"))(node, service, hints, result);
}
