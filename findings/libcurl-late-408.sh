#!/bin/sh
# A kept connection on which the server has said "408 Request Timeout" and closed while nothing was asked.
#
# One expects: libcurl sees that the connection has ended and opens another for the next request, in every release.
# Happens: 7.74 and 8.14 do. 7.88 asks on the ended connection and gives the old 408 as the answer: CURLE_OK, status
#   408, no new connection. 8.23 does so, too, where the connection lay for less than a second. The next try is well.
# Who meets it: whoever keeps connections to a balancer that announces an idle connection's end by a 408 (RFC 9110
#   allows it) and takes every 4xx for the last word. A GET that got a 408 is worth another try.
# Versions: libcurl 7.74.0, 7.88.1, 8.14.1, 8.23.0 (Debian 11, 12, 13, sid); plain HTTP/1.1.
#
# Seen:
#   bullseye 7.74.0: after 0.5 s 200 by 1 new connection, after 2 s 200 by 1
#   bookworm 7.88.1: after 0.5 s 408 by 0 new connections, after 2 s 408 by 0
#   trixie 8.14.1: after 0.5 s 200 by 1 new connection, after 2 s 200 by 1
#   sid 8.23.0: after 0.5 s 408 by 0 new connections, after 2 s 200 by 1
. "$(dirname "$0")/lib.sh"

four_libcurls
serve '
while (my $client = $server->accept) {
   while (defined(my $line = <$client>)) {
      next if $line ne "\r\n";
      answer($client, "200 OK", "ok");
      select undef, undef, undef, 0.1;
      answer($client, "408 Request Timeout\r\nConnection: close", "");
      last;
   }
   close $client;
}
'
cat >"$work/ask.lua" <<'END'
local curl = require "libcurl"
local function ask_twice(pause)
   local easy = curl.easy { url = arg[2], timeout_ms = 5000 }
   assert(curl.perform(easy) == 0 and curl.get(easy, "status") == 200)
   curl.sleep(pause)
   assert(curl.perform(easy) == 0)
   return curl.get(easy, "status"), curl.get(easy, "connections")
end
local early, early_new = ask_twice(0.5)
local late, late_new = ask_twice(2)
print(("%s %s: after 0.5 s %d by %d new connection%s, after 2 s %d by %d"):format(
   arg[1], curl.version, early, early_new, early_new == 1 and "" or "s", late, late_new))
END
ask "$work/ask.lua" >"$work/now"
compare "$work/now"
