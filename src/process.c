#include "process.h"

#include <pthread.h>
#include <stddef.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static unsigned long generation;

/* Runs in the child, where no other thread is. */
static void after_fork(void) { generation++; }

static void watch_forks(void) { pthread_atfork(NULL, NULL, after_fork); }

void process_open(void) { pthread_once(&once, watch_forks); }

unsigned long process_generation(void) { return generation; }
