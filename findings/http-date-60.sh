#!/bin/sh
# The leap second at the end of 2016 as an HTTP date, "Sat, 31 Dec 2016 23:59:60 GMT", and as RFC 3339 writes it.
#
# One expects: both grammars allow the 60, so a reader takes it as the second before or after, or refuses it.
# Happens: as an HTTP date curl takes it as the second after, Go, Python and date refuse it, and Node.js drops the 60:
#   it gives 23:59:00, a minute early, without a word. As RFC 3339 jq alone takes it, of six; Node.js refuses that one.
# Who meets it: whoever compares Last-Modified, Retry-After or Sunset by Date in JavaScript; the reader that never
#   complains is the one that is wrong.
# Versions: libcurl 7.88.1, Python 3.11.2, Go 1.19.8, date of coreutils 9.1, jq 1.6 (Debian 12); Node.js 20.19.5 (npm).
#
# Seen, in seconds from the end of 2016:
#   HTTP date: curl 0, go refuses, node -60, python refuses, date refuses
#   RFC 3339: jq 0, go refuses, node refuses, python refuses, date refuses
. "$(dirname "$0")/lib.sh"

need bookworm libcurl4=7.88.1-10+deb12u15 luajit=2.1.0~beta3+git20220320+dfsg-4.1+deb12u1 coreutils=9.1-1 jq=1.6-2.1+deb12u2 \
  python3.11-minimal=3.11.2-6+deb12u8 libpython3.11-stdlib=3.11.2-6+deb12u8 golang-1.19-go=1.19.8-2
npm_packages

http="Sat, 31 Dec 2016 23:59:60 GMT"
rfc="2016-12-31T23:59:60Z"
from_new_year() { if [ -n "$1" ] && [ "$1" != -1 ]; then echo $(($1 - 1483228800)); else echo refuses; fi; }
by_curl() {
  LUA_PATH="$(dirname "$0")/?.lua" run bookworm luajit \
    -e 'print(tonumber(require("libcurl").lib.curl_getdate(arg[1], nil)))' - "$1" </dev/null
}
by_go() { (cd "$work" && GO111MODULE=off CGO_ENABLED=0 GOCACHE=$work/cache GOROOT=$go "$go/bin/go" run date.go "$1"); }
by_node() { node -p 'const ms = Date.parse(process.argv[1]); isNaN(ms) ? "" : ms / 1000' "$1"; }
by_python() {
  PYTHONHOME=$work/bookworm/usr PYTHONDONTWRITEBYTECODE=1 run bookworm python3.11 - "$1" <<'END'
import sys
from datetime import datetime
from email.utils import parsedate_to_datetime

read = parsedate_to_datetime if sys.argv[1].endswith("GMT") else datetime.fromisoformat
try:
    print("%d" % read(sys.argv[1]).timestamp())
except ValueError:
    pass
END
}
by_date() { run bookworm "$(find "$work/bookworm/bin" "$work/bookworm/usr/bin" -name date)" --date "$1" +%s 2>/dev/null || :; }
by_jq() { run bookworm jq --null-input --arg text "$1" '$text | fromdate' 2>/dev/null || :; }

go=$work/bookworm/usr/lib/go-1.19
cat >"$work/date.go" <<'END'
package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	read := http.ParseTime
	if !strings.HasSuffix(os.Args[1], "GMT") {
		read = func(text string) (time.Time, error) { return time.Parse(time.RFC3339, text) }
	}
	if t, err := read(os.Args[1]); err == nil {
		fmt.Println(t.Unix())
	}
}
END
row() {
  text=$1
  shift
  for reader; do printf '%s%s %s' "$comma" "$reader" "$(from_new_year "$("by_$reader" "$text")")" && comma=", "; done
  echo
}
{
  comma="HTTP date: " && row "$http" curl go node python date
  comma="RFC 3339: " && row "$rfc" jq go node python date
} >"$work/now"
compare "$work/now"
