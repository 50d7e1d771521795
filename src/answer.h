/* What came back -> what the caller gets. */
#ifndef ASTRO_ANSWER_H
#define ASTRO_ANSWER_H

#include <stdbool.h>

#include "compat.h"
#include "transport/exchange.h"

#pragma GCC visibility push(hidden)

/* Pushes the value and the status, or nil, message, err, maybe above other things;
 * gives how many. Masks secrets in its body. */
int answer_push(lua_State *L, struct exchange *exchange);

/* Pushes, where the head is kept, how many attempts there were, and the head of a final answer without
 * secrets; gives how many. */
int answer_push_head(lua_State *L, struct exchange *exchange);

/* Moves what both gave, so many values, from the top of the stack into the outcome at that place:
 * { value =, status = } or { err = }, with attempts = and head = where that is kept. */
void answer_fill(lua_State *L, int outcome, int count);

/* Pushes somebody else's words as one line without secrets. */
void answer_push_words(lua_State *L, const struct exchange *exchange, const char *words, size_t length,
                       size_t limit);

#pragma GCC visibility pop

#endif
