#!/bin/sh
# A transfer that waits for a free connection, under CURLMOPT_MAX_HOST_CONNECTIONS, and the clocks that run meanwhile.
#
# One expects: CURLOPT_TIMEOUT_MS ends it when its time is over; CURLOPT_CONNECTTIMEOUT_MS counts from the moment a
#   connection is begun, so a wait in the queue cannot use it up. The same in every release.
# Happens: in 7.74 and 7.88 no clock runs in the queue: what is over time is ended only when its turn comes, three
#   times too late here. In 8.14 and 8.23 both run: the transfer ends in the queue, by the time for connecting, too,
#   though nothing was connected and the connection that it waited for became free soon after.
# Who meets it: whoever starts more at once than connections are allowed. With few and slow connections the newer
#   releases give up after CURLOPT_CONNECTTIMEOUT, which is mostly the shorter one.
# Versions: libcurl 7.74.0, 7.88.1, 8.14.1, 8.23.0 (Debian 11, 12, 13, sid).
#
# Seen:
#   bullseye 7.74.0: timeout 0.5 s: 28 at its turn; connect timeout 0.5 s: 0 at its turn
#   bookworm 7.88.1: timeout 0.5 s: 28 at its turn; connect timeout 0.5 s: 0 at its turn
#   trixie 8.14.1: timeout 0.5 s: 28 in the queue; connect timeout 0.5 s: 28 in the queue
#   sid 8.23.0: timeout 0.5 s: 28 in the queue; connect timeout 0.5 s: 28 in the queue
. "$(dirname "$0")/lib.sh"

four_libcurls
serve '
while (my $client = $server->accept) {
   while (defined(my $line = <$client>)) {
      next if $line ne "\r\n";
      select undef, undef, undef, 1.5;
      answer($client, "200 OK", "ok");
   }
}
'
cat >"$work/ask.lua" <<'END'
local curl = require "libcurl"
local function queued(name)
   local multi = curl.multi(1)
   local first = curl.easy { url = arg[2], timeout_ms = 20000 }
   local second = curl.easy { url = arg[2], timeout_ms = 20000 }
   curl.set(second, name, 500)
   local is_free, result = false, nil
   curl.run(multi, { first, second }, function(easy, code)
      if easy == first then
         assert(code == 0)
         is_free = true
      else
         result = ("%d %s"):format(code, is_free and "at its turn" or "in the queue")
      end
   end)
   curl.lib.curl_multi_cleanup(multi)
   return result
end
print(("%s %s: timeout 0.5 s: %s; connect timeout 0.5 s: %s"):format(
   arg[1], curl.version, queued "timeout_ms", queued "connect_timeout_ms"))
END
ask "$work/ask.lua" >"$work/now"
compare "$work/now"
