#!/bin/sh
# How many columns a name takes: a terminal of tmux, column -t, and Neovim's strdisplaywidth, which programs ask.
#
# One expects: a Thai or Devanagari name, half-wide katakana and Hangul are as wide in all, since they follow Unicode's
#   tables; newer releases know newer characters.
# Happens: tmux and column agree with each other in every release, both by libc. Neovim stands apart: a Devanagari
#   syllable of 3 columns is 2, 3 and 1 in 0.7, 0.10 and 0.12; Hangul from its parts is 4 until 0.12; from 0.12 on a whole
#   cluster is as wide as its first character, so that Thai with sara am and katakana with a voiced mark, 2 columns in
#   every terminal here, count 1. A hexagram is 2 to libc, and to Neovim from 0.12 on.
# Who meets it: whoever aligns columns in Neovim for a terminal, or the other way round.
# Versions: tmux 3.3a, column 2.38.1, Neovim 0.7.2 (Debian 12); 3.5a, 2.41.5, 0.10.4 (13); 3.8, 2.42.4, 0.12.4 (sid).
#
# Seen, in columns of tmux, column and Neovim:
#   bookworm devanagari 3 3 2, hangul 2 2 4, thai 2 2 2, katakana 2 2 2, hexagram 2 2 1
#   trixie devanagari 3 3 3, hangul 2 2 4, thai 2 2 2, katakana 2 2 2, hexagram 2 2 1
#   sid devanagari 3 3 1, hangul 2 2 2, thai 2 2 1, katakana 2 2 1, hexagram 2 2 2
. "$(dirname "$0")/lib.sh"

need bookworm tmux=3.3a-3 bsdextrautils=2.38.1-5+deb12u3 neovim=0.7.2-7
need trixie tmux=3.5a-3 bsdextrautils=2.41.5-0+deb13u1 neovim=0.10.4-8+deb13u1
want sid tmux=3.8-1 bsdextrautils=2.42.4-1 neovim=0.12.4-1

# As octal bytes, which every printf has.
names='devanagari \340\244\225\340\245\215\340\244\267\340\244\277
hangul \341\204\200\341\205\241\341\206\250
thai \340\270\231\340\270\263
katakana \357\275\266\357\276\236
hexagram \344\267\200'

export LC_ALL=C.UTF-8
terminal() { run "$suite" tmux -u -f /dev/null -S "$work/$suite.tmux" "$@"; }
by_tmux() {
  rm -f "$work/drawn"
  terminal new-session -d -x 80 -y 24 "printf '$1'; echo drawn >'$work/drawn'; sleep 20" </dev/null
  until_there "$work/drawn"
  sleep 0.5
  terminal display-message -p '#{cursor_x}'
  terminal kill-server
  sleep 0.5
}
# The second column stands behind the wider of two names and two blanks.
by_column() {
  blanks=$(printf '%b\tX\nabcdefghij\tX\n' "$1" | run "$suite" column -t -s "$(printf '\t')" |
    sed -n '1s/.*[^ ]\( *\)X$/\1/p')
  echo $((12 - ${#blanks}))
}
by_neovim() {
  VIMRUNTIME=$work/$suite/usr/share/nvim/runtime name=$(printf '%b' "$1") run "$suite" nvim --headless -u NONE -i NONE \
    -c 'lua io.write(vim.fn.strdisplaywidth(os.getenv "name"))' -c q 2>"$work/messages"
}
for suite in bookworm trixie sid; do
  if has $suite; then
    echo "$names" | while read -r script; do
      bytes=${script#* }
      echo "${script%% *} $(by_tmux "$bytes") $(by_column "$bytes") $(by_neovim "$bytes")"
    done | paste -s -d , | sed "s/^/$suite /; s/,/, /g"
  fi
done >"$work/now"
compare "$work/now"
