# Every command of the house; `make help` lists them.

# Which Lua, each with a build of its own; `lua` is the one of these that it is here.
luas := lua5.5 lua5.4 lua5.3 lua5.2 lua5.1 luajit
LUA ?= lua5.4
ifeq ($(LUA),lua)
override LUA := lua$(shell lua -e 'io.write(_VERSION:sub(5))' 2>/dev/null)
endif
ifneq ($(words $(filter $(LUA),$(luas))),1)
$(error LUA=$(LUA) is none of: $(luas))
endif

PREFIX ?= /usr/local
DESTDIR ?=
CFLAGS ?= -O2 -g

number := $(patsubst lua%,%,$(LUA))
abi := $(if $(filter luajit,$(LUA)),5.1,$(number))
interpreter := $(or $(shell .ci/called command $(LUA)),$(LUA))
package := $(shell .ci/called package $(LUA))

BUILD ?= .build/$(LUA)
module := $(BUILD)/astro/core.so
sources := $(wildcard src/*.c src/transport/*.c)
lua_files := $(patsubst lua/%,%,$(shell find lua -name '*.lua'))

warnings := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes
flags = -std=c99 $(warnings) -fPIC $(shell pkg-config --cflags $(package) libcurl) $(CPPFLAGS) $(CFLAGS)
libraries = $(shell pkg-config --libs libcurl) -lpthread -ldl
# A module takes Lua's functions from the program that loads it.
shared := $(if $(filter Darwin,$(shell uname -s)),-bundle -undefined dynamic_lookup,-shared)

lua_path = $(CURDIR)/lua/?.lua;$(CURDIR)/lua/?/init.lua
lua_cpath = $(abspath $(BUILD))/?.so
# For a tree that is used in place, beside what the user has.
env_path = $(lua_path);$${LUA_PATH:-;}
env_cpath = $(lua_cpath);$${LUA_CPATH:-;}
run = LUA_PATH='$(lua_path);;' LUA_CPATH='$(lua_cpath);;' LUA='$(interpreter)' LUA_PACKAGE='$(package)'
stand_in := spec/support/with-stand-in
export PATH := $(PATH):$(CURDIR)/.build/node_modules/.bin
busted = $(interpreter) "$$(command -v busted)" --output=spec/support/totals.lua
specs ?= spec
# Of `make torture`; see spec/torture/report.lua.
parts ?= wire answers streams reach process ends threads load memory bodies fuzz secrets
quiet := --no-print-directory -s

share_dir = $(DESTDIR)$(PREFIX)/share/lua/$(abi)
lib_dir = $(DESTDIR)$(PREFIX)/lib/lua/$(abi)

.PHONY: all deps demo shell test specs-now torture torture-now lint lint-now format picture reference operations sanitize valgrind \
	bench bench-readme bench-now bench-loops install uninstall release elsewhere env clean help
.DELETE_ON_ERROR:
# Goals of one command line come one after another, the files of each side by side.
ifneq ($(word 2,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif

all: $(module) ## build the module for LUA (default lua5.4)

$(module): $(sources:src/%.c=$(BUILD)/%.o)
	@mkdir -p $(@D)
	$(CC) $(shared) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(libraries)

$(BUILD)/%.o: src/%.c
	@mkdir -p $(@D)
	@test -n "$(package)" || { echo "pkg-config finds no $(LUA): try 'make deps LUA=$(LUA)'" >&2; exit 1; }
	$(CC) $(flags) -MMD -MP -c -o $@ $<

-include $(wildcard $(BUILD)/*.d $(BUILD)/transport/*.d)

deps: ## install what is missing to build
	@.ci/deps $(LUA) build

demo: ## fetch a Deployment from a stand-in of the Astro API
	@.ci/deps $(LUA) build demo
	@$(MAKE) $(quiet) all
	@$(run) $(stand_in) $(interpreter) examples/get_deployment.lua cmdep0full0000000000000001

# Ends with what started it, where Linux can do that.
ends_with_parent := $(if $(shell command -v setpriv 2>/dev/null),setpriv --pdeathsig KILL)
shell: ## a shell beside that stand-in, for the README's blocks and the examples
	@.ci/deps $(LUA) build demo </dev/null
	@$(MAKE) $(quiet) all </dev/null
	@exec env LUA_PATH="$(env_path)" LUA_CPATH="$(env_cpath)" \
		$(ends_with_parent) spec/support/shell $(stand_in) $(interpreter) "$(BUILD)/bin"

test: ## run the specs
	@.ci/deps $(LUA) build demo test
	@$(MAKE) $(quiet) specs-now

# With everything there: the rest of the command line is made before a recipe's first line runs.
# What Lua runs inside nginx is LuaJIT, whichever runs the specs.
specs-now: all
	@$(MAKE) $(quiet) all LUA=luajit BUILD=.build/luajit CFLAGS='-O2 -g'
	@$(run) spec/support/with-faults $(stand_in) $(under) $(busted) $(specs)

torture: ## for minutes: every fault at every byte; prints what was tried and what came out
	@.ci/deps $(LUA) build demo test
	@$(MAKE) $(quiet) torture-now

# Each part beside servers of its own; the rest goes on where one broke.
torture-now: all
	@failed=0; for part in $(parts); do \
		$(run) spec/support/with-faults $(stand_in) $(under) $(interpreter) spec/torture/run.lua $$part || failed=1; \
	done; exit $$failed

lint: ## check every source file, change none
	@.ci/deps $(LUA) build lint
	@$(MAKE) --no-print-directory lint-now

# What fails says its name first.
lint-now:
	@.ci/quietly clang-format --dry-run -Werror src/*.[ch] src/transport/*.[ch]
	@.ci/quietly clang-tidy --quiet $(sources) -- $(flags) -Werror -DCURL_DISABLE_TYPECHECK
	@.ci/quietly cppcheck --quiet --std=c99 --error-exitcode=1 --enable=warning,performance,portability \
		--inline-suppr --suppress=missingIncludeSystem --suppress=normalCheckLevelMaxBranches -Isrc src
	@$(MAKE) $(quiet) BUILD=.build/lint-$(LUA) CFLAGS='-O2 -Werror' all
	@# src/transport includes neither Lua's headers nor any of src, directly or through another.
	@headers=$$($(CC) -std=c99 $(shell pkg-config --cflags libcurl) -M src/transport/*.c) && \
		if echo "$$headers" | grep -E '/(lua|lauxlib|lualib|luaconf)\.h|\.\./'; \
		then echo "src/transport includes these" >&2; exit 1; fi
	@# No two files have a function of one name, which a search or a backtrace could mistake.
	@if for file in $(sources); do \
		sed -nE 's/^static [^(=;]*[ *]([a-z0-9_]+)\(.*/\1/p' $$file | sort -u; \
	done | sort | uniq -d | grep .; then echo "static functions of one name in two files" >&2; exit 1; fi
	@.ci/quietly luacheck --quiet lua spec examples *.rockspec
	@if command -v stylua >/dev/null; then .ci/quietly stylua --check lua spec examples; \
	else echo "stylua is not to be had here: the form of the Lua files was not checked"; fi

format: ## give every source file its form
	clang-format -i src/*.[ch] src/transport/*.[ch]
	@if command -v stylua >/dev/null; then stylua lua spec examples; fi

picture: ## draw examples/card.svg, the card of a fixture as a terminal shows it
	@.ci/deps $(LUA) build demo
	@$(MAKE) $(quiet) all
	@$(run) $(stand_in) $(interpreter) spec/support/card_picture.lua > examples/card.svg

reference: ## write what documents the data: types, a page of the Neovim help, the tables of the README
	@.ci/deps $(LUA) build
	@$(MAKE) $(quiet) all
	@mkdir -p lua/astro/types
	@$(run) $(interpreter) spec/support/reference.lua types > lua/astro/types.lua
	@$(run) $(interpreter) spec/support/reference.lua object_types > lua/astro/types/objects.lua
	@$(run) $(interpreter) spec/support/reference.lua operation_types > lua/astro/types/operations.lua
	@$(run) $(interpreter) spec/support/reference.lua help > examples/neovim/doc/astro-fields.txt
	@$(run) $(interpreter) spec/support/reference.lua options_help > examples/neovim/doc/astro-options.txt
	@$(run) $(interpreter) spec/support/reference.lua operations_help > examples/neovim/doc/astro-operations.txt
	@$(run) $(interpreter) spec/support/reference.lua readme README.md > .build/README.md
	@mv .build/README.md README.md

operations: ## hold the table of operations against the service's own description, OPENAPI=FILE
	@.ci/deps $(LUA) build openapi
	@$(MAKE) $(quiet) all
	@$(run) $(interpreter) spec/support/openapi.lua $(OPENAPI)

SUITE ?= trixie
TARGET ?= demo test
elsewhere: ## run TARGET (default demo and test) in a bare root of the Debian that SUITE names
	@.ci/deps $(LUA) elsewhere
	@.ci/elsewhere $(SUITE) $(foreach target,$(TARGET),"make $(target) LUA=$(LUA)")

sanitize: ## run the specs under ASan and UBSan, leaks included
	@.ci/deps $(LUA) build demo test
	@$(MAKE) $(quiet) specs-now BUILD=.build/sanitize-$(LUA) under=spec/support/with-sanitizers \
		CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all'

valgrind: ## run a part of the specs under valgrind
	@.ci/deps $(LUA) build demo test valgrind
	@$(MAKE) $(quiet) specs-now specs='spec/session_spec.lua spec/answer_spec.lua spec/kinds_spec.lua' \
		under='valgrind --quiet --error-exitcode=1 --leak-check=full --errors-for-leak-kinds=definite'

bench: ## our figures beside the peers' (ROWS=cpu,decode; ALL=1; bench-readme: in short)
	@.ci/deps $(LUA) build demo
	@.ci/deps $(LUA) bench $(if $(filter 1,$(ALL)),bench-all) || echo "not every peer can be installed" >&2
	@$(MAKE) $(quiet) bench-now

short_rows := cpu,many,rate,start,memory
bench-readme:
	@$(MAKE) $(quiet) bench FORM=markdown ROWS=$(if $(ROWS),$(ROWS),$(short_rows))

# With what the specs meet, too: the stand-in that answers late, Neovim, nginx's Lua module.
bench-loops: ## how little Neovim and an nginx worker wait while calls are under way
	@.ci/deps $(LUA) build demo test
	@$(MAKE) $(quiet) all nvim
	@$(MAKE) $(quiet) all LUA=luajit BUILD=.build/luajit
	@$(run) spec/support/with-faults $(stand_in) nvim --clean --headless \
		--cmd 'set runtimepath^=.build/nvim' -c 'luafile spec/bench/loops_nvim.lua' -c 'qall!'
	@$(run) spec/support/with-faults $(stand_in) $(interpreter) spec/bench/loops_resty.lua

# A row is about nginx, if that has what it takes.
bench-now: all
	-@$(MAKE) $(quiet) all LUA=luajit BUILD=.build/luajit CFLAGS='-O2 -g'
	@$(run) spec/bench/compile $(BUILD)/bench >&2
	@$(run) BENCH_BUILD='$(abspath $(BUILD))/bench' spec/bench/with-server $(interpreter) spec/bench/bench.lua

no_right = { echo "$(DESTDIR)$(PREFIX) is not yours to write to: PREFIX=... says where else, or use sudo" >&2; exit 1; }

# Below DESTDIR.
record = $(PREFIX)/share/lua/$(abi)/astro/folders
folders = "$(PREFIX)/lib/lua/$(abi)/astro" \
	$(patsubst %/,"$(PREFIX)/share/lua/$(abi)/%",$(sort $(filter-out ./,$(dir $(lua_files)))))

install: all ## install into PREFIX (default /usr/local), below DESTDIR
	@.ci/folders make "$(DESTDIR)" "$(record)" $(folders) 2>/dev/null && \
		test -w "$(lib_dir)/astro" && test -w "$(share_dir)/astro" || $(no_right)
	@install -m 755 $(module) "$(lib_dir)/astro/core.so"
	@for file in $(lua_files); do install -m 644 lua/$$file "$(share_dir)/$$file" || exit 1; done
	@.ci/proof $(interpreter) "$(share_dir)" "$(lib_dir)" $(if $(DESTDIR),|| true) # that tree may be another machine's

uninstall: ## remove what install put there
	@test ! -e "$(lib_dir)/astro" || test -w "$(lib_dir)/astro" || $(no_right)
	@rm -f "$(lib_dir)/astro/core.so"
	@for file in $(lua_files); do rm -f "$(share_dir)/$$file"; done
	@.ci/folders remove "$(DESTDIR)" "$(record)" $(folders)

# Neovim has a LuaJIT, which takes a module built for Lua 5.1 as well.
nvim_lua = $(if $(shell pkg-config --exists luajit 2>/dev/null && echo there),luajit,lua5.1)

nvim: ## build the Neovim plugin: .build/nvim is for its runtimepath
	@$(MAKE) $(quiet) all LUA=$(nvim_lua) BUILD=.build/$(nvim_lua)
	@rm -rf .build/nvim
	@mkdir -p .build/nvim
	cp -R lua .build/nvim
	cp -R examples/neovim/* .build/nvim
	cp .build/$(nvim_lua)/astro/core.so .build/nvim/lua/astro
	@if command -v nvim >/dev/null; then nvim -u NONE -i NONE --headless -c 'helptags .build/nvim/doc' -c q; fi

check ?= .ci/run
release: ## commit and tag VERSION=x.y.z, if everything passes
	@.ci/release "$(VERSION)" "$(check)"

env: ## print the exports with which this tree is used in place
	@echo '# for $(LUA)'
	@echo 'export LUA_PATH="$(env_path)"'
	@echo 'export LUA_CPATH="$(env_cpath)"'

clean: ## remove every build, those of luarocks too
	rm -rf .build astro src/*.o src/transport/*.o

help: ## this list
	@echo "make TARGET [LUA=lua5.4], with LUA one of: $(luas)"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 15
