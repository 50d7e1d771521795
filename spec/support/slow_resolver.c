/* Loaded before libc: a name look-up of hanging.invalid takes 20 s, and says so on stdout; late.invalid is
 * 127.0.0.1 after 0.2 s; that of failing.invalid fails for now. */
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
  if (node != NULL && strcmp(node, "failing.invalid") == 0) return EAI_AGAIN;
  if (node != NULL && strcmp(node, "late.invalid") == 0) {
    usleep(200000);
    node = "127.0.0.1";
  }
  return ((resolve *)dlsym(RTLD_NEXT, "getaddrinfo"))(node, service, hints, result);
}
