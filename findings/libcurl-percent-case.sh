#!/bin/sh
# The request line for a URL with a byte beyond ASCII, and with one that is percent-encoded already, in small letters.
#
# One expects: what is encoded already is sent as it is; what libcurl encodes itself is in capitals, as curl_easy_escape
#   gives it and RFC 3986 (2.1) wants it; the query is treated as the path is.
# Happens: in the path 7.74 sends the bare byte, 7.88 and 8.14 encode it in small letters, 8.23 in capitals; and 8.23
#   turns into capitals what the caller had encoded. A query is sent as it is by all of them. curl_easy_escape has
#   capitals in each.
# Who meets it: who signs, caches or records requests by their paths. A path that was signed with `%2f` is another one
#   on the wire from the newer libcurl on, and the same code finds nothing of its cache on the older one.
# Versions: libcurl 7.74.0, 7.88.1, 8.14.1, 8.23.0 (Debian 11, 12, 13, sid).
#
# Seen:
#   bullseye 7.74.0: path ä -> ä, %c3%a4 -> %c3%a4, %2f -> %2f; query ä -> ä, %c3%a4 -> %c3%a4; escape %C3%A4
#   bookworm 7.88.1: path ä -> %c3%a4, %c3%a4 -> %c3%a4, %2f -> %2f; query ä -> ä, %c3%a4 -> %c3%a4; escape %C3%A4
#   trixie 8.14.1: path ä -> %c3%a4, %c3%a4 -> %c3%a4, %2f -> %2f; query ä -> ä, %c3%a4 -> %c3%a4; escape %C3%A4
#   sid 8.23.0: path ä -> %C3%A4, %c3%a4 -> %C3%A4, %2f -> %2F; query ä -> ä, %c3%a4 -> %c3%a4; escape %C3%A4
. "$(dirname "$0")/lib.sh"

four_libcurls
serve '
while (my $client = $server->accept) {
   my $first = <$client>;
   while (defined(my $line = <$client>)) { last if $line eq "\r\n" }
   answer($client, "200 OK\r\nConnection: close", (split " ", $first)[1]);
   close $client;
}
'
cat >"$work/case.lua" <<'END'
local curl = require "libcurl"
local ffi = require "ffi"
ffi.cdef "char *curl_easy_escape(CURL *easy, const char *text, int length);"

local function sent(before, text)
   local code, target = curl.perform(curl.easy { url = arg[2] .. before .. text })
   assert(code == 0, code)
   return text .. " -> " .. target:sub(#before + 2)
end

local path = { sent("", "ä"), sent("", "%c3%a4"), sent("", "%2f") }
local query = { sent("?", "ä"), sent("?", "%c3%a4") }
local escaped = ffi.string(curl.lib.curl_easy_escape(nil, "ä", 0))
print(("%s %s: path %s; query %s; escape %s"):format(arg[1], curl.version, table.concat(path, ", "), table.concat(query, ", "), escaped))
END
ask "$work/case.lua" >"$work/now"
compare "$work/now"
