#!/bin/sh
# The Host header where the URL's host ends in a dot, as an absolute name does.
#
# One expects: what is in the URL is in the header, or it is not; but the same in every release.
# Happens: 7.74 leaves the dot out, 7.88 and newer send it. What stands behind has to know both names: a virtual host
#   or a route by the exact name is found from Debian 11 and not from Debian 12.
# Who meets it: whoever writes names with the dot to spare look-ups through a search list, as in Kubernetes pods,
#   and moves to a newer image.
# Versions: curl 7.74.0, 7.88.1, 8.14.1, 8.23.0 (Debian 11, 12, 13, sid).
#
# Seen:
#   bullseye 7.74.0: Host: api.example
#   bookworm 7.88.1: Host: api.example.
#   trixie 8.14.1: Host: api.example.
#   sid 8.23.0: Host: api.example.
. "$(dirname "$0")/lib.sh"

need bullseye curl=7.74.0-1.3+deb11u13
need bookworm curl=7.88.1-10+deb12u15
need trixie curl=8.14.1-2+deb13u7
want sid curl=8.23.0-1
serve '
while (my $client = $server->accept) {
   my $host;
   while (defined(my $line = <$client>)) {
      $host = $1 if $line =~ /^Host: (\S+?):/i;
      last if $line eq "\r\n";
   }
   answer($client, "200 OK\r\nConnection: close", "Host: $host\n");
   close $client;
}
'
for suite in bullseye bookworm trixie sid; do
  if has $suite; then
    printf '%s %s: ' $suite "$(run $suite curl --version | sed -n '1s/^curl \([^ ]*\).*/\1/p')"
    run $suite curl --silent --noproxy '*' --max-time 5 --connect-to ::127.0.0.1: "http://api.example.:$(cat "$work/port")/"
  fi
done >"$work/now"
compare "$work/now"
