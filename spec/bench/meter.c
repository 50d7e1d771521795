/* Runs a command and says what it took: meter COMMAND [ARGUMENT...]
 *
 * Prints four numbers: seconds until the command's first byte on stdout, seconds until its end, seconds
 * of CPU (user and system, with those of the processes it waited for), peak memory in KiB (the largest
 * of those processes). What the command prints goes nowhere. Fails as the command fails. */
#define _DEFAULT_SOURCE /* wait4 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

static void run(char **command, int out) {
  dup2(out, STDOUT_FILENO);
  execvp(command[0], command);
  perror(command[0]);
  _exit(127);
}

/* Reads until nobody writes any more; gives when the first byte came, 0 for never. */
static double drain(int in) {
  char bytes[65536];
  double first = 0;
  while (read(in, bytes, sizeof bytes) > 0)
    if (first == 0) first = now();
  return first;
}

int main(int count, char **arguments) {
  int ends[2], status;
  struct rusage usage;
  if (count < 2 || pipe(ends) != 0) return 2;
  double start = now();
  pid_t child = fork();
  if (child < 0) return 2;
  if (child == 0) {
    close(ends[0]);
    run(arguments + 1, ends[1]);
  }
  close(ends[1]);
  double first = drain(ends[0]);
  if (wait4(child, &status, 0, &usage) < 0) return 2;
  double end = now();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return 1;
  printf("%.6f %.6f %.6f %ld\n", first == 0 ? end - start : first - start, end - start,
         seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss);
  return 0;
}
