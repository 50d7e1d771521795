/* Loaded before libc: a name look-up of hanging.invalid takes 20 s, and says so on stdout; late.invalid is
 * 127.0.0.1 after 0.2 s; that of failing.invalid fails for now; new.invalid is not there when it is looked up for the
 * first time, for either family of addresses, and says so when it is the second. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <string.h>
#include <unistd.h>

typedef int resolve(const char *, const char *, const struct addrinfo *, struct addrinfo **);

/* Threads that look up the families at once count each their own. */
static int is_first_look_up(int family) {
  static int counts[AF_MAX];
  return counts[family]++ == 0;
}

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                struct addrinfo **result) {
  static const char LATE[] = "resolved\n", AGAIN[] = "looked up again\n";
  if (node != NULL && strcmp(node, "hanging.invalid") == 0) {
    sleep(20);
    if (write(STDOUT_FILENO, LATE, sizeof LATE - 1) < 0) return EAI_SYSTEM;
    return EAI_NONAME;
  }
  if (node != NULL && strcmp(node, "failing.invalid") == 0) return EAI_AGAIN;
  if (node != NULL && strcmp(node, "new.invalid") == 0) {
    if (is_first_look_up(hints->ai_family)) return EAI_NONAME;
    if (write(STDOUT_FILENO, AGAIN, sizeof AGAIN - 1) < 0) return EAI_SYSTEM;
    node = "127.0.0.1";
  }
  if (node != NULL && strcmp(node, "late.invalid") == 0) {
    usleep(200000);
    node = "127.0.0.1";
  }
  return ((resolve *)dlsym(RTLD_NEXT, "getaddrinfo"))(node, service, hints, result);
}
