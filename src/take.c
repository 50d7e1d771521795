#include "take.h"

#include "answer.h"
#include "gone.h"
#include "log.h"

/* Sends an ended transfer out again, to the next API version, where the service says that this one is
 * gone. */
static bool fall_back(lua_State *L, int session, struct pool *pool, struct transfer *transfer) {
  if (transfer->fallback.length == 0 || !answer_says_gone(L, transfer)) return false;
  /* Of an endpoint that we do not know, a 404 may as well mean that there is none. */
  bool tells = !transfer->any || transfer_status(transfer) != 404;
  if (tells && gone_learn(L, transfer->url.data, transfer->base_length)) {
    lua_pushfstring(L, "the service answers %d for API version %s: using %s from now on",
                    (int)transfer_status(transfer), API_VERSION_NAMES[API_V1BETA1],
                    API_VERSION_NAMES[API_V1]);
    log_warning(L, session, transfer->ticket);
  }
  if (pool->multi == NULL) return false; /* closed meanwhile */
  buffer_free(&transfer->url);
  transfer->url = transfer->fallback;
  transfer->fallback = (struct buffer){0};
  if (!pool_start(pool, transfer)) luaL_error(L, "not enough memory");
  return true;
}

/* Tells the log, once a text, what the service says of its own end. */
static void tell_notice(lua_State *L, int session, const struct transfer *transfer) {
  size_t length = transfer->notice.length;
  if (length == 0 || !gone_notice(L, transfer->notice.data, length)) return;
  lua_pushliteral(L, "the service says: ");
  answer_push_words(L, transfer, transfer->notice.data, length, length);
  lua_concat(L, 2);
  log_warning(L, session, transfer->ticket);
}

int take_result(lua_State *L, int session, struct pool *pool, struct transfer *transfer) {
  if (transfer->state != TRANSFER_ENDED) return 0;
  transfer->state = TRANSFER_DELIVERING;
  tell_notice(L, session, transfer);
  return fall_back(L, session, pool, transfer) ? 0 : answer_push(L, transfer);
}
