#include "calls.h"

#include <math.h>

#include "answer.h"
#include "log.h"
#include "request.h"
#include "session.h"
#include "transport/clock.h"
#include "versions.h"

/* Places on the stack. The function for call_guarded is pushed before anything is started, since that
 * may raise. */
enum { SESSION = 1, GUARDED = 2, FIRST_ARGUMENT = 3, OUTCOME = 4 };

/* The longest sleep without looking at Lua's hooks. A signal ends it at once, but for one that came
 * just before it. */
enum { SLEEP_MAX_MS = 50 };

static const lua_Number TICKET_LIMIT = 4294967296.0; /* what any unsigned long holds */

static void release(lua_State *L, struct transfer *transfer) {
  log_forget(L, SESSION, transfer->ticket);
  transfer_reset(transfer);
}

/* Starts what was read. */
static struct transfer *submit(lua_State *L, struct session *session, const struct request *request) {
  pool_disown(&session->pool);
  if (session->closed) luaL_error(L, "%s: the session is closed", request->function);
  struct transfer *transfer = pool_idle(&session->pool);
  if (transfer != NULL) transfer_reset(transfer); /* an earlier call may have raised halfway through */
  if (transfer == NULL || !request_write(L, request, transfer)) {
    luaL_error(L, "%s: not enough memory", request->function);
    return NULL;
  }
  if (request->options.log) {
    options_push(L, request->options_index, "log");
    log_keep(L, SESSION, transfer->ticket);
  }
  if (!pool_start(&session->pool, transfer)) {
    release(L, transfer);
    luaL_error(L, "%s: not enough memory", request->function);
  }
  return transfer;
}

/* Calls what stands at GUARDED with session and transfer, and sees to it that the transfer is free for
 * its next use afterwards, whatever was raised. Gives the status of the call; what it pushed, or what
 * was raised, is on top of the stack. */
static int call_guarded(lua_State *L, struct session *session, struct transfer *transfer) {
  unsigned long generation = pool_generation();
  lua_pushvalue(L, GUARDED);
  lua_pushvalue(L, SESSION);
  lua_pushlightuserdata(L, transfer);
  int status = lua_pcall(L, 2, LUA_MULTRET, 0);
  if (pool_generation() == generation) {
    if (status != 0) pool_stop(&session->pool, transfer);
    if (transfer->state != TRANSFER_RUNNING) release(L, transfer);
  }
  return status;
}

/* Pushes an ended transfer's result (see answer.h); gives how many values, 0 while there is none. The
 * transfer goes out again, to the next version of the API, where this one is gone. */
static int take_result(lua_State *L, struct session *session, struct transfer *transfer) {
  if (transfer->state != TRANSFER_ENDED) return 0;
  transfer->state = TRANSFER_DELIVERING;
  versions_tell_notice(L, SESSION, transfer);
  if (!versions_fall_back(L, SESSION, transfer) || session->pool.multi == NULL)
    return answer_push(L, &transfer->exchange);
  if (!pool_start(&session->pool, transfer)) return luaL_error(L, "not enough memory");
  return 0;
}

static int do_nothing(lua_State *L) {
  (void)L;
  return 0;
}

/* The empty call gives Lua's hooks their turn, so that Ctrl-C acts at once. */
static void sleep_a_turn(lua_State *L, struct session *session, long longest_ms) {
  unsigned long generation = pool_generation();
  pool_sleep(&session->pool, longest_ms);
  lua_pushcfunction(L, do_nothing);
  lua_call(L, 0, 0);
  if (pool_generation() != generation) luaL_error(L, "the process forked while a call was under way");
}

/* For call_guarded: from a running transfer to its result. */
static int wait_and_take(lua_State *L) {
  struct session *session = lua_touserdata(L, SESSION);
  struct transfer *transfer = lua_touserdata(L, 2);
  for (;;) {
    pool_step(&session->pool);
    int count = take_result(L, session, transfer);
    if (count > 0) return count;
    if (transfer->state == TRANSFER_RUNNING) sleep_a_turn(L, session, SLEEP_MAX_MS);
  }
}

/* One exchange from submission to its end. */
int calls_get_deployment(lua_State *L) {
  struct session *session = session_check(L);
  struct request request;
  lua_settop(L, 5);
  lua_pushcfunction(L, wait_and_take);
  lua_insert(L, GUARDED);
  request_read_deployment(L, FIRST_ARGUMENT, "get_deployment", &request);
  struct transfer *transfer = submit(L, session, &request);
  transfer->is_awaited = true; /* a hook may take whatever has ended meanwhile */
  int top = lua_gettop(L);
  if (call_guarded(L, session, transfer) != 0) return lua_error(L);
  int count = lua_gettop(L) - top;
  if (count == 2) lua_pop(L, 1); /* the status, which for a Deployment says nothing */
  return count == 2 ? 1 : count;
}

int calls_get_deployment_shared(lua_State *L) {
  lua_settop(L, 4);
  session_push_shared(L);
  lua_insert(L, SESSION);
  return calls_get_deployment(L);
}

int calls_submit(lua_State *L) {
  struct session *session = session_check(L);
  struct request request;
  request_read(L, 2, "submit", &request);
  lua_pushinteger(L, (lua_Integer)submit(L, session, &request)->ticket);
  return 1;
}

int calls_step(lua_State *L) {
  pool_step(&session_check_own(L)->pool);
  return 0;
}

int calls_wait(lua_State *L) {
  struct session *session = session_check_own(L);
  long long end = -1;
  if (!lua_isnoneornil(L, 2)) {
    lua_Number seconds = luaL_checknumber(L, 2);
    luaL_argcheck(L, seconds >= 0 && seconds <= 86400, 2, "seconds from 0 to 86400 expected");
    end = clock_ms() + (long long)ceil(seconds * 1000);
  }
  unsigned long news = session->news;
  for (;;) {
    pool_step(&session->pool);
    bool ended = transfers_ended(session->pool.transfers) != NULL || session->news != news;
    long long left = end < 0 ? SLEEP_MAX_MS : end - clock_ms();
    if (ended || left <= 0 || (end < 0 && !transfers_any(session->pool.transfers, TRANSFER_RUNNING))) {
      lua_pushboolean(L, ended);
      return 1;
    }
    sleep_a_turn(L, session, left < SLEEP_MAX_MS ? (long)left : SLEEP_MAX_MS);
  }
}

/* For call_guarded: a result and the head, or nothing while there is none. */
static int take_outcome(lua_State *L) {
  struct transfer *transfer = lua_touserdata(L, 2);
  int count = take_result(L, lua_touserdata(L, SESSION), transfer);
  return count > 0 ? count + answer_push_head(L, &transfer->exchange) : 0;
}

/* Moves a result, or what was raised, from above the outcome into it. */
static void fill_outcome(lua_State *L, int status) {
  if (status != 0)
    lua_setfield(L, OUTCOME, "raised");
  else
    answer_fill(L, OUTCOME, lua_gettop(L) - OUTCOME);
}

/* An error that is raised belongs to whoever asked, not to whoever takes: it is part of the outcome.
 * The outcome is made before anything is taken, since that may raise, too. */
int calls_next(lua_State *L) {
  struct session *session = session_check_own(L);
  struct transfer *transfer;
  lua_settop(L, SESSION);
  lua_pushcfunction(L, take_outcome);
  while ((transfer = transfers_ended(session->pool.transfers)) != NULL) {
    lua_settop(L, GUARDED);
    lua_pushinteger(L, (lua_Integer)transfer->ticket);
    lua_createtable(L, 0, 2);
    int status = call_guarded(L, session, transfer);
    if (lua_gettop(L) == OUTCOME) continue; /* it went out again */
    fill_outcome(L, status);
    session->news++;
    return 2;
  }
  pool_trim(&session->pool);
  return 0;
}

int calls_cancel(lua_State *L) {
  struct session *session = session_check_own(L);
  lua_Number ticket = luaL_checknumber(L, 2);
  struct transfer *transfer = ticket >= 1 && ticket < TICKET_LIMIT
                                  ? transfers_of_ticket(session->pool.transfers, (unsigned long)ticket)
                                  : NULL;
  if (transfer != NULL) {
    pool_stop(&session->pool, transfer);
    release(L, transfer);
  }
  lua_pushboolean(L, transfer != NULL);
  return 1;
}
