#include "transfers.h"

#include "clock.h"

bool transfers_any(const struct transfer *first, enum transfer_state state) {
  while (first != NULL && first->state != state) first = first->next;
  return first != NULL;
}

long transfers_load(const struct transfer *first) {
  long count = 0;
  for (const struct transfer *t = first; t != NULL; t = t->next) {
    if (t->state != TRANSFER_IDLE && !t->is_awaited) count++;
  }
  return count;
}

long transfers_overtime_ms(const struct transfer *first) {
  long long soonest = -1;
  for (const struct transfer *t = first; t != NULL; t = t->next) {
    if (t->state == TRANSFER_RUNNING && (soonest < 0 || t->overtime_ms < soonest))
      soonest = t->overtime_ms;
  }
  if (soonest < 0) return -1;
  long long left = soonest - clock_ms();
  return left > 0 ? (long)left : 0;
}

struct transfer *transfers_ended(struct transfer *first) {
  struct transfer *earliest = NULL;
  for (struct transfer *t = first; t != NULL; t = t->next) {
    bool is_free = t->state == TRANSFER_ENDED && !t->is_awaited;
    if (is_free && (earliest == NULL || t->ended < earliest->ended)) earliest = t;
  }
  return earliest;
}

struct transfer *transfers_of_ticket(struct transfer *first, unsigned long ticket) {
  struct transfer *transfer = first;
  while (transfer != NULL && transfer->ticket != ticket) transfer = transfer->next;
  bool pending = transfer != NULL && !transfer->is_awaited &&
                 (transfer->state == TRANSFER_RUNNING || transfer->state == TRANSFER_ENDED);
  return pending ? transfer : NULL;
}

void transfers_keep_idle(struct transfer **first, long kept) {
  struct transfer **place = first;
  while (*place != NULL) {
    struct transfer *transfer = *place;
    if (transfer->state != TRANSFER_IDLE || kept-- > 0) {
      place = &transfer->next;
    } else {
      *place = transfer->next;
      transfer_free(transfer);
    }
  }
}
