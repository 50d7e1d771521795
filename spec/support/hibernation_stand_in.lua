-- A Deployment that hibernates, inside nginx, one for each token: /hibernating/<what it is>/..., such as
-- /hibernating/asleep,lag=2/ (see sleeper.lua). Its state is told at /hibernating/<...>/state.

local cjson = require "cjson"

local support = debug.getinfo(1, "S").source:match "^@(.*/)"
local sleeper = dofile(support .. "sleeper.lua")

local counts = ngx.shared.counts
local key = (ngx.var.http_authorization or "") .. "hibernating"
local given, rest = ngx.var.uri:match "^/hibernating/([^/]*)/(.*)$"

local function read_given()
   local what = {}
   for name, value in given:gmatch "(%l+)=?([^,]*)" do
      what[name] = value == "" or tonumber(value) or value
   end
   return what
end

local function answer(value)
   ngx.header.content_type = "application/json"
   ngx.say(cjson.encode(value))
end

ngx.req.read_body()
local kept = counts:get(key)
local state = kept and cjson.decode(kept) or sleeper.new(read_given())
local now = os.date "!%Y-%m-%dT%H:%M:%SZ"
local method = ngx.req.get_method()
if rest == "state" then
   answer(state)
elseif method == "GET" then
   answer(sleeper.get(state, rest:match "[^/]+$", now))
elseif method == "POST" then
   answer(sleeper.set(state, cjson.decode(ngx.req.get_body_data()), now))
else
   sleeper.clear(state, now)
   ngx.status = 204
end
counts:set(key, cjson.encode(state))
