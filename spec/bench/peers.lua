--- Data: what a user would pick instead. Ours is the first, the floor the second.
---
---@class bench.Peer
---@field name string
---@field program string run as PROGRAM URL CA TOKEN COUNT
---@field many integer how many fetches make a measurement
---@field check? string a shell command that fails where the peer is not there
---@field many_program? string likewise, for many at once
---@field one_by_one? boolean the latter asks one after the other
---@field setting? string variables for it
---@field http2? boolean speaks HTTP/2 too
---@field starts? boolean is run to fetch once, too
---@field all? boolean only with ALL=1

local lua = os.getenv "LUA"
local build = os.getenv "BENCH_BUILD"

-- The first of some interpreters for which a check succeeds; the first of all where none does.
local function that_has(check, ...)
   for _, interpreter in ipairs({ ... }) do
      local found = os.execute(("%s %s >/dev/null 2>&1"):format(interpreter, check))
      if found == true or found == 0 then
         return interpreter
      end
   end
   return (...)
end

local function python_with(name)
   return that_has(("-c 'import %s'"):format(name), "/usr/bin/python3", "python3")
end

local with_lua_http = that_has([[-e 'require "http.client"']], lua, "lua5.3", "lua5.2", "lua5.1")
local with_requests, with_httpx = python_with "requests", python_with "httpx, h2"

local function peer(program)
   return "spec/bench/peers/" .. program
end

local function for_many(program)
   return "spec/bench/many/" .. program
end

---@type bench.Peer[]
return {
   {
      name = "astro",
      program = lua .. " " .. peer "astro.lua",
      many_program = lua .. " " .. for_many "astro.lua",
      many = 4000,
      http2 = true,
      starts = true,
   },
   {
      name = "libcurl + cjson",
      program = lua .. " " .. peer "libcurl_cjson.lua",
      many = 4000,
      http2 = true,
   },
   {
      name = "the same, our headers",
      program = lua .. " " .. peer "libcurl_cjson.lua",
      setting = "BENCH_SAME_REQUEST=1",
      many = 4000,
      http2 = true,
   },
   {
      name = "libcurl alone",
      program = build .. "/libcurl",
      many_program = build .. "/libcurl_multi",
      many = 4000,
      http2 = true,
   },
   {
      name = "LuaSec, connection kept",
      program = lua .. " " .. peer "luasec_kept.lua",
      check = lua .. [[ -e 'require "ssl"']],
      many = 4000,
   },
   {
      name = "Go net/http",
      program = build .. "/go_net_http",
      check = ("test -x %s/go_net_http"):format(build),
      many_program = build .. "/go_many",
      many = 2000,
      http2 = true,
      starts = true,
   },
   {
      name = "Python requests",
      program = with_requests .. " " .. peer "python_requests.py",
      check = with_requests .. " -c 'import requests'",
      many_program = with_requests .. " " .. for_many "python_requests.py",
      many = 500,
      starts = true,
   },
   {
      name = 'io.popen "curl" + cjson',
      program = lua .. " " .. peer "popen_curl.lua",
      check = "command -v curl",
      many_program = lua .. " " .. for_many "popen_curl.lua",
      one_by_one = true,
      many = 20,
      http2 = true,
      starts = true,
   },
   {
      name = "LuaSec, https.request",
      program = lua .. " " .. peer "luasec.lua",
      check = lua .. [[ -e 'require "ssl.https"']],
      many = 200,
      all = true,
   },
   {
      name = ("lua-http (%s)"):format(with_lua_http),
      program = with_lua_http .. " " .. peer "lua_http.lua",
      check = with_lua_http .. [[ -e 'require "http.client"']],
      many_program = with_lua_http .. " " .. for_many "lua_http.lua",
      many = 2000,
      http2 = true,
      all = true,
   },
   {
      name = "Python httpx",
      program = with_httpx .. " " .. peer "python_httpx.py",
      check = with_httpx .. " -c 'import httpx, h2'",
      many = 300,
      http2 = true,
      starts = true,
      all = true,
   },
   {
      name = "Node fetch",
      program = "node " .. peer "node_fetch.mjs",
      check = "command -v node",
      setting = ("NODE_EXTRA_CA_CERTS='%s'"):format(os.getenv "BENCH_CA"),
      many = 3000,
      starts = true,
      all = true,
   },
}
