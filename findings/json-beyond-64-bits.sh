#!/bin/sh
# The decoders of the Lua world on one JSON array of two whole numbers: 2^64 + 1 and 10^20.
#
# One expects: each becomes the nearest double, as JSON's numbers do wherever integers end.
# Happens: so by lua-cjson, dkjson, lua-json and vim.json. Neovim's vim.fn.json_decode gives 2^63 - 1 for both, the
#   largest integer of 64 bits, without a word.
# Who meets it: plugins that read ids or sizes of an API by vim.fn.json_decode, the older of Neovim's two decoders:
#   all that is too large becomes the same number.
# Versions: lua-cjson 2.1.0, dkjson 2.6 (Lua 5.4), lua-json 1.3.4 (Lua 5.1), Neovim 0.7.2 (Debian 12), 0.10.4 (13).
#
# Seen:
#   lua-cjson: 18446744073709551616 100000000000000000000
#   dkjson: 18446744073709551616 100000000000000000000
#   lua-json: 18446744073709551616 100000000000000000000
#   nvim 0.7.2 vim.json: 18446744073709551616 100000000000000000000
#   nvim 0.7.2 vim.fn: 9223372036854775808 9223372036854775808
#   nvim 0.10.4 vim.json: 18446744073709551616 100000000000000000000
#   nvim 0.10.4 vim.fn: 9223372036854775808 9223372036854775808
. "$(dirname "$0")/lib.sh"

need bookworm lua5.1=5.1.5-9 lua5.4=5.4.4-3+deb12u1 lua-cjson=2.1.0+dfsg-2.2 lua-dkjson=2.6-2 lua-json=1.3.4-2 neovim=0.7.2-7
need trixie neovim=0.10.4-8+deb13u1

cat >"$work/decode.lua" <<'END'
local by = {
   ["lua-cjson"] = function(text) return require("cjson").decode(text) end,
   dkjson = function(text) return (require("dkjson").decode(text)) end,
   ["lua-json"] = function(text) return require("json").decode(text) end,
   ["vim.json"] = function(text) return vim.json.decode(text) end,
   ["vim.fn"] = function(text) return vim.fn.json_decode(text) end,
}
return function(name)
   local list = by[name] "[18446744073709551617, 100000000000000000000]"
   return ("%.0f %.0f"):format(list[1], list[2])
end
END
plain() {
  LUA_PATH="$work/bookworm/usr/share/lua/$2/?.lua;$work/bookworm/usr/share/lua/$2/?/init.lua" \
    LUA_CPATH="$work/bookworm/usr/lib/x86_64-linux-gnu/lua/$2/?.so" \
    run bookworm "lua$2" -e "print('$1: ' .. dofile '$work/decode.lua' '$1')"
}
neovim() {
  VIMRUNTIME=$work/$1/usr/share/nvim/runtime run "$1" nvim --headless -u NONE -i NONE \
    -c "lua io.write('nvim $2 $3: ' .. dofile '$work/decode.lua' '$3' .. '\n')" -c q 2>"$work/messages"
}
{
  plain lua-cjson 5.4
  plain dkjson 5.4
  plain lua-json 5.1
  for decoder in vim.json vim.fn; do neovim bookworm 0.7.2 $decoder; done
  for decoder in vim.json vim.fn; do neovim trixie 0.10.4 $decoder; done
} >"$work/now"
compare "$work/now"
