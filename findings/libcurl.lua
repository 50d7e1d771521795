-- libcurl by LuaJIT's FFI: the calls that the findings make. Numbers are libcurl's own, which it never changes.

local ffi = require "ffi"

ffi.cdef [[
typedef void CURL;
typedef void CURLM;
typedef struct { int msg; CURL *easy; union { void *whatever; int result; } data; } CURLMsg;
typedef size_t (*on_bytes)(char *data, size_t size, size_t count, void *user);
char *curl_version(void);
CURL *curl_easy_init(void);
int curl_easy_setopt(CURL *easy, int option, ...);
int curl_easy_getinfo(CURL *easy, int info, ...);
int curl_easy_perform(CURL *easy);
CURLM *curl_multi_init(void);
int curl_multi_setopt(CURLM *multi, int option, ...);
int curl_multi_add_handle(CURLM *multi, CURL *easy);
int curl_multi_remove_handle(CURLM *multi, CURL *easy);
int curl_multi_perform(CURLM *multi, int *running);
int curl_multi_poll(CURLM *multi, void *extra, unsigned count, int ms, int *ready);
CURLMsg *curl_multi_info_read(CURLM *multi, int *left);
int curl_multi_cleanup(CURLM *multi);
long curl_getdate(const char *text, void *unused);
int usleep(unsigned microseconds);
]]

local lib = ffi.load "libcurl.so.4"
jit.off() -- callbacks

local OPTIONS = {
   url = 10002,
   write = 20011,
   timeout_ms = 155,
   connect_timeout_ms = 156,
   nosignal = 99,
}
local INFOS = { status = 0x200002, connections = 0x20001A, retry_after = 0x600039, total_us = 0x600032 }
local MAX_HOST_CONNECTIONS = 7

local curl = { version = ffi.string(lib.curl_version()):match "libcurl/([%d.]+)", lib = lib }

local received = {}
local write = ffi.cast("on_bytes", function(data, size, count)
   received[#received + 1] = ffi.string(data, size * count)
   return size * count
end)

function curl.set(easy, name, value)
   local given = type(value) == "number" and ffi.cast("long", value) or value
   assert(lib.curl_easy_setopt(easy, OPTIONS[name], given) == 0, name)
end

function curl.get(easy, name)
   local value = ffi.new(INFOS[name] >= 0x600000 and "long long[1]" or "long[1]")
   assert(lib.curl_easy_getinfo(easy, INFOS[name], value) == 0, name)
   return tonumber(value[0])
end

function curl.easy(options)
   local easy = lib.curl_easy_init()
   curl.set(easy, "write", write)
   curl.set(easy, "nosignal", 1)
   for name, value in pairs(options) do
      curl.set(easy, name, value)
   end
   return easy
end

--- The code and the body.
function curl.perform(easy)
   received = {}
   return lib.curl_easy_perform(easy), table.concat(received)
end

function curl.multi(connections)
   local multi = lib.curl_multi_init()
   if connections then
      lib.curl_multi_setopt(multi, MAX_HOST_CONNECTIONS, ffi.cast("long", connections))
   end
   return multi
end

--- Runs transfers to their ends; `on_end(easy, code)` for each.
function curl.run(multi, list, on_end)
   local number, left = ffi.new "int[1]", #list
   for _, easy in ipairs(list) do
      lib.curl_multi_add_handle(multi, easy)
   end
   while left > 0 do
      lib.curl_multi_perform(multi, number)
      local message = lib.curl_multi_info_read(multi, number)
      while message ~= nil do
         local easy, code = message.easy, message.data.result
         lib.curl_multi_remove_handle(multi, easy)
         left = left - 1
         on_end(easy, code)
         message = lib.curl_multi_info_read(multi, number)
      end
      lib.curl_multi_poll(multi, nil, 0, 20, nil)
   end
end

function curl.sleep(seconds)
   ffi.C.usleep(seconds * 1e6)
end

return curl
