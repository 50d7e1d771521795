#!/bin/sh
# How many threads a process has after libcurl looked up a name, with the threaded resolver that Debian builds.
#
# One expects: the look-up's thread ends with the look-up; a program that makes one transfer after the other has one
#   thread in between.
# Happens: so in 7.74, 7.88 and 8.14. In 8.23 two threads, for the two families of addresses, stay for two seconds
#   more, or until curl_multi_cleanup.
# Who meets it: programs that count on being alone between two calls: the kernel refuses a user namespace to a process
#   of several threads, a child of fork has but one of them, and tests that count threads see three.
# Versions: libcurl 7.74.0, 7.88.1, 8.14.1, 8.23.0 (Debian 11, 12, 13, sid).
#
# Seen:
#   bullseye 7.74.0: 1 thread after a look-up, 1 six seconds later; 1 after a look-up and curl_multi_cleanup
#   bookworm 7.88.1: 1 thread after a look-up, 1 six seconds later; 1 after a look-up and curl_multi_cleanup
#   trixie 8.14.1: 1 thread after a look-up, 1 six seconds later; 1 after a look-up and curl_multi_cleanup
#   sid 8.23.0: 3 threads after a look-up, 1 six seconds later; 1 after a look-up and curl_multi_cleanup
. "$(dirname "$0")/lib.sh"

four_libcurls
echo 0 >"$work/port"
cat >"$work/ask.lua" <<'END'
local curl = require "libcurl"
local function threads()
   local file = io.open "/proc/self/status"
   local text = file:read "*a"
   file:close()
   return tonumber(text:match "Threads:%s*(%d+)")
end
local function look_up(multi) -- a name that nobody has: that it is not found does not matter
   curl.run(multi, { curl.easy { url = "http://name.invalid/", timeout_ms = 60000 } }, function() end)
end
local multi = curl.multi()
look_up(multi)
local after = threads()
curl.sleep(3)
curl.sleep(3)
local later = threads()
curl.lib.curl_multi_cleanup(multi)
multi = curl.multi()
look_up(multi)
curl.lib.curl_multi_cleanup(multi)
print(("%s %s: %d thread%s after a look-up, %d six seconds later; %d after a look-up and curl_multi_cleanup"):format(
   arg[1], curl.version, after, after == 1 and "" or "s", later, threads()))
END
ask "$work/ask.lua" >"$work/now"
compare "$work/now"
