#!/bin/sh
# CURLINFO_RETRY_AFTER where Retry-After is a date that has passed, as when the server's clock is behind ours.
#
# One expects: 0, "at once": the value is documented as a number of seconds to wait, and 0 as "none given".
# Happens: 7.74 and 7.88 give the difference, a negative number; 8.14 and 8.23 give 0.
# Who meets it: whoever hands the value on to a sleep or stores it unsigned: a wait of minus one second is an error or
#   a very long one. A date ahead is right in all.
# Versions: libcurl 7.74.0, 7.88.1, 8.14.1, 8.23.0 (Debian 11, 12, 13, sid).
#
# Seen:
#   bullseye 7.74.0: a date of long ago is below 0, one 100 s ahead about 100
#   bookworm 7.88.1: a date of long ago is below 0, one 100 s ahead about 100
#   trixie 8.14.1: a date of long ago is 0, one 100 s ahead about 100
#   sid 8.23.0: a date of long ago is 0, one 100 s ahead about 100
. "$(dirname "$0")/lib.sh"

four_libcurls
serve '
use POSIX;
POSIX::setlocale(LC_ALL, "C");
while (my $client = $server->accept) {
   my $request = <$client>;
   while (<$client> ne "\r\n") {}
   my $date = $request =~ /past/ ? 784111777 : time + 100;
   my $text = strftime("%a, %d %b %Y %H:%M:%S GMT", gmtime $date);
   answer($client, "503 Service Unavailable\r\nConnection: close\r\nRetry-After: $text", "");
   close $client;
}
'
cat >"$work/ask.lua" <<'END'
local curl = require "libcurl"
local function retry_after(path)
   local easy = curl.easy { url = arg[2] .. path, timeout_ms = 5000 }
   assert(curl.perform(easy) == 0 and curl.get(easy, "status") == 503)
   return curl.get(easy, "retry_after")
end
local past, ahead = retry_after "past", retry_after "ahead"
print(("%s %s: a date of long ago is %s, one 100 s ahead %s"):format(
   arg[1], curl.version, past < 0 and "below 0" or past,
   ahead > 60 and ahead <= 100 and "about 100" or ahead))
END
ask "$work/ask.lua" >"$work/now"
compare "$work/now"
