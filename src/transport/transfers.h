/* The transfers of a pool, a list of as many as were under way at once. */
#ifndef ASTRO_TRANSFERS_H
#define ASTRO_TRANSFERS_H

#include "transfer.h"

#pragma GCC visibility push(hidden)

bool transfers_any(const struct transfer *first, enum transfer_state state);

/* How many are under way, or have ended and are not yet taken, but for those that are awaited. */
long transfers_load(const struct transfer *first);

/* When the first of those under way is over time; -1: none is. */
long transfers_overtime_ms(const struct transfer *first);

/* The one that ended first of those not yet taken, nor awaited; NULL: none. */
struct transfer *transfers_ended(struct transfer *first);

/* NULL unless it is running, or has ended and is not yet taken, and is awaited by nobody. */
struct transfer *transfers_of_ticket(struct transfer *first, unsigned long ticket);

/* Frees those that are idle, but for the first so many; at least one: who fills a transfer for its next
 * use has the first. */
void transfers_keep_idle(struct transfer **first, long kept);

#pragma GCC visibility pop

#endif
