#include "options.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nearest.h"
#include "text.h"
#include "versions.h"

enum option_type { VERSION, URL, TEXT, PROXY, SECONDS, INTEGER, HEADERS, FUNCTION };

static const char *const TYPE_NAMES[] = {
    [VERSION] = "version", [URL] = "url",         [TEXT] = "string",     [PROXY] = "proxy",
    [SECONDS] = "seconds", [INTEGER] = "integer", [HEADERS] = "headers", [FUNCTION] = "function",
};

static const struct option {
  enum option_type type;
  const char *name;
  size_t offset; /* in struct options */
  double least, most;
  const char *environment, *text;
} OPTIONS[] = {
#define OPTION_ROW(type, name, fallback, least, most, environment, keeper, text) \
  {type, #name, offsetof(struct options, name), least, most, environment, text},
    ASTRO_OPTIONS(OPTION_ROW)
#undef OPTION_ROW
};

static const struct options DEFAULTS = {.base = {.length = sizeof ASTRO_BASE_URL - 1},
#define OPTION_DEFAULT(type, name, fallback, least, most, environment, keeper, text) .name = (fallback),
                                        ASTRO_OPTIONS(OPTION_DEFAULT)
#undef OPTION_DEFAULT
};

static const char *const NAMES[] = {
#define OPTION_NAME(type, name, fallback, least, most, environment, keeper, text) #name,
    ASTRO_OPTIONS(OPTION_NAME)
#undef OPTION_NAME
};

enum { OPTION_COUNT = sizeof OPTIONS / sizeof *OPTIONS, EXPECTED_MAX = 96 };

static const char KNOWN_BASE[] = "astro.core.base"; /* in the registry */

/* Where a value came from, and where it goes. */
struct reading {
  const char *function;
  const struct option *option;
  const char *environment; /* the variable it came from, NULL for the caller's table */
  struct options *options;
};

static int bad_option(lua_State *L, const struct reading *reading, const char *expected) {
  if (reading->environment != NULL)
    return luaL_error(L, "bad environment variable %s for '%s' (%s expected)", reading->environment,
                      reading->function, expected);
  bool is_number = lua_type(L, -1) == LUA_TNUMBER; /* a string may be a secret: never repeated */
  char number[TEXT_NUMBER_MAX];
  if (is_number) text_number(number, lua_tonumber(L, -1));
  return luaL_error(L, "bad option '%s' to '%s' (%s expected, got %s)", reading->option->name,
                    reading->function, expected, is_number ? number : luaL_typename(L, -1));
}

static void *place(const struct reading *reading) {
  return (char *)reading->options + reading->option->offset;
}

/* The last base URL, kept once a Lua state: parsing one costs more than all else here, and mostly it is
 * the same. */
struct known_base {
  struct base base;
  char text[BASE_URL_MAX + 1];
};

void options_open(lua_State *L) {
  struct known_base *known = lua_newuserdata(L, sizeof *known);
  *known = (struct known_base){{0}, ""};
  lua_setfield(L, LUA_REGISTRYINDEX, KNOWN_BASE);
}

static const char *parse_base(lua_State *L, const char *text, struct base *base) {
  lua_getfield(L, LUA_REGISTRYINDEX, KNOWN_BASE);
  struct known_base *known = lua_touserdata(L, -1);
  lua_pop(L, 1);
  if (strcmp(known->text, text) == 0) {
    *base = known->base;
    return NULL;
  }
  const char *expected = base_parse(text, base);
  if (expected == BASE_NO_MEMORY) luaL_error(L, "%s", expected);
  if (expected == NULL) {
    known->base = *base;
    memcpy(known->text, text, strlen(text) + 1);
  }
  return expected;
}

static void read_text(lua_State *L, const struct reading *reading, const char *text) {
  if (*text == '\0') bad_option(L, reading, "a string that is not empty");
  if (reading->option->type == VERSION) {
    enum api_version version = versions_find(text);
    if (version == API_VERSION_COUNT)
      bad_option(L, reading, "\"v1beta1\", \"v1\", \"none\" or \"auto\"");
    *(enum api_version *)place(reading) = version;
    return;
  }
  if (text_has_control(text, strlen(text)))
    bad_option(L, reading, "a string without control characters");
  if (reading->option->type == URL) {
    const char *expected = parse_base(L, text, &reading->options->base);
    if (expected != NULL) bad_option(L, reading, expected);
  }
  *(const char **)place(reading) = text;
}

static void read_number(lua_State *L, const struct reading *reading) {
  const struct option *option = reading->option;
  bool whole = option->type == INTEGER;
  double number = lua_type(L, -1) == LUA_TNUMBER ? lua_tonumber(L, -1) : NAN;
  if (!(number >= option->least && number <= option->most) || (whole && floor(number) != number)) {
    char expected[EXPECTED_MAX], least[TEXT_NUMBER_MAX], most[TEXT_NUMBER_MAX];
    text_number(least, option->least);
    text_number(most, option->most);
    (void)snprintf(expected, sizeof expected, "%s from %s to %s",
                   whole ? "a whole number" : "a number of seconds", least, most);
    bad_option(L, reading, expected);
  }
  *(double *)place(reading) = number;
}

static void read_present(lua_State *L, const struct reading *reading, int type, const char *expected) {
  if (lua_type(L, -1) != type) bad_option(L, reading, expected);
  *(bool *)place(reading) = true;
}

static void read_string(lua_State *L, const struct reading *reading, const char *expected) {
  size_t length = 0;
  if (lua_type(L, -1) != LUA_TSTRING) bad_option(L, reading, expected);
  const char *text = lua_tolstring(L, -1, &length);
  if (strlen(text) != length) bad_option(L, reading, "a string without control characters");
  read_text(L, reading, text);
}

/* The value is on top of the stack. */
static void read_value(lua_State *L, const struct reading *reading) {
  switch (reading->option->type) {
    case VERSION:
    case URL:
    case TEXT:
      read_string(L, reading, "a string");
      break;
    case PROXY:
      if (lua_type(L, -1) == LUA_TBOOLEAN && !lua_toboolean(L, -1))
        *(const char **)place(reading) = "";
      else
        read_string(L, reading, "a URL or false");
      break;
    case SECONDS:
    case INTEGER:
      read_number(L, reading);
      break;
    case HEADERS:
      read_present(L, reading, LUA_TTABLE, "a table");
      break;
    case FUNCTION:
      read_present(L, reading, LUA_TFUNCTION, "a function");
      break;
  }
}

static const struct option *find(lua_State *L, const char *function) {
  if (lua_type(L, -2) != LUA_TSTRING) {
    luaL_error(L, "bad option to '%s' (a name expected, got a %s)", function, luaL_typename(L, -2));
    return NULL;
  }
  const char *name = lua_tostring(L, -2);
  for (int i = 0; i < OPTION_COUNT; i++) {
    if (strcmp(OPTIONS[i].name, name) == 0) return &OPTIONS[i];
  }
  luaL_error(L, "bad option to '%s' (unknown name; did you mean '%s'?)", function,
             NAMES[nearest(name, NAMES, OPTION_COUNT)]);
  return NULL;
}

static void read_table(lua_State *L, struct reading *reading, int index, bool *given) {
  lua_pushnil(L);
  while (lua_next(L, index) != 0) {
    reading->option = find(L, reading->function);
    given[reading->option - OPTIONS] = true;
    read_value(L, reading);
    lua_pop(L, 1);
  }
}

static void read_environment(lua_State *L, struct reading *reading, const bool *given) {
  for (int i = 0; i < OPTION_COUNT; i++) {
    if (given[i] || OPTIONS[i].environment == NULL) continue;
    const char *text = options_environment(OPTIONS[i].environment);
    if (text == NULL) continue;
    reading->option = &OPTIONS[i];
    reading->environment = OPTIONS[i].environment;
    read_text(L, reading, text);
  }
}

void options_read(lua_State *L, int index, const char *function, struct options *options) {
  bool given[OPTION_COUNT] = {false};
  struct reading reading = {.function = function, .options = options};
  *options = DEFAULTS;
  luaL_checkstack(L, 8, "options");
  if (!lua_isnoneornil(L, index)) {
    if (!lua_istable(L, index)) {
      luaL_error(L, "bad argument 'options' to '%s' (a table expected, got %s)", function,
                 luaL_typename(L, index));
      return;
    }
    read_table(L, &reading, index, given);
  }
  read_environment(L, &reading, given);
  if (options->proxy == NULL && options->base.loopback) options->proxy = "";
}

void options_push(lua_State *L, int index, const char *name) {
  if (lua_istable(L, index)) {
    lua_pushstring(L, name);
    lua_rawget(L, index);
  } else {
    lua_pushnil(L);
  }
}

const char *options_environment(const char *name) {
  const char *value = getenv(name);
  return value == NULL || *value == '\0' ? NULL : value;
}

static void push_number(lua_State *L, const struct option *option, double number) {
  if (option->type == INTEGER)
    lua_pushinteger(L, (lua_Integer)number);
  else
    lua_pushnumber(L, number);
}

static void push_default(lua_State *L, const struct option *option) {
  const void *value = (const char *)&DEFAULTS + option->offset;
  switch (option->type) {
    case VERSION:
      lua_pushstring(L, versions_name(*(const enum api_version *)value));
      break;
    case URL:
    case TEXT:
    case PROXY:
      lua_pushstring(L, *(const char *const *)value); /* nil for NULL */
      break;
    case SECONDS:
    case INTEGER:
      push_number(L, option, *(const double *)value);
      break;
    case HEADERS:
    case FUNCTION:
      lua_pushnil(L);
      break;
  }
}

void options_export(lua_State *L) {
  lua_createtable(L, OPTION_COUNT, 0);
  for (int i = 0; i < OPTION_COUNT; i++) {
    const struct option *option = &OPTIONS[i];
    lua_createtable(L, 0, 7);
    lua_pushstring(L, option->name);
    lua_setfield(L, -2, "name");
    lua_pushstring(L, TYPE_NAMES[option->type]);
    lua_setfield(L, -2, "type");
    push_default(L, option);
    lua_setfield(L, -2, "default");
    if (option->most > 0) {
      push_number(L, option, option->least);
      lua_setfield(L, -2, "min");
      push_number(L, option, option->most);
      lua_setfield(L, -2, "max");
    }
    lua_pushstring(L, option->environment);
    lua_setfield(L, -2, "env");
    lua_pushstring(L, option->text);
    lua_setfield(L, -2, "text");
    lua_rawseti(L, -2, i + 1);
  }
}
