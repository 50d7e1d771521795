# For scripts that start an nginx of their own in a folder. To be sourced.

nginx=$(PATH=$PATH:/usr/sbin:/usr/local/sbin command -v nginx)

free_port() { echo $((20000 + $(od -An -N2 -tu2 /dev/urandom) % 40000)); }

# main_settings DIR, http_settings DIR: everything that nginx writes stands in the folder.
main_settings() {
  if [ "$(id -u)" = 0 ]; then echo "user root;"; fi
  cat <<END
pid $1/nginx.pid;
error_log $1/error.log;
END
}

http_settings() {
  cat <<END
  access_log off;
  client_body_temp_path $1/client;
  proxy_temp_path $1/proxy;
  fastcgi_temp_path $1/fastcgi;
  uwsgi_temp_path $1/uwsgi;
  scgi_temp_path $1/scgi;
END
}

# listen_http2 ADDRESS: with TLS. From 1.25.1 on HTTP/2 is a setting of its own, before there was none.
listen_http2() {
  version=$("$nginx" -v 2>&1 | sed 's/.*nginx\/\([0-9.]*\).*/\1/')
  if [ "$(printf '%s\n' 1.25.1 "$version" | sort -V | head -n 1)" = 1.25.1 ]; then
    echo "listen $1 ssl; http2 on;"
  else
    echo "listen $1 ssl http2;"
  fi
}

# start_nginx DIR WRITE: WRITE writes DIR/nginx.conf, each time for other ports. nginx puts itself into the
# background once it listens.
start_nginx() {
  for _ in 1 2 3 4 5; do
    "$2"
    if "$nginx" -p "$1" -c "$1/nginx.conf" 2>"$1/start.log"; then return; fi
  done
  cat "$1/start.log" >&2
  exit 1
}
