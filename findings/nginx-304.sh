#!/bin/sh
# A 304 of nginx for what it compresses: its ETag and its Vary, beside those of the 200 that it stands for.
#
# One expects: the ETag and the Vary of the 200, as RFC 9110 (15.4.5) wants of every 304.
# Happens: the 200 has a weak ETag, as gzip makes it, and the Vary of gzip_vary; the 304 has the strong ETag and no Vary. A
#   cache that takes the header of a 304 into what it holds then has a strong ETag, of another body, on a compressed one.
# Who meets it: whoever has gzip and gzip_vary on before a cache, a CDN or a script that compares ETags.
# Versions: nginx 1.22.1, 1.26.3, 1.30.6 (Debian 12, 13, sid).
#
# Seen:
#   bookworm 1.22.1: 200 ETag: W/"1-200" Vary: Accept-Encoding; 304 ETag: "1-200"
#   trixie 1.26.3: 200 ETag: W/"1-200" Vary: Accept-Encoding; 304 ETag: "1-200"
#   sid 1.30.6: 200 ETag: W/"1-200" Vary: Accept-Encoding; 304 ETag: "1-200"
. "$(dirname "$0")/lib.sh"

need bookworm nginx=1.22.1-9+deb12u9 curl=7.88.1-10+deb12u15
need trixie nginx=1.26.3-3+deb13u10
want sid nginx=1.30.6-2

mkdir "$work/files"
printf '%0512d' 0 >"$work/files/it.json"
touch -d @1 "$work/files/it.json"
chmod 755 "$work"

# start SUITE: on a free port, which is in $port.
start() {
  for _ in 1 2 3 4 5; do
    port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 40000))
    cat >"$work/nginx.conf" <<END_OF_CONF
daemon off;
pid $work/$1.pid;
error_log $work/$1.log;
events {}
http {
  access_log off;
  client_body_temp_path $work/body;
  proxy_temp_path $work/proxy;
  fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi;
  scgi_temp_path $work/scgi;
  types { application/json json; }
  gzip on;
  gzip_vary on;
  gzip_types application/json;
  server {
    listen 127.0.0.1:$port;
    root $work/files;
  }
}
END_OF_CONF
    run "$1" "$work/$1/usr/sbin/nginx" -p "$work" -e "$work/$1.log" -c "$work/nginx.conf" &
    last=$!
    for _ in $(seq 200); do
      if [ -s "$work/$1.pid" ]; then
        background="$background $(cat "$work/$1.pid")"
        return
      fi
      kill -0 "$last" 2>/dev/null || break
      sleep 0.05
    done
  done
  give_up "$1: $(tail -n 1 "$work/$1.log")"
}

# ask OPTION...: the status, the ETag and the Vary.
ask() {
  run bookworm curl --silent --noproxy '*' --max-time 5 --output /dev/null --dump-header - \
    --header 'Accept-Encoding: gzip' "$@" "http://127.0.0.1:$port/it.json" | tr -d '\r' | sed -n \
    -e 's/^HTTP[^ ]* \([0-9]*\).*/status \1/p' -e '/^ETag:/p' -e '/^Vary:/p' | sort | tr '\n' ' ' |
    sed 's/\(.*\)status \([0-9]*\) \(.*\)/\2 \1\3/; s/ $//'
}

for suite in bookworm trixie sid; do
  if has $suite; then
    start $suite
    printf '%s %s: %s; %s\n' $suite "$(run $suite "$work/$suite/usr/sbin/nginx" -v 2>&1 | sed 's/.*nginx\///; s/ .*//')" \
      "$(ask)" "$(ask --header 'If-None-Match: W/"1-200"')"
  fi
done >"$work/now"
compare "$work/now"
