--- The libFuzzer targets of spec/fuzz/, our own C under clang's sanitizers: ten million executions in all.

local world = require "spec.support.world"

--- How many of each.
local TARGETS = {
   { "header reading", "header", 4500000 },
   { "request building", "request", 2500000 },
   { "the walk over decoded values", "walk", 2000000 },
   { "answer reading", "answer", 1000000 },
}
local SHORT = 400 -- of that many one

--- At most so many seconds of one target; what is left out is a finding.
local PATIENCE = 400

local CLANG = "clang -g -O2 -std=c99 -D_GNU_SOURCE -fsanitize=address,undefined -fno-sanitize-recover=all "
   .. "$(pkg-config --cflags $LUA_PACKAGE libcurl) "

--- Our C once, as a library: a target takes what it needs, and not the source that it includes.
local LIBRARY = 'printf \'%%s\\0\' "$PWD"/src/*.c "$PWD"/src/*/*.c | (cd %s && xargs -0 -P $(nproc) -n 4 '
   .. CLANG
   .. "-fsanitize=fuzzer-no-link -c && ar rcs ours.a *.o)"
local BUILD = CLANG
   .. "-fsanitize=fuzzer -o %s spec/fuzz/%s.c %s/ours.a $(pkg-config --libs $LUA_PACKAGE libcurl) -lpthread -ldl -lm"

local function succeed(command)
   local output, status = world.shell(command)
   assert(status == 0, output)
end

-- Starts all: they share the processors.
local function start(folder, is_long)
   succeed(LIBRARY:format(folder))
   for i, target in ipairs(TARGETS) do
      local name, runs = target[2], math.floor(target[3] / (is_long and 1 or SHORT))
      local program = ("%s/%s"):format(folder, name)
      succeed(BUILD:format(program, name, folder))
      local command = "cd %s && mkdir -p new_%s && env -u LD_PRELOAD timeout %d ./%s -runs=%d -max_len=512 -seed=%d "
         .. "-detect_leaks=0 -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 -artifact_prefix=%s/ new_%s "
         .. '"$OLDPWD"/spec/fuzz/corpus/%s >%s.log 2>&1; echo $? >%s.status'
      command = command:format(folder, name, PATIENCE, name, runs, i, folder, name, name, name, name)
      os.execute("{ " .. command .. "; } &")
   end
end

local function finish(row, folder, target, is_long)
   local name = folder .. "/" .. target[2]
   world.shell(("while [ ! -s %s.status ]; do sleep 0.1; done"):format(name))
   local log = world.read(name .. ".log")
   row.count = tonumber(log:match "number_of_executed_units: (%d+)") or 0
   row.outcomes["no finding"] = row.count
   if world.read(name .. ".status") ~= "0\n" or row.count < target[3] / (is_long and 1 or SHORT) - 1 then
      row:finding(log:gsub("\n?#%d+[^\n]*", ""):gsub("\tNEW_FUNC[^\n]*", ""):sub(1, 4000))
      world.shell(("cp %s/crash-* .build/ 2>/dev/null"):format(folder))
   end
end

-- What is tried is the same C for every Lua: one will do.
return function(report)
   if _VERSION ~= "Lua 5.4" then
      return
   end
   local folder = world.shell("mktemp -d"):gsub("\n", "")
   start(folder, report.is_long)
   for _, target in ipairs(TARGETS) do
      report:row("libFuzzer, ASan, UBSan: " .. target[1], function(row)
         finish(row, folder, target, report.is_long)
      end)
   end
   world.shell("rm -rf " .. folder)
end
