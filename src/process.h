/* Which process this is, told without asking the kernel: a call looks a dozen times. */
#ifndef ASTRO_PROCESS_H
#define ASTRO_PROCESS_H

#pragma GCC visibility push(hidden)

/* Before process_generation is asked; any number of times, in any thread. */
void process_open(void);

/* Another number in a child of fork than in its parent. */
unsigned long process_generation(void);

#pragma GCC visibility pop

#endif
