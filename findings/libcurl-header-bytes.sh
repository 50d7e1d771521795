#!/bin/sh
# What 60,000 more bytes of a request cost: as a header, as tokens and cookies are, and as a body.
#
# One expects: the same, and little; either is copied and sent.
# Happens: up to 8.14 a header goes through libcurl's formatted printing byte by byte, which costs as much CPU as some
#   thirty small requests. A body costs three, and in 8.23 a header costs four.
# Who meets it: whoever sends a JWT or cookies of some kilobytes with many small requests, and looks in a profile for
#   what a GET without a body does so long.
# Versions: libcurl 7.74.0, 7.88.1, 8.14.1, 8.23.0 (Debian 11, 12, 13, sid), called by LuaJIT.
#
# Seen:
#   bullseye 7.74.0: beside ten small requests a header costs more, a body less
#   bookworm 7.88.1: beside ten small requests a header costs more, a body less
#   trixie 8.14.1: beside ten small requests a header costs more, a body less
#   sid 8.23.0: beside ten small requests a header costs less, a body less
. "$(dirname "$0")/lib.sh"

four_libcurls
serve '
while (my $client = $server->accept) {
   while (1) {
      my $length = 0;
      my $line;
      while (defined($line = <$client>)) {
         $length = $1 if $line =~ /^Content-Length: (\d+)/i;
         last if $line eq "\r\n";
      }
      last unless defined $line;
      read($client, my $body, $length) if $length;
      answer($client, "200 OK", "x");
   }
   close $client;
}
'
cat >"$work/ask.lua" <<'END'
local ffi = require "ffi"
local curl = require "libcurl"

ffi.cdef [[
struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text);
void curl_easy_cleanup(CURL *easy);
]]

local HTTPHEADER, POSTFIELDS = 10023, 10015
local BYTES, TIMES = 60000, 200

-- Seconds of CPU for so many requests on one connection.
local function cost(option, value)
   local easy = curl.easy { url = arg[2] }
   local headers = curl.lib.curl_slist_append(nil, "Expect:")
   curl.lib.curl_easy_setopt(easy, HTTPHEADER, headers)
   if option == "header" then
      headers = curl.lib.curl_slist_append(headers, "X-Filler: " .. value)
   elseif option == "body" then
      curl.lib.curl_easy_setopt(easy, POSTFIELDS, ffi.cast("const char *", value))
   end
   assert((curl.perform(easy)) == 0) -- the connection is made
   local start = os.clock()
   for _ = 1, TIMES do
      assert((curl.perform(easy)) == 0)
   end
   local seconds = os.clock() - start
   curl.lib.curl_easy_cleanup(easy) -- and its connection: the server has one at a time
   return seconds
end

local filler, small = ("x"):rep(BYTES), cost "none"
local function beside_ten(option)
   return cost(option, filler) - small > 10 * small and "more" or "less"
end
print(("%s %s: beside ten small requests a header costs %s, a body %s"):format(
   arg[1], curl.version, beside_ten "header", beside_ten "body"))
END
ask "$work/ask.lua" >"$work/now"
compare "$work/now"
