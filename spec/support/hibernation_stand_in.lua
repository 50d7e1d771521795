-- A Deployment that hibernates, inside nginx, one for each token: /hibernating/<what it is>/..., such as
-- /hibernating/asleep,lag=2/ (see sleeper.lua). Its state is told at /hibernating/<...>/state. The list has it beside one
-- whose override is refused, one for production and one that sleeps.

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

local function one(id, name, status, is_development)
   return {
      id = id,
      name = name,
      status = status,
      isDevelopmentMode = is_development,
      workspaceId = "cmws" .. id,
   }
end

local function list(first)
   first.workspaceId = "cmws" .. first.id
   local wanted, rows = ngx.var.arg_workspaceIds, {}
   for _, row in ipairs({
      first,
      one("refused", "re\27fused", "HEALTHY", true),
      one("production", "production", "HEALTHY", false),
      one("sleeping", "sleeping", "HIBERNATING", true),
   }) do
      rows[#rows + 1] = (not wanted or wanted == row.workspaceId) and row or nil
   end
   return { deployments = rows, limit = 100, offset = 0, totalCount = #rows }
end

ngx.req.read_body()
local kept = counts:get(key)
local state = kept and cjson.decode(kept) or sleeper.new(read_given())
local now = os.date "!%Y-%m-%dT%H:%M:%SZ"
local method = ngx.req.get_method()
if rest == "state" then
   answer(state)
elseif rest:find "/deployments$" then
   answer(list(sleeper.get(state, "cmsleeper", now)))
elseif rest:find "/refused$" then
   answer(one("refused", "refused", "HEALTHY", true))
elseif method == "GET" then
   answer(sleeper.get(state, rest:match "[^/]+$", now))
elseif rest:find "/refused/" then
   ngx.status = 403
   answer({ message = "not allowed", statusCode = 403 })
elseif method == "POST" then
   answer(sleeper.set(state, cjson.decode(ngx.req.get_body_data()), now))
else
   sleeper.clear(state, now)
   ngx.status = 204
end
counts:set(key, cjson.encode(state))
